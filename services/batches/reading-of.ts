import { besidesOf } from '../readiness/besides.ts';
import type { Readiness } from '../readiness/readiness.ts';
import { saysGone } from '../readiness/relationship.ts';
import { suspendable } from '../readiness/suspending.ts';
import { isFinal } from '../requests/life.ts';
import { namedIn, stillSuspended } from '../requests/giving-back/giving-back.ts';
import type { RequestRecord } from '../requests/request.ts';
import type { Reading } from './batch.ts';

/** More than this is confirmed customer by customer. */
export const MOST_SUSPENDED = 100;

/** What a customer's readiness comes to in a table of many. */
export function readingOf(
  readiness: Readiness,
  latest: RequestRecord | undefined,
  own: { readonly batch: string; readonly person: string },
): Reading {
  const holder = holderOf(latest, own);
  const suspendedHere = namedIn(stillSuspended(latest)).length;
  const left = suspendedHere > 0 && { suspendedHere };
  if (holder !== undefined) return { at: readiness.readAt, kind: 'open', holder, ...left };
  const besides = besidesOf(readiness.lines);
  return { ...standingOf(readiness), ...left, ...(besides !== undefined && { besides }) };
}

function standingOf(readiness: Readiness): Reading {
  const { verdict, readAt: at, delegatedAdmin } = readiness;
  switch (verdict.kind) {
    case 'clear':
      return { at, kind: 'ready', ...delegatedAdminOf(delegatedAdmin) };
    case 'clear-here': {
      const all = suspendable(readiness).map((offer) => ({
        ...{ holdingId: offer.holdingId, name: offer.name, quantity: offer.quantity, class: offer.class },
        ...(offer.addOns !== undefined && { hasAddOns: true as const }),
      }));
      const isAlone = verdict.cancellations === undefined && all.length > 0 && all.length <= MOST_SUSPENDED;
      return isAlone
        ? { at, kind: 'clear-here', count: verdict.count, suspendable: all }
        : { at, kind: 'approve-first', count: verdict.count };
    }
    case 'elsewhere':
      return { at, kind: 'elsewhere', count: verdict.count };
    case 'not-before':
      return { at, kind: 'wait', until: verdict.date, ...(verdict.orTransfer === true && { orTransfer: true }) };
    case 'cannot-tell':
      return saysGone(readiness) ? { at, kind: 'gone' } : { at, kind: 'unread', sources: [...verdict.sources] };
  }
}

function delegatedAdminOf(read: Readiness['delegatedAdmin']): Pick<Reading, 'delegatedAdmin'> {
  if (read?.kind === 'unread') return { delegatedAdmin: 'unread' };
  return read === undefined || read.live.length === 0 ? {} : { delegatedAdmin: 'live' };
}

/** Whose open request stands in the way: another person's, or one that this person has sent by itself. */
function holderOf(
  latest: RequestRecord | undefined,
  { batch, person }: { readonly batch: string; readonly person: string },
): string | undefined {
  if (latest === undefined || isFinal(latest.request.state) || latest.request.batch?.id === batch) return undefined;
  const { requester, state, sendingSince } = latest.request;
  const isPlainDraft = state === 'draft' && sendingSince === undefined;
  return requester.id === person && isPlainDraft ? undefined : requester.name;
}
