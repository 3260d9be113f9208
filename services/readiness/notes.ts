import type { Order, Transfer } from '../partner-center/partner-center.ts';
import type { Line } from './readiness.ts';

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
    .map(({ id, status, lineItemCount }) => ({
      group: 'to-know',
      kind: 'transfer',
      holdingId: id,
      status,
      count: lineItemCount,
    }));
