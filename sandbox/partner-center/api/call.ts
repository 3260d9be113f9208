import type { Answer } from './answers.ts';
import { appOnlyRefused, noCommerceRelationship, noRelationship, notAGuid, tenantNotFound } from './answers.ts';
import type { Deed } from '../world/audit-trail.ts';
import type { Customer } from '../world/customer.ts';
import { isGuid } from '../world/ids.ts';
import type { JsonObject } from '../json.ts';
import type { World } from '../world/world.ts';

/** One call of the API as a handler sees it. */
export interface Call {
  readonly world: World;
  readonly method: string;
  /** Scheme, host and port the caller used; Graph writes whole addresses into its links. */
  readonly origin: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where none was sent. */
  readonly body: JsonObject;
  readonly appOnly: boolean;
  readonly requestId: string;
  readonly correlationId: string;
  readonly application: string | undefined;
}

export type Handler = (call: Call) => Answer;
export type CustomerHandler = (call: Call, customer: Customer) => Answer;

/** Query names are taken in any case of letters, as the service's own samples write them. */
export function queried({ query }: Call, name: string): string | undefined {
  for (const [key, value] of query) if (key.toLowerCase() === name.toLowerCase()) return value;
  return undefined;
}

/** For what only an application together with a user may do. @see "Partner Center authentication" */
export const withUser =
  (handler: Handler): Handler =>
  (call) =>
    call.appOnly ? appOnlyRefused() : handler(call);

/** The customer named in the path, or why there is none to speak of. */
export function customerOf({ world, params }: Call): Customer | Answer {
  const id = params['customerId'] ?? '';
  if (!isGuid(id)) return notAGuid();
  return world.customer(id) ?? tenantNotFound();
}

/** In the integration sandbox the tenant itself is gone. @see "Test and debug" */
export function unreachable({ world, path }: Call, { removed }: Customer): Answer {
  if (removed !== undefined && world.switches.environment === 'sandbox') return tenantNotFound();
  return /\/azureentitlements(\/|$)/i.test(path) ? noCommerceRelationship() : noRelationship();
}

/** For everything about one customer: refused once there is no relationship with it. */
export const ofCustomer =
  (handler: CustomerHandler): Handler =>
  (call) => {
    const customer = customerOf(call);
    if ('status' in customer) return customer;
    if (!call.world.isReachable(customer)) return unreachable(call, customer);
    return handler(call, customer);
  };

export const audit = (call: Call, customer: Customer, deed: Deed): void => {
  call.world.audit.record(customer, call, deed);
};
