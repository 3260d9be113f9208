import { classifySubscription } from './classify.ts';
import { delegatedAdminOf } from './delegated-admin.ts';
import { digestOf } from './digest.ts';
import { entitlementContext, judgeEntitlement } from './entitlement-lines.ts';
import { factsOf, valueOf } from './facts.ts';
import { whyUnread, type Holdings, type Source, type SourceName } from './holdings.ts';
import { ordersById } from './orders.ts';
import { openTransfers, pendingOrders, sideNotes } from './notes.ts';
import type { Line, Readiness, ReadinessPolicy } from './readiness.ts';
import { familyOf, isOver, judgeSubscription } from './subscription-lines.ts';
import { sortLines, sortOffers, verdictOf } from './verdict.ts';

/**
 * Whether the relationship with a customer can be ended, and what stands in the way. Pure: everything that
 * was read comes in, the moment too. What is unknown blocks, and so does every source that could not be
 * read; `clear` is said only after a complete reading.
 *
 * @see "Remove a reseller relationship with a customer"
 */
export function assessRemoval(holdings: Holdings, policy: ReadinessPolicy, now: Date): Readiness {
  const subscriptions = valueOf(holdings.subscriptions) ?? [];
  const orders = valueOf(holdings.orders) ?? [];
  const { azureEntitlements } = holdings;
  const notTransferable = notTransferableOf(holdings);
  const byId = ordersById(orders);
  const purchases = entitlementContext({ now, policy, subscriptions, orders: byId });
  const family = familyOf(subscriptions);
  const findings = [
    ...subscriptions.map((one) =>
      judgeSubscription(one, { policy, now, family, azureEntitlements, notTransferable, orders: byId }),
    ),
    ...(valueOf(holdings.entitlements) ?? []).map((one) => judgeEntitlement(one, purchases)),
  ].filter((finding) => finding !== undefined);

  const lines = sortLines([
    ...relationshipLines(holdings),
    ...unreadLines(holdings),
    ...findings.flatMap(({ line }) => line ?? []),
    ...pendingOrders(orders),
    ...openTransfers(valueOf(holdings.transfers) ?? []),
    ...sideNotes(holdings, subscriptions),
  ]);
  const facts = factsOf(holdings, findings);
  const customer = valueOf(holdings.customer);
  return {
    customerId: holdings.customerId,
    readAt: holdings.readAt,
    ...(customer && { customer }),
    verdict: verdictOf(lines),
    lines,
    offers: sortOffers(findings.flatMap(({ offers }) => offers)),
    facts,
    digest: digestOf(facts),
    ...delegatedAdminOf(holdings),
  };
}

/** What the service says cannot be transferred; what was not asked, or could not be read, is left as it is. */
function notTransferableOf({ transferEligibility }: Holdings): ReadonlyMap<string, string> {
  const answers = transferEligibility?.kind === 'read' ? transferEligibility.value : [];
  return new Map(
    answers.filter(({ isEligible }) => !isEligible).map(({ subscriptionId, reason = '' }) => [subscriptionId, reason]),
  );
}

function relationshipLines({ customer }: Holdings): readonly Line[] {
  if (customer.kind === 'unread') return [];
  const { relationshipToPartner: relationship } = customer.value;
  return relationship.toLowerCase() === 'reseller' ? [] : [{ group: 'blocks', kind: 'not-a-reseller', relationship }];
}

/** One line for each source that could not be read, whatever the reason. */
function unreadLines(holdings: Holdings): readonly Line[] {
  const sources: readonly (readonly [SourceName, Source<unknown> | undefined])[] = [
    ['customer', holdings.customer],
    ['subscriptions', holdings.subscriptions],
    ['entitlements', holdings.entitlements],
    ['azure-entitlements', unreadAzure(holdings)],
    ['orders', holdings.orders],
    ['transfers', holdings.transfers],
  ];
  return sources.flatMap(([source, answer]) =>
    answer?.kind === 'unread' ? [{ group: 'blocks', kind: 'unread', source, ...whyUnread(answer) }] : [],
  );
}

/** An Azure plan whose Azure subscriptions nobody asked for is unread as well. */
const NOT_ASKED: Source<never> = { kind: 'unread', fault: 'unavailable', ids: { requestId: '', correlationId: '' } };

function unreadAzure({ subscriptions, azureEntitlements }: Holdings): Source<unknown> | undefined {
  const unread = [...azureEntitlements.values()].find(({ kind }) => kind === 'unread');
  const plans = plansToRead(valueOf(subscriptions) ?? []);
  return unread ?? (plans.some((id) => !azureEntitlements.has(id)) ? NOT_ASKED : undefined);
}

/** Whether anything is active that could move to another partner, so that it is worth asking. */
export const hasTransferable = (subscriptions: readonly Parameters<typeof classifySubscription>[0][]): boolean =>
  subscriptions.some((one) => one.status === 'active' && classifySubscription(one) === 'new-commerce-licence');

/** Ids of the Azure plans that still count; what is under them has to be read too. */
export const plansToRead = (subscriptions: readonly Parameters<typeof classifySubscription>[0][]): readonly string[] =>
  subscriptions.filter((one) => !isOver(one) && classifySubscription(one) === 'azure-plan').map(({ id }) => id);
