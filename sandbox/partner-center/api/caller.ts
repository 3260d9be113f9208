import { isObject, parseJson } from '../json.ts';

/** Who calls, as the bearer token says. Nothing is checked but what Partner Center answers differently to. */
export interface Caller {
  /** A person's object id, or `app-only`; missing where the token does not tell. */
  readonly name?: string;
  readonly appOnly: boolean;
  /** Whether it is known that there was no second factor. */
  readonly noMfa: boolean;
  /** For which service it was issued; missing for a made-up one. */
  readonly audience?: string;
}

/** Reads a token of Entra's, and made-up ones: `app-only…`, `user:<object id>`, `no-mfa…`. */
export function callerOf(authorization: string): Caller {
  const token = /^bearer (\S+)/i.exec(authorization)?.[1] ?? '';
  const claims = claimsOf(token);
  if (claims === undefined) {
    const appOnly = /^app-only/i.test(token);
    const name = appOnly ? 'app-only' : /^user:(.+)$/i.exec(token)?.[1];
    return { ...(name !== undefined && { name }), appOnly, noMfa: /^no-mfa/i.test(token) };
  }
  const { oid, scp, amr, aud } = claims;
  const appOnly = scp === undefined;
  const name = appOnly ? 'app-only' : oid;
  return {
    ...(typeof name === 'string' && { name }),
    appOnly,
    noMfa: !(Array.isArray(amr) && amr.includes('mfa')),
    ...(typeof aud === 'string' && { audience: aud }),
  };
}

function claimsOf(token: string): Record<string, unknown> | undefined {
  const [, payload, ...rest] = token.split('.');
  if (payload === undefined || rest.length !== 1) return undefined;
  const claims = parseJson(Buffer.from(payload, 'base64url').toString('utf8'));
  return isObject(claims) ? claims : undefined;
}
