import { DAY_MS, later, MINUTE_MS, type Instant } from '../clock.ts';
import { StoreError, type Store } from '../storage/store.ts';
import { readAudit } from './audit-chain.ts';
import { CHECKPOINT_CHAINS, dayOfChain } from './chains.ts';
import { checkpointIn } from './checkpoint.ts';
import { grownSince } from './marked-store.ts';

/** Where it is looked up which chains have grown when. */
export type RecordIndex = Pick<Store, 'read' | 'due' | 'partitions' | 'archiveMonths' | 'archived'>;

export interface NewestChains {
  /** Names, some of which may have been given before. */
  readonly chains: readonly string[];
  /** Nothing in these chains has happened after this, nor in any that follow and were not given before. */
  readonly until: Instant;
  /** Checkpoints that cannot be read: what has grown at their time alone is not found. */
  readonly unreadable?: readonly string[];
}

/** Clocks of two processes differ by less than this, and a clock that was put right was off by less. */
const MARGIN_MS = 15 * MINUTE_MS;
const CLOCKS_DIFFER_MS = MINUTE_MS;
/** So many of the chains that no checkpoint has covered yet are given at a time. */
const UNCOVERED_AT_A_TIME = 50;

/**
 * All chains that may hold something that happened before a moment, those that have grown last first. What is there for
 * checkpoints tells it, and no chain is read for it: the marks on what has grown since the newest one, then the checkpoints from
 * the newest to the oldest, each of which names what has grown since the one before. So an entry costs nothing more than before.
 *
 * @param before everything, where it is left out.
 */
export async function* newestChains(index: RecordIndex, now: Date, before?: Instant): AsyncGenerator<NewestChains> {
  // First, since a checkpoint takes marks off only once it is stored.
  const uncovered = await grownSince(index, now);
  const days = await CheckpointDays.listed(index);
  const end = before === undefined ? undefined : await days.endAfter(before);
  // What belongs to no request may have waited to be stored.
  const lateEnd = before === undefined ? undefined : await days.endAfter(later(new Date(before), DAY_MS));
  const covered = days.backwards(end, lateEnd);
  let next = await covered.next();
  if (lateEnd === undefined) {
    const newest = next.done === true ? '' : next.value.until;
    const marked = end === undefined ? uncovered : uncovered.filter(({ chain }) => mayBeLate(chain));
    for (let at = 0; at < marked.length; at += UNCOVERED_AT_A_TIME) {
      const some = marked.slice(at, at + UNCOVERED_AT_A_TIME);
      const grown = later(new Date(some[0]?.at ?? 0), CLOCKS_DIFFER_MS);
      yield { chains: some.map(({ chain }) => chain), until: grown > newest ? grown : newest };
    }
  }
  for (; next.done !== true; next = await covered.next()) yield next.value;
}

const mayBeLate = (chain: string): boolean => dayOfChain(chain) !== undefined;

/** What a checkpoint names. `at`: the latest moment of it and all before it on its day, since a clock may have been put back. */
interface Covered {
  readonly at: Instant;
  readonly chains: readonly string[];
}
interface Day {
  readonly name: string;
  readonly covered: readonly Covered[];
  /** The day before it that has checkpoints. */
  readonly after?: string;
  readonly isUnreadable?: boolean;
}
/** Everything before the checkpoint with this number on this day. */
interface End {
  readonly day: string;
  readonly at: number;
}

/** The days of checkpoints, archived ones too, of which only those are listed and read that are asked for. */
class CheckpointDays {
  readonly #index: RecordIndex;
  readonly #working: readonly string[];
  readonly #months: readonly string[];
  readonly #read = new Map<string, Day>();

  static async listed(index: RecordIndex): Promise<CheckpointDays> {
    const working = await Array.fromAsync(index.partitions(CHECKPOINT_CHAINS));
    return new CheckpointDays(index, working, await index.archiveMonths());
  }

