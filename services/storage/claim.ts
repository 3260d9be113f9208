import type { Lease, Partition, Row } from './store.ts';

/** Work on a row that this process has claimed. */
export interface Claim {
  readonly partition: string;
  readonly key: string;
  readonly lease: Lease;
}

/** Somebody else has claimed the work since: whoever finds out stops, and changes nothing more. */
export class LostLeaseError extends Error {
  override readonly name = 'LostLeaseError';
  constructor({ partition, key }: Claim) {
    super(`the work "${key}" of ${partition} was claimed by another process`);
  }
}

/**
 * The row of a claim, as it is stored.
 *
 * @throws {LostLeaseError} when it is gone, or was claimed since.
 */
export function claimedRow({ rows }: Pick<Partition, 'rows'>, claim: Claim): Row {
  const row = rows.get(claim.key);
  if (row?.lease?.owner !== claim.lease.owner || row.lease.fence !== claim.lease.fence) throw new LostLeaseError(claim);
  return row;
}

/** Told after every commit, so that due work is begun at once. */
export interface Wake {
  /** Something is due now, or soon. */
  due(): void;
  /** This process has claimed work in the commit itself, and has to begin it. */
  claimed(claim: Claim): void;
}
