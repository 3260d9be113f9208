import { canonicalJson } from './canonical-json.ts';
import { frozen, isFrozen } from './frozen.ts';
import { MAX_ROWS_PER_COMMIT, StoreError } from './store.ts';
import type { Json, Lease, Row, RowChange } from './store.ts';

/** A value may have this many characters as JSON. */
export const MAX_VALUE_CHARACTERS = 1_000_000;

/** 1 to 200 characters; what Azure Table refuses in a row key is refused by every store. */
const KEY = /^[^\p{Cc}/\\#?]{1,200}$/u;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

export type Rows = ReadonlyMap<string, Row>;

/**
 * Checks what a caller wants to commit, and copies it, so that nothing the caller does later gets in.
 *
 * @throws {RangeError} no change or more than `MAX_ROWS_PER_COMMIT`, a key twice, an impossible key, instant or lease.
 * @throws {TypeError} a value that is not JSON.
 * @throws {StoreError} `too-large`: a value above `MAX_VALUE_CHARACTERS`.
 */
export function checkedChanges(changes: readonly RowChange[]): readonly RowChange[] {
  if (changes.length === 0 || changes.length > MAX_ROWS_PER_COMMIT) {
    throw new RangeError(`a commit changes 1 to ${MAX_ROWS_PER_COMMIT} rows, not ${changes.length}`);
  }
  if (new Set(changes.map((change) => change.key)).size < changes.length) {
    throw new RangeError('a commit changes a row once');
  }
  return changes.map(checkedChange);
}

function checkedChange(change: RowChange): RowChange {
  const { key } = change;
  if (!KEY.test(key) || key.length > 200 || !key.isWellFormed()) {
    throw new RangeError(`${JSON.stringify(key)} is no key for a row`);
  }
  return 'row' in change ? { key, row: checkedRow(key, change.row) } : { key, remove: true };
}

function checkedRow(key: string, row: Row): Row {
  const value = valueText(row.value);
  if (value.length > MAX_VALUE_CHARACTERS) {
    throw new StoreError(
      'too-large',
      `row "${key}" has ${value.length} of ${MAX_VALUE_CHARACTERS} possible characters`,
    );
  }
  return frozen({
    // What was checked before is nobody's but the store's.
    value: isPrinted(row.value) ? row.value : printedAs(JSON.parse(value) as Json, value),
    ...(row.dueAt !== undefined && { dueAt: checkedInstant(row.dueAt) }),
    ...(row.lease !== undefined && { lease: checkedLease(row.lease) }),
  });
}

function checkedLease({ owner, until, fence }: Lease): Lease {
  if (owner === '' || !Number.isSafeInteger(fence) || fence < 0) {
    throw new RangeError(`no lease for "${owner}" with fence ${fence}`);
  }
  return { owner, until: checkedInstant(until), fence };
}

/** Instants are compared as text, so that only the one form compares rightly. */
function checkedInstant(text: string): string {
  if (!INSTANT.test(text) || Number.isNaN(Date.parse(text))) throw new RangeError(`"${text}" is no instant`);
  return text;
}

/** The rows after the changes; the ones before stay as they are. */
export function applyChanges(rows: Rows, changes: readonly RowChange[]): Rows {
  const next = new Map(rows);
  for (const change of changes) {
    if ('row' in change) next.set(change.key, change.row);
    else next.delete(change.key);
  }
  return next;
}

/** Whether any of the rows has to be looked at some time. */
export const hasDueRows = (rows: Rows): boolean => [...rows.values()].some(({ dueAt }) => dueAt !== undefined);

/** The canonical JSON of rows, by key. */
export const printRows = (rows: Rows): string =>
  `{${Array.from(inOrder(rows), ([key, row]) => `${JSON.stringify(key)}:${rowText(row)}`).join(',')}}`;

/** The canonical JSON of one row: its members in the order of their names. */
const rowText = ({ value, dueAt, lease }: Row): string => {
  const before = canonicalJson({ dueAt, lease }).slice(1, -1);
  return `{${before === '' ? '' : `${before},`}"value":${valueText(value)}}`;
};

/** Rows in the order of their keys. */
export const inOrder = (rows: Rows): Rows =>
  isInOrder(rows.keys()) ? rows : new Map([...rows].sort(([a], [b]) => (a < b ? -1 : 1)));

function isInOrder(keys: Iterable<string>): boolean {
  let last = '';
  for (const key of keys) {
    if (key < last) return false;
    last = key;
  }
  return true;
}

/** The rows of an object that was printed, in the order of their keys. */
export const rowsOf = (stored: Readonly<Record<string, Row>>): Rows => inOrder(new Map(Object.entries(frozen(stored))));

/** The canonical JSON of values that nobody can change any more: most of a partition stays as it is with a commit. */
const printed = new WeakMap<object, string>();

const isPrinted = (value: Json): boolean => typeof value === 'object' && value !== null && printed.has(value);

/** The value that was printed as a text, which nobody can change. @throws {SyntaxError} */
export const valueOfText = (text: string): Json => printedAs(frozen(JSON.parse(text) as Json), text);

function printedAs(value: Json, text: string): Json {
  if (typeof value === 'object' && value !== null) printed.set(frozen(value), text);
  return value;
}

/** The canonical JSON of a value. */
export function valueText(value: Json): string {
  if (typeof value !== 'object' || value === null) return canonicalJson(value);
  const known = printed.get(value);
  if (known !== undefined) return known;
  const text = canonicalJson(value);
  if (isFrozen(value)) printedAs(value, text);
  return text;
}
