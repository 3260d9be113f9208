import { StoreError, type RowChange } from '../store.ts';
import { printHead, withCommit, type Head } from './head.ts';
import { HEAD, rowKeyOf, type Hint } from './layout.ts';
import { knownRow, type KnownRow, type Outline } from './picture.ts';
import { printRow } from './row-entities.ts';
import { MOST_BATCH_BYTES, MOST_CHANGES, type EntityChange } from './tables.ts';

/** One commit, ready to be sent. */
export interface CommitPlan {
  readonly head: Omit<Head, 'etag'>;
  readonly rows: ReadonlyMap<string, KnownRow>;
  readonly changes: readonly EntityChange[];
  /** Must be there before the commit is. */
  readonly hints: readonly Hint[];
  /** Say nothing true any more once the commit is there. */
  readonly staleHints: readonly Hint[];
  /** The commit takes the partition out of the archive. */
  readonly bringsBackFrom?: string;
}

/**
 * @param changes checked.
 * @param id of this commit, and of no other.
 * @throws {StoreError} `too-large`
 */
export function planCommit(
  partition: string,
  { head, rows: before }: Outline,
  changes: readonly RowChange[],
  id: string,
): CommitPlan {
  const rows = new Map(before);
  const rowChanges: EntityChange[] = [];
  const hints: Hint[] = [];
  const staleHints: Hint[] = [];
  let sum = head?.sum ?? 0n;

  for (const change of changes) {
    const { key } = change;
    const old = before.get(key);
    sum ^= old?.sum ?? 0n;
    rows.delete(key);
    let parts = 0;
    let due: string | undefined;
    if ('row' in change) {
      const printed = printRow(key, change.row);
      const known = knownRow(change.row, printed.sum, printed.parts.length);
      rows.set(key, known);
      sum ^= known.sum;
      ({ parts, due } = known);
      for (const [part, properties] of printed.parts.entries())
        rowChanges.push({ kind: 'put', rowKey: rowKeyOf(key, part), properties });
    }
    for (let part = parts; part < (old?.parts ?? 0); part += 1)
      rowChanges.push({ kind: 'remove', rowKey: rowKeyOf(key, part) });
    if (due !== old?.due) {
      if (due !== undefined) hints.push({ partition, key, at: due });
      if (old?.due !== undefined) staleHints.push({ partition, key, at: old.due });
    }
  }

  const isDue = [...rows.values()].some((row) => row.due !== undefined);
  const month = isDue ? undefined : head?.month;
  const next = {
    ...{ partition, ...withCommit(head, id), rows: rows.size, sum },
    ...(month !== undefined && { month }),
  };
  const sent = [headChange(head, next), ...rowChanges];
  checkSize(partition, sent);
  const bringsBackFrom = isDue ? head?.month : undefined;
  return {
    ...{ head: next, rows, changes: sent, hints, staleHints },
    ...(bringsBackFrom !== undefined && { bringsBackFrom }),
  };
}

/** Sees to it that the whole batch is done on what was read, or not at all. */
export const headChange = (stored: Head | undefined, next: Omit<Head, 'etag'>): EntityChange =>
  stored === undefined
    ? { kind: 'insert', rowKey: HEAD, properties: printHead(next) }
    : { kind: 'replace', rowKey: HEAD, properties: printHead(next), etag: stored.etag };

/** Around each entity stand some headers, and its keys twice. */
const AROUND_BYTES = 1_500;

function checkSize(partition: string, changes: readonly EntityChange[]): void {
  let bytes = 0;
  for (const change of changes)
    bytes += AROUND_BYTES + ('properties' in change ? Buffer.byteLength(JSON.stringify(change.properties)) : 0);
  if (changes.length > MOST_CHANGES || bytes > MOST_BATCH_BYTES)
    throw new StoreError(
      'too-large',
      `what is to be stored at once in "${partition}" is too large; nothing was changed`,
    );
}
