import { z } from 'zod';
import type { CustomerId, HoldingId, RequestId, UserId } from '../ids.ts';
import type { Besides } from '../readiness/besides.ts';
import type { SourceName } from '../readiness/holdings.ts';
import type { HoldingClass } from '../readiness/readiness.ts';
import type { ClearingRefusal } from '../requests/clearing/begin-clearing.ts';
import type { SendRefusal } from '../requests/sending/hand-in.ts';
import type { CustomerList } from './customer-list.ts';

const instant = z.string();
const PersonRef = z.object({ id: z.custom<UserId>((value) => typeof value === 'string'), name: z.string() });
const text = <T extends string>() => z.custom<T>((value) => typeof value === 'string');

/** Why a line of a list is no customer of the batch. */
export const Fate = z.object({
  line: z.number(),
  /** What stood there. Foreign text. */
  text: z.string(),
  why: z.enum([
    'duplicate',
    'own-tenant',
    'unknown',
    /** Nobody is called exactly so. */
    'not-exact',
    /** Several are called so. */
    'ambiguous',
    /** Its tenant id and its domain are of two customers. */
    'contradicts',
    'removed',
    'too-many',
    /** No row of the table: a quote is not closed, or text stands beside a closed one. */
    'unreadable',
    /** Partner Center could not be asked. */
    'unread',
  ]),
  /** The line that names the same customer. */
  of: z.number().exactOptional(),
  /** How many customers may be in one batch. */
  most: z.number().exactOptional(),
  /** Domains, or tenant ids, of whom it may be. Foreign text. */
  names: z.array(z.string()).exactOptional(),
  /** When it was removed. */
  at: instant.exactOptional(),
});
export type Fate = z.output<typeof Fate>;

/** What can be suspended here, and clears the way. */
const Suspendable = z.object({
  holdingId: text<HoldingId>(),
  /** Foreign text. */
  name: z.string(),
  quantity: z.number(),
  class: text<HoldingClass>().exactOptional(),
  /** They are suspended with it. */
  hasAddOns: z.literal(true).exactOptional(),
});
export type Suspendable = z.output<typeof Suspendable>;

/** What a customer's readiness comes to, as far as a table of many says it. */
export const Reading = z.object({
  at: instant,
  kind: z.enum([
    'ready',
    /** All that stands in the way can be suspended here. */
    'clear-here',
    /** Something has to be cancelled, and that is approved by itself. */
    'approve-first',
    'elsewhere',
    'wait',
    'unread',
    /** Partner Center says that there is no relationship (any more). */
    'gone',
    /** Somebody has an open request for this customer, whoever reads this perhaps. */
    'open',
  ]),
  /** How many things stand in the way. */
  count: z.number().exactOptional(),
  /** The first day on which it may be ready. */
  until: instant.exactOptional(),
  /** It can be sooner, where what is waited for moves to the customer's next partner. */
  orTransfer: z.literal(true).exactOptional(),
  sources: z.array(text<SourceName>()).exactOptional(),
  suspendable: z.array(Suspendable).exactOptional(),
  /** Whose the open request is. Foreign text. */
  holder: z.string().exactOptional(),
  /** How many things were suspended for the customer from here, and are not given back. */
  suspendedHere: z.number().exactOptional(),
  /** Whether there is delegated administration that could be ended; `unread`: nobody knows. */
  delegatedAdmin: z.enum(['live', 'unread']).exactOptional(),
  /** What may stand in the way and what is to know; missing where there is nothing of it. */
  besides: z.custom<Besides>((value) => typeof value === 'object' && value !== null).exactOptional(),
});
export type Reading = z.output<typeof Reading>;

/** It was wanted before the store was put back from a backup: nobody knows what has become of it since. */
type SinceRestore = 'restored';

/** One customer of a batch. */
export const Member = z.object({
  customer: z.object({ id: text<CustomerId>(), companyName: z.string(), domain: z.string() }),
  /** The line that named it. */
  line: z.number(),
  reading: Reading.exactOptional(),
  /** It is to be read, or read again. */
  isReadWanted: z.literal(true).exactOptional(),
  /** What its requester has confirmed is to be suspended. `why`: nothing of it was begun. */
  clear: z
    .object({
      at: instant,
      holdingIds: z.array(text<HoldingId>()),
      outcome: z.object({ why: text<ClearingRefusal | SinceRestore>().exactOptional() }).exactOptional(),
    })
    .exactOptional(),
  /** It was asked for with the form of this number. `why`: no request was handed in. */
  ask: z
    .object({
      form: z.number(),
      at: instant,
      outcome: z.object({ why: text<SendRefusal | SinceRestore>().exactOptional() }).exactOptional(),
    })
    .exactOptional(),
  /** Its request, a draft perhaps. */
  requestId: text<RequestId>().exactOptional(),
  /** What became of its request when the batch was stopped. `kept`: it was not handed in with the batch. */
  stop: z.enum(['withdrawn', 'too-late', 'over', 'kept']).exactOptional(),
});
export type Member = z.output<typeof Member>;

/** What was filled in for several customers at once. */
const BatchForm = z.object({
  reason: z.string(),
  ticket: z.string().exactOptional(),
  notice: z.boolean(),
  nextProvider: z.boolean(),
  endDelegatedAdmin: z.boolean().exactOptional(),
  approver: text<UserId>().exactOptional(),
});
export type BatchForm = z.output<typeof BatchForm>;

/**
 * Several customers that somebody has listed. It removes nothing and approves nothing: each of its customers has a request
 * of its own, by the same rules as any other. `revision` grows with what can be pressed.
 */
export const Batch = z.object({
  schema: z.literal(1),
  id: z.string(),
  requester: PersonRef,
  begunAt: instant,
  revision: z.number(),
  /** The list, until its lines were looked up. */
  list: z.custom<CustomerList>((value) => typeof value === 'object' && value !== null).exactOptional(),
  /** Lines that are no customers of it. */
  fates: z.array(Fate),
  /** Lines that nobody looked at. */
  more: z.number(),
  forms: z.array(BatchForm),
  stoppedAt: instant.exactOptional(),
  /** When its requester was told that all that was asked for is over. */
  toldAt: instant.exactOptional(),
});
export type Batch = z.output<typeof Batch>;

/** Everything kept about one batch, its customers in the order of the list. */
export interface BatchRecord {
  readonly batch: Batch;
  readonly members: readonly Member[];
}
