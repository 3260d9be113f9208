import { isObject, parseJson, type Json, type JsonObject } from '../partner-center/json.ts';

/** Who calls, as the token says. Its signature is not looked at: that is between Graph and Entra. */
export interface Caller {
  readonly authorization: 'none' | 'bearer';
  /** Missing where the token is none that could be read. */
  readonly claims?: JsonObject;
}

const AUDIENCES = new Set(['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000']);

export function callerOf(header: string | undefined): Caller {
  const [, token] = /^Bearer (.+)$/i.exec(header ?? '') ?? [];
  if (token === undefined) return { authorization: 'none' };
  const claims = parseJson(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return { authorization: 'bearer', ...(isObject(claims) && { claims }) };
}

export const text = (claim: Json | undefined): string | undefined => (typeof claim === 'string' ? claim : undefined);

/** Why the token is no good to Graph, if it is not. */
export function faultOf({ authorization, claims }: Caller, required: boolean, now: Date): string | undefined {
  if (claims !== undefined) {
    if (!AUDIENCES.has((text(claims['aud']) ?? '').replace(/\/$/, '')))
      return 'Access token validation failure. Invalid audience.';
    if (Number(claims['exp']) * 1000 < now.getTime()) return 'Lifetime validation failed, the token is expired.';
    return undefined;
  }
  if (!required) return undefined;
  return authorization === 'none' ? 'Access token is empty.' : 'IDX14100: JWT is not well formed.';
}

/** What the token allows; undefined where it does not say. */
export function permissionsOf({ claims }: Caller): readonly string[] | undefined {
  if (claims === undefined) return undefined;
  const { roles, scp } = claims;
  const granted: readonly Json[] = Array.isArray(roles) ? roles : (text(scp) ?? '').split(' ');
  return granted.filter((one) => typeof one === 'string');
}
