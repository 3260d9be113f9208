import type { HttpClient } from '@azure/core-rest-pipeline';
import { SECOND_MS, type Clock } from '../clock.ts';
import { sameCase, type NewId } from '../ids.ts';
import { createLanes, createPace, machineSleep, type Sleep } from './lanes.ts';
import type {
  CallOptions,
  ChangeAccepted,
  Customer,
  CustomerPage,
  Order,
  OrderLine,
  PartnerCenter,
  Subscription,
  WantedStatus,
} from './partner-center.ts';
import type { CallLog } from './policies.ts';
import type { TokenSource } from './token-source.ts';
import { collector, onePage, parsed } from './paging.ts';
import { createTransport, type Call, type Transport } from './transport.ts';
import type { WirePage } from './wire-answers.ts';
import type { JsonObject } from './wire-values.ts';
import {
  WireAzureEntitlement,
  WireCustomer,
  WireEntitlement,
  WireOrder,
  WireRelationshipRequest,
  WireReseller,
  WireSubscription,
  WireTransfer,
  WireTransferEligibility,
} from './wire.ts';

export interface PartnerCenterClientParts {
  /** Origin of Partner Center; plain http for loopback addresses only. */
  readonly url: string;
  readonly tokens: TokenSource;
  readonly http: HttpClient;
  readonly newId: NewId;
  readonly now: Clock;
  /** Told about every sending: method, path, status, ids and duration. */
  readonly log?: (entry: CallLog) => void;
  /** Parallel calls for one customer (10). */
  readonly lanes?: number;
  /** How much of what may be called in a minute is for this process, from 0 to 1 (all). */
  readonly share?: () => number;
  /** How waits between two sendings are waited (by the machine's clock). */
  readonly sleep?: Sleep;
  /** How long one sending may take, its body included, in ms (30,000). */
  readonly timeoutMs?: number;
}

const CALLS_PER_MINUTE = 400;
const KEPT_FOR_CHANGES = 20;
const KEPT_FOR_DECISIONS = 20;
const MAX_BODY_BYTES = 10_000_000;
const PAGE_SIZE = 500;
/** @see "Transfer entity resources": `transferType` */
const NEW_COMMERCE_TRANSFER = '5';

/** A member of the SDK's enumeration, which the query takes by its name. @see "Retrieve a list of indirect resellers" */
const PROVIDER_OF = 'IsIndirectCloudSolutionProviderOf';

/** Partner Center over HTTP. @see "Partner Center REST API reference" */
export function createPartnerCenterClient(parts: PartnerCenterClientParts): PartnerCenter {
  const { now, sleep = machineSleep, share = () => 1 } = parts;
  const transport = createTransport({
    ...parts,
    service: 'partner-center',
    sleep,
    lanes: createLanes(parts.lanes ?? 10, now),
    pace: createPace({
      ...{ perMinute: CALLS_PER_MINUTE, keptForChanges: KEPT_FOR_CHANGES, keptForDecisions: KEPT_FOR_DECISIONS },
      ...{ share, now, sleep },
    }),
    log: parts.log ?? (() => undefined),
    timeoutMs: parts.timeoutMs ?? 30 * SECOND_MS,
    maxBytes: MAX_BODY_BYTES,
  });
  const all = collector(transport);

  const filtered = async (Field: string, Value: string, options: CallOptions): Promise<readonly Customer[]> => {
    const filter = JSON.stringify({ Field, Value, Operator: 'starts_with' });
    const call = get('find customers', ['customers'], { size: String(PAGE_SIZE), filter });
    return (await all(call, options)).items.flatMap(knownCustomer);
  };

  return {
    async customers({ size, continuation }, options): Promise<CustomerPage> {
      const call = get('list customers', ['customers'], { size: String(size) });
      const { items, continuation: next, answer } = await onePage(transport, call, options, continuation);
      if (next !== undefined && next === continuation) throw answer.malformed();
      return { customers: items.flatMap(knownCustomer), ...(next !== undefined && { continuation: next }) };
    },
    customersStartingWith: (field, value, options) => filtered(field, value, options),
    customersOfReseller: (resellerId, options) => filtered('IndirectReseller', resellerId, options),
    async customer(id, options) {
      const answer = await transport(get('get customer', ['customers', id]), options);
      const customer = parsed(WireCustomer, answer.json, answer);
      if (customer.id !== sameCase(id)) throw answer.malformed();
      return customer;
    },
    subscriptions: (id, options) =>
      all.parsed(WireSubscription, get('list subscriptions', ['customers', id, 'subscriptions']), options),
    async subscription(id, subscriptionId, options) {
      const call = get('get subscription', ['customers', id, 'subscriptions', subscriptionId]);
      const answer = await transport(call, options);
      const subscription = parsed(WireSubscription, answer.json, answer);
      if (subscription.id !== sameCase(subscriptionId)) throw answer.malformed();
      return subscription;
    },
    changeSubscriptionStatus: (id, subscription, status, options) =>
      change(transport, updateOf(STATUS_OPERATIONS[status], id, subscription, { status }), options),
    turnOffAutoRenew: (id, subscription, options) =>
      change(transport, updateOf('turn off auto-renew', id, subscription, { autoRenewEnabled: false }), options),
    entitlements: (id, options) =>
      all.parsed(
        WireEntitlement,
        get('list entitlements', ['customers', id, 'entitlements'], { showExpiry: 'true' }),
        options,
      ),
    azureEntitlements: (id, planId, options) =>
      all.parsed(
        WireAzureEntitlement,
        get('list Azure entitlements', ['customers', id, 'subscriptions', planId, 'azureEntitlements']),
        options,
      ),
    orders: (id, options) => all.parsed(WireOrder, get('list orders', ['customers', id, 'orders']), options),
    async order(id, orderId, options) {
      const answer = await transport(get('get order', ['customers', id, 'orders', orderId]), options);
      const order = parsed(WireOrder, answer.json, answer);
      if (!names(order, orderId)) throw answer.malformed();
      return order;
    },
    cancelOrderLine: (id, order, line, options) => change(transport, cancellationOf(id, order, line), options),
    async transfers(id, options) {
      const call = get('list transfers', ['customers', id, 'transfers']);
      const alone = (json: unknown): WirePage | undefined =>
        WireTransfer.safeParse(json).success ? { items: [json], continuation: undefined } : undefined;
      return all.parsed(WireTransfer, call, options, alone);
    },
    transferEligibility: (id, options) =>
      all.parsed(
        WireTransferEligibility,
        get('get transfer eligibility', ['customers', id, 'transferseligibility'], {
          transferType: NEW_COMMERCE_TRANSFER,
        }),
        options,
      ),
    resellers: (id, options) =>
      all.parsed(WireReseller, get('list resellers', ['customers', id, 'relationships']), options),
    indirectResellers: (options) =>
      all.parsed(
        WireReseller,
        get('list indirect resellers', ['relationships'], { relationship_type: PROVIDER_OF }),
        options,
      ),
    async relationshipRequestUrl(options) {
      const answer = await transport(get('get relationship request', ['customers', 'relationshiprequests']), options);
      return parsed(WireRelationshipRequest, answer.json, answer);
    },
    removeRelationship: (id, options) =>
      change(
        transport,
        {
          operation: 'remove relationship',
          method: 'PATCH',
          path: ['customers', id],
          body: { relationshipToPartner: 'none', attributes: { objectType: 'Customer' } },
        },
        options,
      ),
  };
}

