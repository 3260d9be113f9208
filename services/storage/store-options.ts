import type { Clock } from '../clock.ts';

/** What every store is opened with. */
export interface StoreOptions {
  /** Id of this process's boot. Leases whose owner is neither it nor `<boot>/…` have lapsed. */
  readonly boot: string;
  /** The present moment, for what a store stamps itself; rows carry their own instants. */
  readonly now?: Clock;
}