  private constructor(index: RecordIndex, working: readonly string[], archived: readonly string[]) {
    this.#index = index;
    this.#working = working;
    this.#months = [...new Set([...working.map(monthOf), ...archived])].sort();
  }

  /**
   * Where what happened before a moment is covered for certain: by the first checkpoint after it, and by the next one, since an
   * entry can have its time just before a checkpoint is written and be stored just after, or be marked by a clock that is ahead.
   * Checkpoints of about the same time belong together: one of them names only so many chains.
   *
   * @returns `undefined`, where not all of it is covered yet.
   */
  async endAfter(before: Instant): Promise<End | undefined> {
    const afterAll = (at: Instant): Instant => later(new Date(at), MARGIN_MS);
    let behind = afterAll(before);
    let left = 2;
    for (const month of this.#months.filter((one) => one >= before.slice(0, 7)))
      for (const name of await this.#namesOf(month)) {
        if (name < nameOf(before)) continue;
        for (const [at, covered] of (await this.#day(name)).covered.entries()) {
          if (covered.at <= behind) continue;
          if (left === 0) return { day: name, at };
          left -= 1;
          behind = afterAll(covered.at);
        }
      }
    return undefined;
  }

  /** @param lateEnd from here to `end` only what may have been stored late. */
  async *backwards(end: End | undefined, lateEnd: End | undefined): AsyncGenerator<NewestChains> {
    let follows: string | undefined;
    for (const month of this.#months.toReversed()) {
      if (lateEnd !== undefined && month > monthOf(lateEnd.day)) continue;
      for (const name of (await this.#namesOf(month)).toReversed()) {
        if (lateEnd !== undefined && name > lateEnd.day) continue;
        const { covered, after, isUnreadable = false } = await this.#day(name);
        const gone = [...(follows !== undefined && follows !== name ? [follows] : []), ...(isUnreadable ? [name] : [])];
        if (gone.length > 0) yield { chains: [], until: endOf(name), unreadable: gone };
        follows = after;
        const shown = covered.slice(0, lateEnd?.day === name ? lateEnd.at : undefined);
        for (const [place, { at, chains }] of [...shown.entries()].toReversed()) {
          const isLate = end !== undefined && (name === end.day ? place >= end.at : name > end.day);
          yield { chains: isLate ? chains.filter(mayBeLate) : chains, until: later(new Date(at), MARGIN_MS) };
        }
      }
    }
  }

  async #namesOf(month: string): Promise<readonly string[]> {
    const names = new Set(this.#working.filter((name) => monthOf(name) === month));
    for await (const name of this.#index.archived(month, { kind: CHECKPOINT_CHAINS })) names.add(name);
    return [...names].sort();
  }

  async #day(name: string): Promise<Day> {
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const day = await readDay(this.#index, name);
    this.#read.set(name, day);
    return day;
  }
}

async function readDay(index: Pick<Store, 'read'>, name: string): Promise<Day> {
  try {
    const covered: Covered[] = [];
    let after: string | undefined;
    for (const entry of readAudit((await index.read(name)).rows)) {
      const checkpoint = checkpointIn(entry);
      const last = covered.at(-1)?.at ?? '';
      if (checkpoint === undefined || Number.isNaN(Date.parse(entry.at))) return { name, covered, isUnreadable: true };
      covered.push({ at: entry.at > last ? entry.at : last, chains: Object.keys(checkpoint.heads) });
      after ??= checkpoint.after?.chain;
    }
    return {
      name,
      covered,
      ...(after !== undefined && { after }),
      ...(covered.length === 0 && { isUnreadable: true }),
    };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { name, covered: [], isUnreadable: true };
  }
}

const endOf = (name: string): Instant => later(new Date(`${dayOf(name)}T23:59:59.999Z`), MARGIN_MS);
const dayOf = (name: string): string => name.slice(CHECKPOINT_CHAINS.length + 1);
const monthOf = (name: string): string => dayOf(name).slice(0, 7);
const nameOf = (at: Instant): string => `${CHECKPOINT_CHAINS}:${at.slice(0, 10)}`;
