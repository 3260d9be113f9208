import type { Clock } from '../../clock.ts';
import type { NewId } from '../../ids.ts';
import type { Store } from '../../storage/store.ts';
import { createOpenRequests, type OpenRequests } from './open-requests.ts';
import { createRemovalDays, type RemovalDays } from './removal-days.ts';
import type { RequestStore } from '../request-store.ts';
import { createSuspensionsToday, type SuspensionsToday } from '../clearing/suspensions-today.ts';

/** How much may be asked for: the operator's settings. */
export interface MostAllowed {
  /** Requests of one person on their way at one time. */
  readonly openPerRequester: number;
  /** Requests for a removal sent on one day, of everybody together. */
  readonly removalsPerDay: number;
  /** Suspensions begun on one day, of everybody together. */
  readonly suspensionsPerDay: number;
}

export interface Limits {
  readonly open: OpenRequests;
  readonly removalDays: RemovalDays;
  readonly suspensions: SuspensionsToday;
  /** Deletes what was counted on days that are over. @returns how many rows. */
  deleteOld(): Promise<number>;
}

/** Counters against a flood of requests; each holds however many take from it at the same time. */
export function createLimits(parts: {
  readonly store: Store;
  readonly requests: Pick<RequestStore, 'read'>;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly most: MostAllowed;
}): Limits {
  const { most } = parts;
  const removalDays = createRemovalDays({ ...parts, most: most.removalsPerDay });
  const suspensions = createSuspensionsToday({ ...parts, most: most.suspensionsPerDay });
  return {
    open: createOpenRequests({ ...parts, most: most.openPerRequester }),
    removalDays,
    suspensions,
    deleteOld: async () => (await removalDays.deleteOld()) + (await suspensions.deleteOld()),
  };
}
