import { z } from 'zod';
import { StoreError, type Partition } from '../storage/store.ts';
import { headOf, readAudit, type AuditEntry, type AuditEvent } from './audit-chain.ts';
import { dayOfChain } from './chains.ts';

/** Entries of a chain, from the one with this number on, and the first and the last time that stands with them. */
const Span = z.object({ first: z.int().positive(), from: z.string(), to: z.string() });
export type Span = z.output<typeof Span>;

/** `span`: of what no checkpoint before has covered; where it is missing, nothing is known of it. */
const Covered = z.object({ entries: z.int().positive(), head: z.string(), span: Span.exactOptional() });
/** How far a chain has grown, and when. */
export type Grown = z.output<typeof Covered> & { readonly chain: string; readonly isNew: boolean };

/** What a checkpoint says of the record. */
const Detail = z.object({
  /** How many chains all checkpoints so far have covered. */
  chains: z.int().nonnegative(),
  /** The chains that have grown since the checkpoint before, by name. */
  heads: z.record(z.string(), Covered),
  /** The end of the day before that has checkpoints; in the first of a day. */
  after: z.object({ chain: z.string(), entries: z.int().positive(), head: z.string() }).exactOptional(),
});
export type Checkpoint = z.output<typeof Detail>;
export type DayBefore = NonNullable<Checkpoint['after']>;

/** Where a checkpoint stands. */
export const CheckpointPlace = z.object({ chain: z.string(), seq: z.int().positive() });
export type CheckpointPlace = z.output<typeof CheckpointPlace>;

const CHECKPOINT = 'checkpoint';

export const checkpointEvent = (checkpoint: Checkpoint): AuditEvent => ({
  action: CHECKPOINT,
  actor: 'bot',
  detail: checkpoint,
});

/** @returns `undefined` for an entry that is no checkpoint of ours. */
export const checkpointIn = ({ action, detail }: AuditEntry): Checkpoint | undefined =>
  action === CHECKPOINT ? Detail.safeParse(detail).data : undefined;

/**
 * With a chain it is kept which checkpoint covered it last: a chain is new to the checkpoints where it is missing,
 * and a checkpoint is missing where a chain names it.
 */
export const COVERED_KEY = 'audit-checkpoint';
export const coveredBy = (rows: Partition['rows']): CheckpointPlace | undefined =>
  CheckpointPlace.safeParse(rows.get(COVERED_KEY)?.value).data;

/** With it is kept how many entries were covered. */
const CoveredUpTo = z.object({ entries: z.int().nonnegative() });

/** When that happened which no checkpoint has covered yet; `undefined` where that cannot be told. */
export function spanToCover(rows: Partition['rows']): Span | undefined {
  const { entries = 0 } = CoveredUpTo.safeParse(rows.get(COVERED_KEY)?.value).data ?? {};
  const all = readAudit(rows);
  const times = all.flatMap(({ seq, at }) => (seq > entries ? [at] : [])).sort();
  const [from, to] = [times[0], times.at(-1)];
  const isWhole = all.length === headOf(rows)?.entries;
  return isWhole && from !== undefined && to !== undefined ? { first: entries + 1, from, to } : undefined;
}

/**
 * With a day's checkpoints it is kept which day goes on, once they are ended: after that nobody adds another to them, who
 * may have read them before.
 */
export const NEXT_DAY_KEY = 'audit-next-day';
const NextDay = z.object({ chain: z.string().refine((chain) => dayOfChain(chain) !== undefined) });
/** @throws {StoreError} `damaged`, where it names no later day: nothing is put after it. */
export function nextDayOf(chain: string, rows: Partition['rows']): string | undefined {
  const stored = rows.get(NEXT_DAY_KEY);
  if (stored === undefined) return undefined;
  const next = NextDay.safeParse(stored.value).data?.chain;
  if (next === undefined || next <= chain) throw new StoreError('damaged', `the end of "${chain}" names no later day`);
  return next;
}

/**
 * The checkpoint that comes next. Chains that the one before has covered and that never heard of it, because of a crash, are
 * named by this one again, so that none of them is counted as new by a later one.
 *
 * @param unread chains that have grown and could not be read: perhaps they never heard of it either.
 */
export function nextCheckpoint(
  before: Pick<Checkpoint, 'chains' | 'heads'>,
  { grown, unread = [] }: { readonly grown: readonly Grown[]; readonly unread?: readonly string[] },
  after?: DayBefore,
): Checkpoint | undefined {
  const news = grown.filter(({ chain, head }) => before.heads[chain]?.head !== head);
  if (news.length === 0) return undefined;
  const added = news.filter(({ chain, isNew }) => isNew && before.heads[chain] === undefined).length;
  const unheard = new Set([...unread, ...grown.flatMap(({ chain, isNew }) => (isNew ? [chain] : []))]);
  const again = Object.entries(before.heads).filter(([chain]) => unheard.has(chain));
  const covered = news.map(
    ({ chain, entries, head, span }) => [chain, { entries, head, ...(span && { span }) }] as const,
  );
  return {
    chains: before.chains + added,
    heads: Object.fromEntries([...again, ...covered]),
    ...(after && { after }),
  };
}
