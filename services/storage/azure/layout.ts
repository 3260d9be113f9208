import { hash } from 'node:crypto';
import type { Instant } from '../../clock.ts';
import { partitionName } from '../partition-name.ts';
import type { KeyChoice, Row } from '../store.ts';

// Where everything lies in the table: docs/adr/0010-azure-table-storage.md.

/** Grows when the table is laid out otherwise. */
export const FORM = '1';

/** What any version of Azure Table and of Cosmos DB takes for a key, and nobody has to escape. */
const PLAIN = /^[\w.:-]{1,240}$/;
const FIRST = '!';
/** No key of rows and no plain name goes on after this. */
export const AFTER_ALL = '~';

/** A name as it stands in a key: as it is, or its hash. */
export const keyOf = (name: string): string => (PLAIN.test(name) ? name : `=${hash('sha256', name)}`);

/** The key of a partition of the store; its kind always shows. */
export function partitionKeyOf(partition: string): string {
  const { kind, rest } = partitionName(partition);
  return PLAIN.test(partition) ? partition : `${kind}:${keyOf(`=${rest}`)}`;
}

/** The first entity of a partition, which says what the others are. */
export const HEAD = FIRST;
/** The entities of a row: the first has everything but what does not fit into it. */
export const rowKeyOf = (key: string, part: number): string =>
  part === 0 ? keyOf(key) : `${keyOf(key)}${FIRST}${part}`;

/** Which store this is. */
export const STORE_PARTITION = '!store';
export const ORIGIN_ROW = 'origin';
/** What programs beside the bot have for its record. */
export const SPOOL_PARTITION = '!spool';

/** Partitions of one kind that are not archived. */
export const namesPartition = (kind: string): string => `!names:${kind}`;
/** Partitions that are archived under a month. */
export const archivePartition = (month: string): string => `!archive:${month}`;
/** Months under which something is archived. */
export const MONTHS_PARTITION = '!months';

/** Kinds of work that are looked for by themselves, each by how its keys begin; everything else is `work`. */
const LANES = { outbox: 'outbox:', chains: 'audit-head' } as const;
export type Lane = keyof typeof LANES | 'work';

export function laneOf(key: string): Lane {
  for (const [lane, beginning] of Object.entries(LANES)) if (key.startsWith(beginning)) return lane as Lane;
  return 'work';
}

/** Where rows that are asked for may be found. */
export function lanesOf(keys: KeyChoice | undefined): readonly Lane[] {
  const named = Object.entries(LANES) as [Lane, string][];
  if (keys === undefined) return ['work', ...named.map(([lane]) => lane)];
  if ('beginning' in keys) {
    const within = named.filter(([, beginning]) => keys.beginning.startsWith(beginning));
    if (within.length > 0) return within.map(([lane]) => lane);
    return ['work', ...named.filter(([, beginning]) => beginning.startsWith(keys.beginning)).map(([lane]) => lane)];
  }
  const left = [keys.notBeginning].flat();
  return ['work', ...named.filter(([, one]) => !left.some((other) => one.startsWith(other))).map(([lane]) => lane)];
}

/** Hints stand together by the hour. */
const hourOf = (at: Instant): string => at.slice(0, 'yyyy-mm-ddThh'.length);

/** Says that a row may be due since an instant. */
export interface Hint {
  readonly partition: string;
  readonly key: string;
  readonly at: Instant;
}

export const hintPartition = ({ key, at }: Pick<Hint, 'key' | 'at'>): string => `!due:${laneOf(key)}:${hourOf(at)}`;
/** Hints stand in the order of their instants. */
export const hintRow = ({ partition, key, at }: Hint): string =>
  `${at}:${hash('sha256', JSON.stringify([partition, key])).slice(0, 32)}`;
/** Since when the row of a hint may be due. */
export const instantOf = ({ rowKey }: { readonly rowKey: string }): Instant => rowKey.slice(0, rowKey.lastIndexOf(':'));
/** All hints of a lane until an instant, that one too. */
export const hintsUntil = (lane: Lane, at: Instant) => ({
  partitions: { from: `!due:${lane}:`, to: `!due:${lane}:${hourOf(at)}` },
  rows: { from: '', to: `${at}${AFTER_ALL}` },
});

/** When a row is due, or due again: in a store of several owners a lease holds until it ends, whoever has it. */
export function whenDue({ dueAt, lease }: Pick<Row, 'dueAt' | 'lease'>): Instant | undefined {
  return dueAt !== undefined && lease !== undefined && lease.until > dueAt ? lease.until : dueAt;
}