const get = (operation: string, path: readonly string[], query?: Readonly<Record<string, string>>): Call => ({
  operation,
  method: 'GET',
  path,
  ...(query && { query }),
});

/** A customer without an id can be neither shown nor removed; one of them must not hide all others. */
const knownCustomer = (item: unknown) => {
  const customer = WireCustomer.safeParse(item).data;
  return customer === undefined ? [] : [customer];
};

/** What the answer to a change says beyond yes is not looked at: thin, PascalCase and empty bodies all occur. */
async function change(
  transport: Transport,
  call: Call,
  options: CallOptions & { readonly requestId: string },
): Promise<ChangeAccepted> {
  const { status, ids } = await transport(call, options);
  return { status, ...ids };
}

const STATUS_OPERATIONS: Readonly<Record<WantedStatus, string>> = {
  suspended: 'suspend subscription',
  active: 'reactivate subscription',
  deleted: 'cancel subscription',
};

/** The whole resource goes back: a thin body would reset auto-renew and scheduled changes. */
function updateOf(operation: string, id: string, subscription: Subscription, changed: JsonObject): Call {
  const { etag, body } = subscription;
  return {
    operation,
    method: 'PATCH',
    path: ['customers', id, 'subscriptions', subscription.id],
    body: withChanged(body, changed),
    ...(etag !== undefined && { headers: { 'If-Match': `"${etag}"` } }),
  };
}

/** Keys come in either case: what is there is replaced where it stands. */
function withChanged(body: JsonObject, changed: JsonObject): JsonObject {
  const wanted = new Map(Object.entries(changed).map(([key, value]) => [key.toLowerCase(), { key, value }]));
  const kept = Object.entries(body).map(([key, value]) => {
    const replaced = wanted.get(key.toLowerCase());
    wanted.delete(key.toLowerCase());
    return [key, replaced === undefined ? value : replaced.value] as const;
  });
  return Object.fromEntries([...kept, ...[...wanted.values()].map(({ key, value }) => [key, value] as const)]);
}

/** An order can be asked for by its long id and by its short one. */
const names = ({ id, alternateId }: Order, orderId: string): boolean =>
  [id, alternateId].some((own) => own?.toLowerCase() === orderId.toLowerCase());

const cancellationOf = (customerId: string, { id }: Order, { lineItemNumber, offerId }: OrderLine): Call => ({
  operation: 'cancel order line',
  method: 'PATCH',
  path: ['customers', customerId, 'orders', id],
  body: { id, status: 'cancelled', lineItems: [{ lineItemNumber, offerId }] },
});
