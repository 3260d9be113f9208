import type { Json } from '../json.ts';

/** What goes back over the wire. `text` is sent as it is; `body` as JSON. */
export interface Answer {
  readonly status: number;
  readonly body?: Json;
  readonly text?: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const ok = (body: Json): Answer => ({ status: 200, body });

/** An error as Partner Center writes one. @see "Partner Center REST error codes" */
export const refuse = (status: number, code: string, description: string, data: readonly string[] = []): Answer => ({
  status,
  body: { code, description, data, source: 'PartnerFD' },
});

/** An error as Microsoft Graph writes one. */
export const refuseGraph = (status: number, code: string, message: string): Answer => ({
  status,
  body: { error: { code, message } },
});

/** What the API gateway says, in its own shape: no `code`. @see "API throttling guidance" */
export const throttled = (retryAfterSeconds: number): Answer => ({
  status: 429,
  body: { statusCode: 429, message: `Rate limit is exceeded. Try again in ${retryAfterSeconds} seconds.` },
  headers: { 'Retry-After': String(retryAfterSeconds) },
});

export const noRelationship = (): Answer => refuse(403, '20002', 'No relationship between caller and account.');
/** The same, as the service of Azure subscriptions says it. @see "Cancel an Azure subscription" */
export const noCommerceRelationship = (): Answer =>
  refuse(403, '900159', 'The partner has no commerce relationship with the customer.');
export const relationshipDoesNotExist = (): Answer =>
  refuse(400, '3000', 'The relationship between the partner and customer does not exist.');
export const tenantNotFound = (): Answer => refuse(404, '60003', 'Tenant not found.');
export const notAGuid = (): Answer => refuse(400, '900118', 'Invalid customer ID: the value should have GUID format.');
export const invalidInput = (why: string): Answer => refuse(400, '800002', `Invalid request input: ${why}.`);
export const appOnlyRefused = (): Answer =>
  refuse(403, '900329', 'The requested resource does not support application-only authentication.');
export const subscriptionNotFound = (): Answer => refuse(404, '20003', 'The subscription was not found.');
export const notFound = (what: string): Answer => refuse(404, '404', `${what} was not found.`);

export const isRefusal = (answer: Answer): boolean => answer.status >= 400;
