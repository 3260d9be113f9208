import { z } from 'zod';
import { cleanDescription, cleanText } from '../clean-text.ts';
import { isJsonObject, optionalPart, Text, wireObject } from './wire-values.ts';

/** What the service says about an error, as far as it says anything. Foreign text. */
export interface WireError {
  readonly code?: string | undefined;
  readonly description?: string | undefined;
}

const ErrorBody = wireObject({
  code: Text,
  errorCode: Text,
  description: Text,
  message: Text,
  // Microsoft Graph has its error one level down.
  error: optionalPart(wireObject({ code: Text, message: Text })),
});

/**
 * An error's code and words. The documented body is `{code, description, data, source}`; seen as well are a
 * code that is a number, the gateway's `{statusCode, message}`, an empty body, and HTML.
 *
 * @see "Partner Center REST error codes"
 */
export function readError(json: unknown): WireError {
  const body = ErrorBody.safeParse(json).data;
  const description = body?.description ?? body?.message ?? body?.error?.message;
  const code = body?.code ?? body?.errorCode ?? body?.error?.code;
  return {
    code: code === undefined ? undefined : cleanText(code, 40),
    description: description === undefined ? undefined : cleanDescription(description),
  };
}

/** Some answers say 200 and hold an error all the same: a code and a description, and nothing of what was asked for. */
export function isErrorInDisguise(json: unknown): boolean {
  const { code, description } = readError(json);
  const promised = Promised.safeParse(json).data;
  const hasPromised = Object.values(promised ?? {}).some((value) => value !== undefined && value !== null);
  return code !== undefined && description !== undefined && !hasPromised;
}
const Promised = wireObject({ id: z.unknown(), items: z.unknown(), url: z.unknown() });

const Header = wireObject({ key: Text, value: Text });
const Collection = wireObject({
  totalCount: z.unknown(),
  items: z.unknown(),
  continuationToken: Text,
  links: optionalPart(
    wireObject({ next: optionalPart(wireObject({ headers: optionalPart(z.array(optionalPart(Header))) })) }),
  ),
});

/** One page of a collection. */
export interface WirePage {
  readonly items: readonly unknown[];
  /** What to send as `MS-ContinuationToken` to get the next page. */
  readonly continuation: string | undefined;
}

/**
 * A page of a collection; `undefined` when the body holds none. `totalCount` is not looked at: it counts
 * the page in one place and everything in another. The addresses of next links are not followed either,
 * only their token is taken: they are relative, come with and without `/v1`, and one published sample is no address at all.
 */
export function readPage(json: unknown): WirePage | undefined {
  if (Array.isArray(json)) return { items: json, continuation: undefined };
  const body = isJsonObject(json) ? Collection.safeParse(json).data : undefined;
  if (body === undefined) return undefined;
  const items = body.items === null && body.totalCount === 0 ? [] : body.items;
  if (!Array.isArray(items)) return undefined;
  const linked = body.links?.next?.headers?.find((header) => header?.key?.toLowerCase() === 'ms-continuationtoken');
  return { items, continuation: body.continuationToken ?? linked?.value };
}
