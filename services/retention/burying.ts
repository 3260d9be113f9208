import { HEAD_KEY, type AuditKey } from '../audit/audit-chain.ts';
import { dayOfChain, isChecked } from '../audit/chains.ts';
import { TOMBSTONE_KEY, tombstoneFor, type Tombstone } from '../audit/tombstone.ts';
import { instant } from '../clock.ts';
import { recordOf } from '../requests/request-rows.ts';
import { MAX_ROWS_PER_COMMIT, type Partition, type RowChange } from '../storage/store.ts';

type Ended = Pick<Tombstone, 'state' | 'endedAt'>;

/**
 * One commit on the way from something that is over to its tombstone. The tombstone comes first, and with it goes the
 * request itself; the record's head stays. A crash in between is gone on from.
 *
 * @returns nothing where there is only the tombstone left, and for what is kept for ever.
 */
export function buried(partition: string, stored: Partition, now: Date, key: AuditKey): readonly RowChange[] {
  if (!isChecked(partition)) return [];
  const { rows } = stored;
  const left = [...rows.keys()].filter((key) => key !== TOMBSTONE_KEY && key !== HEAD_KEY).sort(requestFirst);
  if (left.length === 0) return [];
  const removed = left.slice(0, MAX_ROWS_PER_COMMIT - 1).map((key): RowChange => ({ key, remove: true }));
  if (rows.has(TOMBSTONE_KEY)) return removed;
  const said = { deletedAt: instant(now), ...endOf(partition, stored), rows: rows.size };
  return [...removed, { key: TOMBSTONE_KEY, row: { value: tombstoneFor(partition, stored, said, key) } }];
}

function endOf(partition: string, stored: Partition): Ended {
  const request = recordOf(partition.slice(partition.indexOf(':') + 1), stored)?.request;
  if (request !== undefined) return { state: request.state, endedAt: request.stateSince };
  const day = dayOfChain(partition);
  if (day === undefined) throw new Error(`"${partition}" never ended`);
  return { state: 'process', endedAt: `${day}T23:59:59.999Z` };
}

const requestFirst = (a: string, b: string): number => Number(b === 'request') - Number(a === 'request');
