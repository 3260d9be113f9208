import { z } from 'zod';
import { instant, SECOND_MS, type Clock, type Instant } from '../clock.ts';
import type { CustomerId, RequestId } from '../ids.ts';
import { StaleWriteError, type Store } from '../storage/store.ts';
import { isFinal } from './life.ts';
import type { RequestRecord } from './request.ts';
import type { RequestStore } from './request-store.ts';

const Stored = z.object({ requestId: z.string(), at: z.string() });
const CLAIM_ROW = 'claim';
const customerPartition = (id: CustomerId): string => `customer:${id}`;
/** So long a claim may be without its request, which is committed right after it. */
const UNBORN_MS = 60 * SECOND_MS;

export type ClaimedCustomer =
  | { readonly kind: 'claimed'; readonly previous?: RequestId }
  /** Another open request has it; `record` is missing while that one is being stored. */
  | { readonly kind: 'taken'; readonly requestId: RequestId; readonly record?: RequestRecord };

/** One open request for a customer: whose it is. */
export interface Claims {
  /** The newest request for a customer, whatever became of it. */
  latest(customer: CustomerId): Promise<RequestRecord | undefined>;
  /** Claims a customer for a request that is stored right afterwards. */
  claim(customer: CustomerId, requestId: RequestId): Promise<ClaimedCustomer>;
}

/**
 * Claims are kept with the customer, and committed before the request is. A claim whose request is final,
 * or missing after a minute, is free.
 */
export function createClaims(parts: {
  readonly store: Store;
  readonly requests: Pick<RequestStore, 'read'>;
  readonly clock: Clock;
}): Claims {
  const { store, requests, clock } = parts;

  return {
    async latest(customer) {
      const { rows } = await store.read(customerPartition(customer));
      const claim = Stored.safeParse(rows.get(CLAIM_ROW)?.value).data;
      return claim && requests.read(claim.requestId);
    },
    async claim(customer, requestId) {
      for (;;) {
        const { version, rows } = await store.read(customerPartition(customer));
        const claim = Stored.safeParse(rows.get(CLAIM_ROW)?.value).data;
        if (claim?.requestId === requestId) return { kind: 'claimed' };
        const record = claim && (await requests.read(claim.requestId));
        if (claim && isHeld(claim.at, record, clock()))
          return { kind: 'taken', requestId: claim.requestId, ...(record && { record }) };
        try {
          const value = { requestId, at: instant(clock()) };
          await store.commit(customerPartition(customer), version, [{ key: CLAIM_ROW, row: { value } }]);
          const cameToNothing = record !== undefined && record.request.state !== 'done';
          return { kind: 'claimed', ...(cameToNothing && claim && { previous: claim.requestId }) };
        } catch (error) {
          if (!(error instanceof StaleWriteError)) throw error;
        }
      }
    },
  };
}

function isHeld(at: Instant, record: RequestRecord | undefined, now: Date): boolean {
  if (record !== undefined) return !isFinal(record.request.state);
  return now.getTime() - new Date(at).getTime() < UNBORN_MS;
}
