import { severalAtATime } from '../several-at-a-time.ts';
import { StoreError, type Store } from '../storage/store.ts';
import { headOf, readAudit } from './audit-chain.ts';
import { CHECKED_KINDS, CHECKPOINT_CHAINS } from './chains.ts';
import { checkpointIn, type Checkpoint, type Span } from './checkpoint.ts';
import { newestCovering } from './checkpoints.ts';
import { markedChains } from './marked-store.ts';
import { wholeRecord } from './whole-record.ts';

/** Where it is looked up which chains there are and when they have grown. */
export type RecordIndex = Pick<Store, 'read' | 'due' | 'partitions' | 'archiveMonths' | 'archived'>;

/** Some entries of a chain happened in this time. */
export interface Grown extends Pick<Span, 'from' | 'to'> {
  readonly chain: string;
}

/** Every chain of the record is in `grown` or in `uncertain`. */
export interface ChainTimes {
  /** Once for each checkpoint that has covered some of it; between them these tell of all its entries. */
  readonly grown: readonly Grown[];
  /** May hold anything: what has grown since a checkpoint covered it, and what the checkpoints do not tell all of. */
  readonly uncertain: readonly string[];
  /** Days of checkpoints that are gone, shortened or not to be read: what they alone say is not known. */
  readonly lost: readonly string[];
}

/** What a checkpoint has covered of a chain: as far as this entry, and from `first` on where it tells when that was. */
interface Covered extends Grown {
  readonly entries: number;
  readonly first?: number;
}
/** A day of checkpoints, as it stands there. */
interface Day {
  readonly name: string;
  readonly checkpoints: number;
  readonly covered: readonly Covered[];
  /** The day that it follows, with how many entries that had. */
  readonly after?: { readonly chain: string; readonly entries: number } | undefined;
  readonly isWhole: boolean;
}

const READ_AT_A_TIME = 8;

/**
 * When which chain has grown, from what is there for checkpoints: no chain is read for it, and no entry costs more for it. That nothing
 * is missed does not hang on checkpoints: the names of all chains of the store are the list, and whatever is not told whole of one
 * makes it uncertain. Days of checkpoints that are over do not change any more, so this process reads them once.
 */
export function createChainTimes(index: RecordIndex): () => Promise<ChainTimes> {
  const over = new Map<string, Day>();

  const allDays = async (): Promise<readonly Day[]> => {
    const names = [...new Set(await Array.fromAsync(wholeRecord(index).partitions(CHECKPOINT_CHAINS)))].sort();
    const days = new Map<string, Day>();
    await severalAtATime(names, READ_AT_A_TIME, async (name) => {
      const day = over.get(name) ?? (await readDay(index, name));
      days.set(name, day);
      // The last two are read again: an owner whose lease has run out may still write to the day before.
      if (day.isWhole && names.indexOf(name) < names.length - 2) over.set(name, day);
    });
    return [...days.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  };

  return async () => {
    // In this order: a chain is marked in the commit that begins it, and loses the mark once what covers it is stored.
    const record = wholeRecord(index);
    const names = new Set<string>();
    for (const kind of CHECKED_KINDS) for await (const name of record.partitions(kind)) names.add(name);
    const marked = new Set(await markedChains(index));
    const newest = await newestCovering(index);
    const days = await allDays();
    const toldUpTo = new Map<string, number>();
    const untold = new Set<string>();
    for (const { covered } of days)
      for (const { chain, entries, first = Infinity } of covered) {
        const before = toldUpTo.get(chain) ?? 0;
        if (first > before + 1) untold.add(chain);
        if (entries > before) toldUpTo.set(chain, entries);
      }
    const all = new Set([...names, ...marked, ...toldUpTo.keys()]);
    const isUncertain = (chain: string): boolean => marked.has(chain) || untold.has(chain) || !toldUpTo.has(chain);
    const uncertain = new Set([...all].filter(isUncertain));
    return {
      grown: days.flatMap(({ covered }) => covered.filter(({ chain }) => !uncertain.has(chain))),
      uncertain: [...uncertain],
      lost: lostDays(days, newest && { chain: newest.chain, entries: newest.seq }),
    };
  };
}

async function readDay(index: Pick<Store, 'read'>, name: string): Promise<Day> {
  try {
    const { rows } = await index.read(name);
    const entries = readAudit(rows);
    const checkpoints = entries.map(checkpointIn).filter((one) => one !== undefined);
    const isWhole = checkpoints.length > 0 && checkpoints.length === headOf(rows)?.entries;
    const covered = checkpoints.flatMap(({ heads }) => Object.entries(heads).map(coveredOf));
    return { name, checkpoints: checkpoints.length, covered, after: checkpoints[0]?.after, isWhole };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { name, checkpoints: 0, covered: [], isWhole: false };
  }
}

function coveredOf([chain, { entries, span }]: readonly [string, Checkpoint['heads'][string]]): Covered {
  const { first, from, to } = span ?? { from: '', to: '' };
  return { chain, entries, from, to, ...(first !== undefined && { first }) };
}

/** @param newest what was written last, as it is noted elsewhere. */
function lostDays(days: readonly Day[], newest: Day['after']): readonly string[] {
  const countOf = new Map(days.map(({ name, checkpoints }) => [name, checkpoints]));
  const named = [...days.map(({ after }) => after), newest].filter((one) => one !== undefined);
  const lost = [
    ...days.filter(({ isWhole }) => !isWhole).map(({ name }) => name),
    ...named.filter(({ chain, entries }) => (countOf.get(chain) ?? 0) < entries).map(({ chain }) => chain),
  ];
  return [...new Set(lost)].sort();
}
