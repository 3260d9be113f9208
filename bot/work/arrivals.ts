import { instant, type Clock } from '../../services/clock.ts';
import type { UserId } from '../../services/ids.ts';
import { OUTBOX_KEY } from '../../services/requests/change.ts';
import { changePartition } from '../../services/storage/change-partition.ts';
import type { Store } from '../../services/storage/store.ts';

/** Somebody can be written to since now: what has waited for that is due at once, and not when it is tried next. */
export type Arrivals = (person: UserId) => Promise<void>;

/** Whatever waits, waits for less. */
const END_OF_TIME = new Date('9999-12-31T00:00:00Z');
const MOST_CARDS = 1_000;

export const createArrivals =
  ({
    store,
    clock,
    nudge,
  }: {
    readonly store: Pick<Store, 'due' | 'read' | 'commit'>;
    readonly clock: Clock;
    readonly nudge: () => void;
  }): Arrivals =>
  async (person) => {
    const waiting = await store.due(END_OF_TIME, MOST_CARDS, { beginning: `${OUTBOX_KEY}${person}:` });
    for (const { partition, key } of waiting)
      await changePartition(store, partition, ({ rows }) => {
        const row = rows.get(key);
        const dueAt = instant(clock());
        const isLater = row?.dueAt !== undefined && row.dueAt > dueAt;
        return { changes: isLater ? [{ key, row: { ...row, dueAt } }] : [], result: undefined };
      });
    if (waiting.length > 0) nudge();
  };
