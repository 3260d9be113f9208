import type { AuditKey } from '../audit/audit-chain.ts';
import type { Clock } from '../clock.ts';
import type { RequestId } from '../ids.ts';
import { StaleWriteError, type Lease, type Partition, type Store } from '../storage/store.ts';
import { requestPartition, type Change } from './change.ts';
import type { RequestRecord } from './request.ts';
import { recordOf, rowsOfChange } from './request-rows.ts';
import { remindingOnceEnded, type UndoPolicy } from './undo-clock.ts';

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

/** Told after every commit, so that due work is begun at once. */
export interface Wake {
  /** Something is due now, or soon. */
  due(): void;
  /** This process has claimed work in the commit itself, and has to begin it. */
  claimed(claim: Claim): void;
}

export interface RequestStore {
  read(id: RequestId): Promise<RequestRecord | undefined>;
  /**
   * Decides on what is stored, and stores the decision. When somebody else wrote in between, it decides again.
   *
   * @param decide a pure rule; `undefined` changes nothing.
   * @param claim the work in whose course this happens; a lost lease stops it.
   * @returns the record after the change, and whether there was one.
   * @throws {LostLeaseError}
   */
  change<Refusal>(
    id: RequestId,
    decide: (record: RequestRecord | undefined, now: Date) => Change | Refused<Refusal>,
    claim?: Claim,
  ): Promise<Changed | Refused<Refusal>>;
}

export interface Changed {
  readonly kind: 'changed';
  readonly record: RequestRecord;
}
export interface Refused<Why> {
  readonly kind: 'refused';
  readonly why: Why;
}
export const refuse = <const Why>(why: Why): Refused<Why> => ({ kind: 'refused', why });

export interface RequestStoreParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly auditKey: AuditKey;
  readonly boot: string;
  readonly leaseMs: number;
  readonly wake: Wake;
  /** When somebody is reminded of what a request that came to nothing has left suspended. */
  readonly undo: UndoPolicy;
}

/** Requests in the store: one partition each, every change one commit. */
export function createRequestStore(parts: RequestStoreParts): RequestStore {
  const { store, clock, wake } = parts;

  const commit = async (id: RequestId, partition: Partition, change: Change): Promise<RequestRecord> => {
    const name = requestPartition(id);
    const complete = remindingOnceEnded(recordOf(id, partition), change, parts.undo);
    const { changes, claimed } = rowsOfChange(partition, complete, { ...parts, now: clock() });
    await store.commit(name, partition.version, changes);
    wake.due();
    for (const { key, lease } of claimed) wake.claimed({ partition: name, key, lease });
    return recordAfter(id, partition, changes);
  };

  return {
    async read(id) {
      return recordOf(id, await store.read(requestPartition(id)));
    },
    async change(id, decide, claim) {
      for (;;) {
        const partition = await store.read(requestPartition(id));
        if (claim !== undefined) checkClaim(partition, claim);
        const decided = decide(recordOf(id, partition), clock());
        if (!('request' in decided)) return decided;
        try {
          return { kind: 'changed', record: await commit(id, partition, decided) };
        } catch (error) {
          if (!(error instanceof StaleWriteError)) throw error;
        }
      }
    },
  };
}

function checkClaim({ rows }: Partition, claim: Claim): void {
  const lease = rows.get(claim.key)?.lease;
  if (lease?.owner !== claim.lease.owner || lease.fence !== claim.lease.fence) throw new LostLeaseError(claim);
}

function recordAfter(id: RequestId, before: Partition, changes: ReturnType<typeof rowsOfChange>['changes']) {
  const rows = new Map(before.rows);
  for (const change of changes) {
    if ('row' in change) rows.set(change.key, change.row);
    else rows.delete(change.key);
  }
  const record = recordOf(id, { version: before.version, rows });
  if (record === undefined) throw new Error('a stored change has a request in it');
  return record;
}
