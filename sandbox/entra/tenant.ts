import type { RequestLog } from '../control/request-log.ts';
import type { MovableClock } from '../partner-center/world/clock.ts';
import type { Faults } from './control/faults.ts';
import type { LogEntry } from './control/log.ts';
import type { Given } from './grants/given.ts';
import type { People, Person } from './people.ts';
import type { Registrations } from './registrations.ts';
import type { Issuing, Shown } from './tokens/issued.ts';
import type { KeyRing } from './tokens/keys.ts';

/** Everything there is: one tenant, its people and apps, and how it behaves. */
export interface Tenant {
  readonly tenantId: string;
  /** `https://127.0.0.1:1234` */
  readonly url: string;
  /** Where people sign in: the same, unless that is plain http. */
  readonly signInUrl: string;
  readonly registrations: Registrations;
  readonly people: People;
  readonly keys: KeyRing;
  readonly clock: MovableClock;
  readonly faults: Faults;
  readonly log: RequestLog<LogEntry>;
  readonly given: Given;
}

export const nowOf = ({ clock, faults }: Tenant): Date => new Date(clock.now().getTime() + faults.switches.skewMs);

export const issuingOf = (tenant: Tenant): Issuing => ({
  tenantId: tenant.tenantId,
  url: tenant.url,
  now: nowOf(tenant),
  switches: tenant.faults.switches,
});

export const shownBy = ({ people }: Tenant, person: Person): Shown => ({
  mfa: people.session(person).mfa,
  contexts: people.contextsOf(person),
});
