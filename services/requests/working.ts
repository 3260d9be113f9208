import type { RequestId } from '../ids.ts';
import type { Claim } from '../storage/claim.ts';
import type { Change } from './change.ts';
import type { RequestRecord } from './request.ts';
import type { RequestStore } from './request-store.ts';

/** A request whose work is due is stored. */
export function known(record: RequestRecord | undefined): RequestRecord {
  if (record === undefined) throw new Error('a request whose work is due is stored');
  return record;
}

/** Stores what a rule that refuses nothing makes of a request, in the course of its work. @returns what is stored then. */
export async function changeInWork(
  requests: Pick<RequestStore, 'change'>,
  id: RequestId,
  claim: Claim,
  decide: (record: RequestRecord, now: Date) => Change,
): Promise<RequestRecord> {
  const decided = await requests.change(id, (record, now) => decide(known(record), now), claim);
  if (decided.kind === 'refused') throw new Error('what is done in the course of work is never refused');
  return decided.record;
}
