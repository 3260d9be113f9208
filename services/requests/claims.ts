import { z } from 'zod';
import { tombstoneOf } from '../audit/tombstone.ts';
import { instant, SECOND_MS, type Clock, type Instant } from '../clock.ts';
import type { CustomerId, RequestId, UserId } from '../ids.ts';
import { changePartition, type Decided } from '../storage/change-partition.ts';
import { NEVER_WRITTEN, StoreError, type Partition, type Store } from '../storage/store.ts';
import { requestPartition } from './change.ts';
import { isFinal } from './life.ts';
import type { RequestRecord } from './request.ts';
import type { RequestStore } from './request-store.ts';

const Stored = z.object({
  requestId: z.string(),
  requester: z.string(),
  at: z.string(),
  /** The request before it that left the customer ours; kept here, since its own may never be stored. */
  previous: z.string().exactOptional(),
});
type Stored = z.output<typeof Stored>;
const CLAIM_ROW = 'claim';
const customerPartition = (id: CustomerId): string => `customer:${id}`;
/** So long a claim may be without its request, which is committed right after it. */
const UNBORN_MS = 60 * SECOND_MS;

export type ClaimedCustomer =
  /** `requestId` is an earlier one where the same person's request was claimed for and never stored. */
  | { readonly kind: 'claimed'; readonly requestId: RequestId; readonly previous?: RequestId }
  /** Another open request has it; `record` is missing while that one is being stored. */
  | { readonly kind: 'taken'; readonly requestId: RequestId; readonly record?: RequestRecord }
  /** The store is so full that nothing new is begun. */
  | { readonly kind: 'no-room' };

/** How a request stands among those for the same customer. */
export type Standing =
  /** There is no newer one. */
  | { readonly kind: 'newest' }
  | { readonly kind: 'overtaken'; readonly by: RequestRecord }
  /** Somebody is about to open a newer one. */
  | { readonly kind: 'being-overtaken' };

/** One open request for a customer: whose it is. */
export interface Claims {
  /** The newest request for a customer, whatever became of it. */
  latest(customer: CustomerId): Promise<RequestRecord | undefined>;
  /** Whether a newer request for its customer has taken over from a request. */
  standingOf(request: { readonly id: RequestId; readonly customer: { readonly id: CustomerId } }): Promise<Standing>;
  /** Claims a customer for a request that is stored right afterwards. */
  claim(customer: CustomerId, requestId: RequestId, requester: UserId): Promise<ClaimedCustomer>;
}

/**
 * Claims are kept with the customer, and committed before the request is. A claim is free whose request is final, or was
 * deleted at the end of its time; also one whose request was never stored, after a minute: whoever made it has it at
 * once, for the same request. The id of a request that was stored is never used again, since its record is still known.
 */
export function createClaims(parts: {
  readonly store: Store;
  readonly requests: Pick<RequestStore, 'read'>;
  readonly clock: Clock;
  /** Told when somebody could begin nothing, because the store is nearly full. */
  readonly onNoRoom?: () => void;
}): Claims {
  const { store, requests, clock, onNoRoom } = parts;

  const hasRoom = async (): Promise<boolean> => {
    const is = await store.hasRoom();
    if (!is) onNoRoom?.();
    return is;
  };

  /** Whether the request of a claim was stored once and is deleted; one that was never stored is not. */
  const isDeleted = async ({ requestId }: Stored): Promise<boolean> => {
    const partition = await store.read(requestPartition(requestId));
    if (partition.version === NEVER_WRITTEN) return false;
    if (tombstoneOf(partition) !== undefined) return true;
    throw new StoreError('damaged', `request ${requestId} is gone and has left no tombstone`);
  };

  return {
    async latest(customer) {
      const { rows } = await store.read(customerPartition(customer));
      const claim = claimIn(rows);
      return claim && requests.read(claim.requestId);
    },
    async standingOf({ id, customer }) {
      const claim = claimIn((await store.read(customerPartition(customer.id))).rows);
      if (claim === undefined || claim.requestId === id) return { kind: 'newest' };
      const by = await requests.read(claim.requestId);
      if (by !== undefined) return { kind: 'overtaken', by };
      return isHeld(claim.at, by, clock()) ? { kind: 'being-overtaken' } : { kind: 'newest' };
    },
    claim: (customer, requestId, requester) =>
      changePartition(store, customerPartition(customer), async ({ rows }): Promise<Decided<ClaimedCustomer>> => {
        const found = claimIn(rows);
        const record = found && (await requests.read(found.requestId));
        const claim = found && record === undefined && (await isDeleted(found)) ? undefined : found;
        const isUnborn = claim !== undefined && record === undefined;
        const isOwn = claim?.requestId === requestId || (isUnborn && claim.requester === requester);
        if (claim && !isOwn && isHeld(claim.at, record, clock()))
          return asItIs({ kind: 'taken', requestId: claim.requestId, ...(record && { record }) });
        if (!isOwn && !(await hasRoom())) return asItIs({ kind: 'no-room' });
        const isOver = record?.request.kind === 'removal' && record.request.state === 'done';
        const before = isOver ? undefined : record?.request.id;
        const previous = isOwn || isUnborn ? claim.previous : before;
        const claimed = { requestId: isOwn ? claim.requestId : requestId, ...(previous !== undefined && { previous }) };
        if (isOwn && !isUnborn) return asItIs({ kind: 'claimed', ...claimed });
        // Also one that is its maker's already: from now on nobody takes it for left behind.
        const value = { ...claimed, requester, at: instant(clock()) };
        return { changes: [{ key: CLAIM_ROW, row: { value } }], result: { kind: 'claimed', ...claimed } };
      }),
  };
}

const asItIs = (result: ClaimedCustomer): Decided<ClaimedCustomer> => ({ changes: [], result });

/** @throws {StoreError} `damaged`, where it is not what we write: nobody knows then whose the customer is. */
function claimIn(rows: Partition['rows']): Stored | undefined {
  const row = rows.get(CLAIM_ROW);
  if (row === undefined) return undefined;
  const { data, error } = Stored.safeParse(row.value);
  if (data === undefined) throw new StoreError('damaged', 'a claim is not as it was written', { cause: error });
  return data;
}

function isHeld(at: Instant, record: RequestRecord | undefined, now: Date): boolean {
  if (record !== undefined) return !isFinal(record.request.state);
  return now.getTime() - new Date(at).getTime() < UNBORN_MS;
}
