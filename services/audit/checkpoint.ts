import { z } from 'zod';
import type { Partition } from '../storage/store.ts';
import type { AuditEntry, AuditEvent, ChainHead } from './audit-chain.ts';

const Covered = z.object({ entries: z.int().positive(), head: z.string() });

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

/** The checkpoint that comes next. */
export function nextCheckpoint(
  before: Pick<Checkpoint, 'chains' | 'heads'>,
  grown: readonly (ChainHead & { readonly chain: string; readonly isNew: boolean })[],
  after?: DayBefore,
): Checkpoint | undefined {
  const news = grown.filter(({ chain, head }) => before.heads[chain]?.head !== head);
  if (news.length === 0) return undefined;
  // What the one before has covered is not new, though a crash kept its chain from hearing of it.
  const added = news.filter(({ chain, isNew }) => isNew && before.heads[chain] === undefined).length;
  return {
    chains: before.chains + added,
    heads: Object.fromEntries(news.map(({ chain, entries, head }) => [chain, { entries, head }])),
    ...(after && { after }),
  };
}
