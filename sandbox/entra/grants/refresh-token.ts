import { DAY_MS } from '../../partner-center/world/clock.ts';
import { Refusal } from '../refusal.ts';
import type { Person } from '../people.ts';
import type { Registration } from '../registrations.ts';
import { nowOf, type Tenant } from '../tenant.ts';

/** A refresh token that nobody used for so long is no use any more. */
const INACTIVE_AFTER_MS = 90 * DAY_MS;

/** @throws {Refusal} */
export function personOfRefreshToken(tenant: Tenant, app: Registration, value: string): Person {
  const token = tenant.given.refreshTokens.get(value);
  if (token?.clientId !== app.clientId) throw new Refusal(70000);
  if (token.revoked) throw new Refusal(50173);
  const now = nowOf(tenant);
  if (now.getTime() - token.usedAt.getTime() > INACTIVE_AFTER_MS) throw new Refusal(700082);
  token.usedAt = now;
  return token.person;
}
