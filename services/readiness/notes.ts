import type { Order, Subscription, Transfer } from '../partner-center/partner-center.ts';
import { classifySubscription } from './classify.ts';
import { hasEnded } from './delegated-admin.ts';
import { whyUnread, type Holdings, type NoteSourceName, type Source } from './holdings.ts';
import type { Line } from './readiness.ts';
import { isOver } from './subscription-lines.ts';

/** States in which nothing more happens. Every other one, known or not, is worth knowing of before a removal. */
const SETTLED_ORDERS = ['completed', 'cancelled', 'canceled', 'suspended', 'error', 'partialsuccess'];
const SETTLED_TRANSFERS = [
  ...['complete', 'completed', 'reject', 'rejected', 'cancel', 'cancelled', 'canceled', 'expired', 'failed'],
];

/** States come with blanks, underscores or neither, depending on the page. */
const plain = (status: string): string => status.toLowerCase().replace(/[\s_-]/g, '');

/** Orders that may become subscriptions after this reading, a rejected purchase order among them: it can be handed in again. @see "Order resources" */
export const pendingOrders = (orders: readonly Order[]): readonly Line[] =>
  orders
    .filter(({ status }) => !SETTLED_ORDERS.includes(plain(status)))
    .map(({ id, status }) => ({ group: 'to-know', kind: 'pending-order', holdingId: id, status }));

/** Transfers that somebody still has to accept. @see "Transfer entity resources" */
export const openTransfers = (transfers: readonly Transfer[]): readonly Line[] =>
  transfers
    .filter(({ status }) => !SETTLED_TRANSFERS.includes(plain(status)))
    .map(({ id, status, lineItemCount, items, targetPartnerName }) => ({
      group: 'to-know',
      kind: 'transfer',
      holdingId: id,
      status,
      count: lineItemCount,
      ...(items.length > 0 && { items }),
      ...(targetPartnerName !== undefined && { to: targetPartnerName }),
    }));

/** What stays behind after a removal, or concerns somebody else: GDAP, resellers, Azure roles. None of it stands in the way. */
export const sideNotes = (
  { delegatedAdmin, resellers, transferEligibility }: Holdings,
  subscriptions: readonly Subscription[],
): readonly Line[] => [
  ...note('resellers', resellers, (list) => list.map(({ name }) => name)),
  ...note('delegated-admin', delegatedAdmin, (list) =>
    list.filter((one) => !hasEnded(one)).map(({ displayName }) => displayName),
  ),
  ...unreadNote('transfer-eligibility', transferEligibility),
  ...(subscriptions.some((one) => !isOver(one) && isAzure(one))
    ? [{ group: 'to-know', kind: 'azure-roles' } as const]
    : []),
];

const isAzure = (subscription: Subscription): boolean =>
  ['azure-plan', 'legacy-azure'].includes(classifySubscription(subscription));

function unreadNote(source: NoteSourceName, answer: Source<unknown> | undefined): readonly Line[] {
  if (answer?.kind !== 'unread') return [];
  return [{ group: 'to-know', kind: 'unread-note', source, ...whyUnread(answer) }];
}

function note<T>(
  source: Exclude<NoteSourceName, 'transfer-eligibility'>,
  answer: Source<T> | undefined,
  namesOf: (value: T) => readonly string[],
): readonly Line[] {
  if (answer?.kind !== 'read') return unreadNote(source, answer);
  const names = [...namesOf(answer.value)].sort();
  return names.length === 0 ? [] : [{ group: 'to-know', kind: source, names }];
}
