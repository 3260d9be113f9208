import { DAY_MS, later, type Clock } from '../../clock.ts';
import type { UserId } from '../../ids.ts';
import type { Store } from '../../storage/store.ts';
import { STEP_KEY, stepKey } from '../change.ts';
import { STEPS_PER_CHANGE } from '../clearing/clearing.ts';
import { resumeClearing, waitingForSignIn } from '../clearing/pausing-clearing.ts';
import { refuse, type RequestStore } from '../request-store.ts';

export interface SignedInParts {
  readonly store: Pick<Store, 'due'>;
  readonly requests: Pick<RequestStore, 'read' | 'change'>;
  readonly clock: Clock;
}

/** So many steps are looked through; the rest finds out by itself, in a few minutes. */
const MOST_STEPS = 2_000;

/** Once somebody has signed in: goes on with everything they have confirmed that waits for it, in whichever request. */
export function createOnSignedIn({ store, requests, clock }: SignedInParts) {
  return async (person: UserId): Promise<void> => {
    const open = await store.due(new Date(later(clock(), DAY_MS)), MOST_STEPS, { beginning: STEP_KEY });
    const ids = new Set(open.map(({ partition }) => partition.slice(partition.indexOf(':') + 1)));
    for (const id of ids) {
      const record = await requests.read(id);
      const keys = record === undefined ? [] : waitingForSignIn(record).map(stepKey);
      for (let at = 0; at < keys.length; at += STEPS_PER_CHANGE) {
        const some = new Set(keys.slice(at, at + STEPS_PER_CHANGE));
        await requests.change(
          id,
          (stored) => (stored && resumeClearing(stored, person, some)) ?? refuse('nothing-waits'),
        );
      }
    }
  };
}
