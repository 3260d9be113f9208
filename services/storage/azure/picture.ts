import type { Instant } from '../../clock.ts';
import { inOrder, type Rows } from '../rows.ts';
import type { Row } from '../store.ts';
import { headIn, type Head } from './head.ts';
import { HEAD, keyOf, rowKeyOf, whenDue } from './layout.ts';
import { readRow } from './row-entities.ts';
import type { Entity } from './tables.ts';

/** What is known of a row without its value. */
export interface KnownRow {
  readonly sum: bigint;
  /** So many entities. */
  readonly parts: number;
  readonly due?: Instant;
}

/** What a partition looks like at one moment; without a head it was never written. */
export interface Outline {
  readonly head?: Head;
  readonly rows: ReadonlyMap<string, KnownRow>;
}

/** What was read of a partition. Pages that are not of one moment do not sum up to what the head says. */
export type Picture =
  | { readonly kind: 'whole'; readonly outline: Outline; readonly rows: Rows }
  | { readonly kind: 'torn'; readonly why: string };

const torn = (why: string): Picture => ({ kind: 'torn', why });

/**
 * Puts a partition together from all of its entities.
 *
 * @throws {StoreError} for a head that cannot be read.
 */
export function pictureOf(partition: string, entities: readonly Entity[]): Picture {
  const byKey = new Map(entities.map((entity) => [entity.rowKey, entity]));
  const headEntity = byKey.get(HEAD);
  if (headEntity === undefined)
    return entities.length === 0
      ? { kind: 'whole', outline: { rows: new Map() }, rows: new Map() }
      : torn('its head is missing');
  const head = headIn(headEntity);
  if (head.partition !== partition) return torn('it holds another partition');

  const rows = new Map<string, Row>();
  const known = new Map<string, KnownRow>();
  let sum = 0n;
  let seen = 1;
  for (const { rowKey, properties } of entities) {
    const { parts: count, key = rowKey } = properties;
    if (rowKey === HEAD || count === undefined) continue;
    if (keyOf(key) !== rowKey) return torn('a row has another name');
    const parts = Array.from({ length: Number(count) }, (_, part) => byKey.get(rowKeyOf(key, part))?.properties);
    if (!parts.every((part) => part !== undefined)) return torn(`a part of "${key}" is missing`);
    const read = tryRead(key, parts);
    if (read === undefined) return torn(`"${key}" cannot be read`);
    rows.set(key, read.row);
    known.set(key, knownRow(read.row, read.sum, parts.length));
    sum ^= read.sum;
    seen += parts.length;
  }
  if (seen !== entities.length || rows.size !== head.rows || sum !== head.sum)
    return torn('its rows are not what its head says');
  return { kind: 'whole', outline: { head, rows: known }, rows: inOrder(rows) };
}

export function knownRow(row: Row, sum: bigint, parts: number): KnownRow {
  const due = whenDue(row);
  return { sum, parts, ...(due !== undefined && { due }) };
}

function tryRead(key: string, parts: readonly Entity['properties'][]): ReturnType<typeof readRow> | undefined {
  try {
    return readRow(key, parts);
  } catch {
    return undefined;
  }
}
