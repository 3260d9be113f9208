import { z } from 'zod';
import { NEVER_WRITTEN, StoreError } from '../store.ts';
import { FORM } from './layout.ts';
import type { Entity, Properties } from './tables.ts';

/** The entity that stands for a partition: every commit changes it, so that none is overlooked. */
export interface Head {
  readonly etag: string;
  readonly partition: string;
  /** How many commits there were. */
  readonly commits: number;
  /** Ids of the last ones, the newest last. */
  readonly ids: readonly string[];
  /** How many rows there are, and what they sum up to. */
  readonly rows: number;
  readonly sum: bigint;
  /** Where it is archived. */
  readonly month?: string;
}

/** Whoever got no answer finds its commit among so many later ones. */
const IDS_KEPT = 20;
const Stored = z.object({
  form: z.literal(FORM),
  partition: z.string(),
  commits: z.string().regex(/^[1-9]\d{0,14}$/),
  ids: z.string().min(1),
  rows: z.string().regex(/^\d{1,9}$/),
  sum: z.string().regex(/^[\da-f]{32}$/),
  month: z.string().exactOptional(),
});

/** @throws {StoreError} `too-new` or `damaged` */
export function headIn({ etag, properties, partitionKey }: Entity): Head {
  const stored = Stored.safeParse(properties);
  if (stored.success) {
    const { partition, commits, ids, rows, sum, month } = stored.data;
    return {
      ...{ etag, partition, commits: Number(commits), ids: ids.split(',') },
      ...{ rows: Number(rows), sum: BigInt(`0x${sum}`), ...(month !== undefined && { month }) },
    };
  }
  const { form } = properties;
  if (form !== undefined && Number(form) > Number(FORM))
    throw new StoreError('too-new', `"${partitionKey}" was written by a newer version of this program; start that one`);
  throw new StoreError('damaged', `"${partitionKey}" is damaged: its head cannot be read; nothing was changed`);
}

export const printHead = ({ partition, commits, ids, rows, sum, month }: Omit<Head, 'etag'>): Properties => ({
  ...{ form: FORM, partition, commits: String(commits), ids: ids.join(','), rows: String(rows) },
  ...{ sum: sum.toString(16).padStart(32, '0'), ...(month !== undefined && { month }) },
});

/** The name of what was committed last. Archiving does not change it, though it changes the etag. */
export const versionOf = (head: Head | undefined): string =>
  head === undefined ? NEVER_WRITTEN : `${head.commits}.${head.ids.at(-1) ?? ''}`;

export const withCommit = (head: Head | undefined, id: string): Pick<Head, 'commits' | 'ids'> => ({
  commits: (head?.commits ?? 0) + 1,
  ids: [...(head?.ids ?? []), id].slice(-IDS_KEPT),
});

/**
 * Whether a commit is among those that a head knows of, which was to come after the first `before` ones.
 * `undefined` where there have been too many since.
 */
export function hasCommit({ commits, ids }: Head, id: string, before: number): boolean | undefined {
  if (ids.includes(id)) return true;
  return before + 1 > commits - ids.length ? false : undefined;
}
