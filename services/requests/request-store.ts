import type { AuditKey } from '../audit/audit-chain.ts';
import type { Clock } from '../clock.ts';
import type { RequestId } from '../ids.ts';
import { changePartition, type Decided } from '../storage/change-partition.ts';
import { claimedRow, type Claim, type Wake } from '../storage/claim.ts';
import { applyChanges } from '../storage/rows.ts';
import type { Partition, RowChange, Store } from '../storage/store.ts';
import { noticeChange, noticeOf, NOTICES_KEY } from './announcing/notices.ts';
import { requestPartition, type Change } from './change.ts';
import type { RequestRecord } from './request.ts';
import { recordOf, rowsOfChange, type ClaimedWork } from './request-rows.ts';
import { createStateCount } from './state-count.ts';
import { rememberingParts } from './deciding/taking-part.ts';
import { remindingOnceEnded, type UndoPolicy } from './giving-back/undo-clock.ts';

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
  /** Whether another system is told what becomes of requests (no): what is to be told is stored in the same commit. */
  readonly announces?: boolean;
  /** Told of each request as it has just been stored. */
  readonly onStored?: (record: RequestRecord) => void;
}

/** Requests in the store: one partition each, every change one commit. */
export function createRequestStore(parts: RequestStoreParts): RequestStore {
  const { store, clock, wake } = parts;
  const countState = createStateCount();

  return {
    async read(id) {
      return recordOf(id, await store.read(requestPartition(id)));
    },
    async change<Refusal>(
      id: RequestId,
      decide: (record: RequestRecord | undefined, now: Date) => Change | Refused<Refusal>,
      claim?: Claim,
    ): Promise<Changed | Refused<Refusal>> {
      const partition = requestPartition(id);
      const { outcome, claimed, before } = await changePartition(
        store,
        partition,
        (stored): Decided<Stored<Refusal>> => {
          if (claim !== undefined) claimedRow(stored, claim);
          const now = clock();
          const before = recordOf(id, stored);
          const decided = decide(before, now);
          if (!('request' in decided)) return { changes: [], result: { outcome: decided, claimed: [], before } };
          const complete = rememberingParts(before, remindingOnceEnded(before, decided, parts.undo));
          const { changes: own, claimed } = rowsOfChange(stored, complete, { ...parts, now });
          const notice = parts.announces === true ? noticeOf(before?.request, complete.request, now) : undefined;
          const changes = notice ? [...own, noticeChange(stored.rows.get(NOTICES_KEY), notice, now)] : own;
          const record = recordAfter(id, stored, changes);
          return { changes, result: { outcome: { kind: 'changed', record }, claimed, before } };
        },
      );
      if (outcome.kind === 'changed') {
        countState(before?.request, outcome.record.request);
        parts.onStored?.(outcome.record);
        wake.due();
      }
      for (const { key, lease } of claimed) wake.claimed({ partition, key, lease });
      return outcome;
    },
  };
}

/** What a change came to, and the work that was claimed with it. */
interface Stored<Refusal> {
  readonly outcome: Changed | Refused<Refusal>;
  readonly claimed: readonly ClaimedWork[];
  readonly before: RequestRecord | undefined;
}

function recordAfter(id: RequestId, before: Partition, changes: readonly RowChange[]): RequestRecord {
  const record = recordOf(id, { version: before.version, rows: applyChanges(before.rows, changes) });
  if (record === undefined) throw new Error('a stored change has a request in it');
  return record;
}
