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

/**
 * The request by which the one customer was removed that may be meant: each word is any part of its name, or the beginning of
 * its domain, as customers are searched for.
 *
 * @returns `undefined` also where more than one may be meant.
 */
export function removedLike(records: readonly RequestRecord[], words: string): RequestRecord | undefined {
  const wanted = fold(words)
    .split(' ')
    .filter((word) => word !== '');
  const newest = new Map(records.toReversed().map((record) => [record.request.customer.id, record]));
  const [only, ...others] = [...newest.values()].filter((record) => {
    const { companyName, domain } = record.request.customer;
    const [name, begins] = [fold(companyName), fold(domain)];
    return hasRemoved(record) && wanted.every((word) => name.includes(word) || begins.startsWith(word));
  });
  return wanted.length > 0 && others.length === 0 ? only : undefined;
}

export const hasRemoved = ({ request: { kind, state } }: RequestRecord): boolean =>
  kind === 'removal' && state === 'done';
