import { z } from 'zod';
import type { Json, Partition } from '../storage/store.ts';
import { HEAD_KEY, macOf, type AuditKey } from './audit-chain.ts';

/** The row that is left of a request whose time is over, beside the head of its record. */
export const TOMBSTONE_KEY = 'tombstone';

/** What is kept of a request that was deleted: that it was, how it ended, and by its record's head what that summed up to. */
export const Tombstone = z.object({
  deletedAt: z.string(),
  state: z.string(),
  endedAt: z.string(),
  rows: z.number(),
  /** Covers the rest, the head of the record and the name of its chain: nobody without the key makes one. */
  mac: z.string(),
});
export type Tombstone = z.output<typeof Tombstone>;

/** What is left of a deleted request, if it was one. Whether it may be believed, `isBuried` knows. */
export const tombstoneOf = ({ rows }: Pick<Partition, 'rows'>): Tombstone | undefined =>
  Tombstone.safeParse(rows.get(TOMBSTONE_KEY)?.value).data;

export const tombstoneFor = (
  chain: string,
  { rows }: Pick<Partition, 'rows'>,
  said: Omit<Tombstone, 'mac'>,
  key: AuditKey,
): Tombstone => ({ ...said, mac: macOver(chain, rows, said, key) });

/** Whether a chain was deleted at the end of its time, by whoever has the key, and its head is what it was then. */
export function isBuried(rows: Partition['rows'], chain: string, key: AuditKey): boolean {
  const tombstone = tombstoneOf({ rows });
  if (tombstone === undefined) return false;
  const { mac, ...said } = tombstone;
  return macOver(chain, rows, said, key) === mac;
}

const macOver = (chain: string, rows: Partition['rows'], said: Omit<Tombstone, 'mac'>, key: AuditKey): string =>
  macOf({ chain, tombstone: said as Json, head: rows.get(HEAD_KEY)?.value ?? null }, key);
