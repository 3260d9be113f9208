import { setTimeout as delay } from 'node:timers/promises';
import { SECOND_MS } from '../clock.ts';
import { canonicalJson } from './canonical-json.ts';
import { MAX_ROWS_PER_COMMIT, NEVER_WRITTEN, StoreError } from './store.ts';
import type { Json, Partition, Row, RowChange, Store } from './store.ts';
import { Turns } from './turns.ts';

/** A store as a whole: what is in it, the archived partitions by their months. */
export interface Contents {
  readonly working: readonly string[];
  readonly archived: ReadonlyMap<string, string>;
}

const PARALLEL = 8;
/** A service that does not answer for longer than this is a reason to stop, and to be run again later. */
const PAUSES_MS = [1, 2, 5, 10, 20].map((seconds) => seconds * SECOND_MS);

/** @param kinds all there are. */
export async function contentsOf(store: Store, kinds: Iterable<string>): Promise<Contents> {
  const working: string[] = [];
  for (const kind of kinds) for await (const partition of store.partitions(kind)) working.push(partition);
  const archived = new Map<string, string>();
  for (const month of await store.archiveMonths())
    for await (const partition of store.archived(month)) archived.set(partition, month);
  return { working: working.sort(), archived };
}

export const namesIn = ({ working, archived }: Contents): readonly string[] => [...working, ...archived.keys()];

export interface MoveParts {
  readonly from: Store;
  readonly to: Store;
  readonly contents: Contents;
  readonly onMoved?: (done: number, of: number) => void;
  readonly sleep?: (ms: number) => Promise<void>;
}

/**
 * Makes each partition of one store the same in another, row by row, archived where it was archived. What is there already
 * is left as it is, so that it may be ended anywhere and begun again.
 *
 * @throws {StoreError}
 */
export async function movePartitions(parts: MoveParts): Promise<void> {
  const { from, to, contents, onMoved } = parts;
  const names = namesIn(contents);
  let done = 0;
  await eachOf(names, parts, async (partition) => {
    await makeSame(from, to, partition);
    const month = contents.archived.get(partition);
    if (month !== undefined) await to.archive(partition, (await to.read(partition)).version, month);
    done += 1;
    onMoved?.(done, names.length);
  });
}

const PASSING_ROW: RowChange = { key: 'moved', row: { value: true } };

async function makeSame(from: Store, to: Store, partition: string): Promise<void> {
  const { rows } = await from.read(partition);
  let there = await to.read(partition);
  let most = MAX_ROWS_PER_COMMIT;
  for (;;) {
    const missing = difference(rows, there.rows);
    if (missing.length === 0 && there.version !== NEVER_WRITTEN) return;
    // A partition all of whose rows were removed is one that was written, too.
    const changes = missing.length === 0 ? [PASSING_ROW] : missing.slice(0, most);
    try {
      await to.commit(partition, there.version, changes);
    } catch (error) {
      // Long rows: fewer of them fit into one commit.
      if (!(error instanceof StoreError) || error.fault !== 'too-large' || most === 1) throw error;
      most = Math.ceil(most / 4);
    }
    there = await to.read(partition);
  }
}

/** What makes the second the same as the first. */
function difference(wanted: Partition['rows'], there: Partition['rows']): readonly RowChange[] {
  const changed = [...wanted].filter(([key, row]) => !isSame(there.get(key), row)).map(([key, row]) => ({ key, row }));
  const gone = [...there.keys()].filter((key) => !wanted.has(key)).map((key) => ({ key, remove: true as const }));
  return [...gone, ...changed];
}

const isSame = (a: Row | undefined, b: Row): boolean => a !== undefined && textOf(a) === textOf(b);
const textOf = ({ value, dueAt, lease }: Row): string =>
  canonicalJson({ value, ...(dueAt !== undefined && { dueAt }), ...(lease && { lease: lease as Json }) });

/**
 * Compares everything there is in two stores.
 *
 * @param there what is in the second.
 * @returns a line for each partition that differs.
 */
export async function differences(parts: MoveParts, there: Contents): Promise<readonly string[]> {
  const { from, to, contents } = parts;
  const wanted = new Set(namesIn(contents));
  const found: string[] = [...namesIn(there)].filter((name) => !wanted.has(name)).map((name) => `${name}: only there`);
  await eachOf([...wanted], parts, async (partition) => {
    const [a, b] = await Promise.all([from.read(partition), to.read(partition)]);
    const rows = difference(a.rows, b.rows).length;
    if (rows > 0 || (b.version === NEVER_WRITTEN) !== (a.version === NEVER_WRITTEN))
      found.push(`${partition}: ${rows} rows differ`);
    const [month, monthThere] = [contents.archived.get(partition), there.archived.get(partition)];
    if (month !== monthThere)
      found.push(`${partition}: archived under ${month ?? 'nothing'}, there ${monthThere ?? 'nothing'}`);
  });
  return found.sort();
}

async function eachOf(
  names: readonly string[],
  { sleep = async (ms) => delay(ms) }: Pick<MoveParts, 'sleep'>,
  work: (name: string) => Promise<void>,
): Promise<void> {
  const turns = new Turns(PARALLEL);
  const failed = new AbortController();
  const patiently = async (name: string): Promise<void> => {
    for (const pause of [...PAUSES_MS, undefined]) {
      if (failed.signal.aborted) return;
      try {
        await work(name);
        return;
      } catch (error) {
        const passes = error instanceof StoreError && error.fault === 'unwritable' && pause !== undefined;
        if (!passes) {
          failed.abort();
          throw error;
        }
        await sleep(pause);
      }
    }
  };
  const outcomes = await Promise.allSettled(names.map((name) => turns.take(name, () => patiently(name))));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
