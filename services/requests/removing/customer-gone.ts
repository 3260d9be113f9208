import { asPerson, type PartnerCenter } from '../../partner-center/partner-center.ts';
import type { Readiness } from '../../readiness/readiness.ts';
import { isGone } from '../../readiness/relationship.ts';
import type { Change } from '../change.ts';
import { voidRequest } from './executing.ts';
import { cardsOfDraft, moveTo, without } from '../moves.ts';
import type { RemovalRequest, RequestRecord } from '../request.ts';

/** Whether a reading has found nothing of a customer, because the relationship with them has ended. */
export const isCustomerGone = async (
  { customer }: Readiness,
  { customer: wanted, requester }: Pick<RemovalRequest, 'customer' | 'requester'>,
  partnerCenter: PartnerCenter,
): Promise<boolean> =>
  customer === undefined && (await isGone(partnerCenter, wanted, { actAs: asPerson(requester.id) })).kind === 'gone';

/** Somebody else has ended the relationship: there is nothing left to ask for. A draft is dropped by it. */
export function customerGone(record: RequestRecord, now: Date): Change {
  const { request } = record;
  if (request.state !== 'draft') return voidRequest(record, now, 'gone');
  const dropped = without(moveTo(request, 'abandoned', now), 'sendingSince', 'plannedFor', 'notSent', 'waitingFor');
  return {
    request: { ...dropped, voided: { why: 'gone', drift: [] } },
    audit: [{ action: 'request.abandoned', actor: 'bot', target: request.customer.id, detail: { why: 'gone' } }],
    outbox: cardsOfDraft(record).map((card) => ({ ...card, mode: 'new', headline: 'gone' })),
    work: { run: null, clock: null, look: null },
  };
}
