import { createHash } from 'node:crypto';
import { Refusal } from '../refusal.ts';
import type { Registration } from '../registrations.ts';
import { nowOf, type Tenant } from '../tenant.ts';
import type { CodeGiven } from './given.ts';

const LIFETIME_MS = 10 * 60_000;

/**
 * Takes a code from the sign-in page, once, from the application and with the verifier it was made for.
 *
 * @throws {Refusal}
 */
export function redeemCode(tenant: Tenant, app: Registration, form: URLSearchParams): CodeGiven {
  const code = tenant.given.codes.get(form.get('code') ?? '');
  if (code?.clientId !== app.clientId) throw new Refusal(70000);
  if (code.redeemed) throw new Refusal(54005);
  if (nowOf(tenant).getTime() - code.at.getTime() > LIFETIME_MS) throw new Refusal(70008);
  if (form.get('redirect_uri') !== code.redirectUri) throw new Refusal(500112);
  const verifier = form.get('code_verifier') ?? '';
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  if (code.codeChallenge !== undefined && challenge !== code.codeChallenge) throw new Refusal(501481);
  code.redeemed = true;
  return code;
}
