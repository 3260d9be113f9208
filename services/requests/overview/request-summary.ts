import type { Instant } from '../../clock.ts';
import type { CustomerId, RequestId } from '../../ids.ts';
import type { PersonRef } from '../../people/person.ts';
import type { StateName } from '../life.ts';
import type { RequestRecord } from '../request.ts';
import { waitOf, type Wait } from './wait.ts';

/** What a list of requests shows of one. */
export interface RequestSummary {
  readonly id: RequestId;
  readonly kind: 'removal' | 'cancellation';
  readonly state: StateName;
  readonly stateSince: Instant;
  readonly openedAt: Instant;
  /** `companyName` is foreign text. */
  readonly customer: { readonly id: CustomerId; readonly companyName: string; readonly domain: string };
  readonly requester: PersonRef;
  /** Missing once nothing more can happen to it. */
  readonly wait?: Wait;
}

export function summaryOf(record: RequestRecord): RequestSummary {
  const { id, kind, state, stateSince, openedAt, customer, requester } = record.request;
  const wait = waitOf(record);
  return { id, kind, state, stateSince, openedAt, customer, requester, ...(wait && { wait }) };
}

/** Where a request stands in a list, the newest first: by when it was opened, and by its id where that was at the same moment. */
export const placeOf = ({ openedAt, id }: Pick<RequestSummary, 'openedAt' | 'id'>): string => `${openedAt} ${id}`;

export function newestFirst(a: RequestSummary, b: RequestSummary): number {
  if (a.openedAt !== b.openedAt) return a.openedAt < b.openedAt ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}

/** What of a list is asked for. */
export interface PageWanted {
  readonly isWanted: (summary: RequestSummary) => boolean;
  /** The place after which to go on. */
  readonly after?: string;
  readonly limit: number;
}

/** A part of a list that is sorted already. `next` is given as `after` to go on, and missing at the end. */
export function pageOfRequests(
  sorted: readonly RequestSummary[],
  { isWanted, after, limit }: PageWanted,
): { readonly summaries: readonly RequestSummary[]; readonly next?: string } {
  const from = sorted.filter((one) => (after === undefined || placeOf(one) < after) && isWanted(one));
  const summaries = from.slice(0, limit);
  const last = summaries.at(-1);
  return { summaries, ...(from.length > limit && last !== undefined && { next: placeOf(last) }) };
}
