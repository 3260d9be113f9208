import { fold } from '../../customers/fold.ts';
import type { RequestRecord } from '../request.ts';

/** So many requests of a person are looked through for a customer that is no longer found. */
export const LOOKED_THROUGH = 200;

/**
 * The request by which a customer was removed that is called exactly so: a whole name, a whole domain, or a tenant id.
 *
 * @param records newest first: where the newest one for the customer has not removed it, nothing did.
 */
export function removedAmong(records: readonly RequestRecord[], words: readonly string[]): RequestRecord | undefined {
  const wanted = words.map(fold).filter((one) => one !== '');
  const newest = records.find(({ request: { customer } }) =>
    wanted.some((one) => [customer.domain, customer.companyName, customer.id].some((name) => fold(name) === one)),
  );
  return newest !== undefined && hasRemoved(newest) ? newest : undefined;
}

export const hasRemoved = ({ request: { kind, state } }: RequestRecord): boolean =>
  kind === 'removal' && state === 'done';
