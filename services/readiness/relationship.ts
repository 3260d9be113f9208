import { customerPages } from '../customers/customer-pages.ts';
import type { CustomerId } from '../ids.ts';
import type { Meaning } from '../partner-center/known-codes.ts';
import {
  PartnerCenterError,
  type CallOptions,
  type Customer,
  type PartnerCenter,
} from '../partner-center/partner-center.ts';
import type { Readiness } from './readiness.ts';

/** Whether the relationship with a customer has ended, as far as can be read. */
export type RelationshipSeen =
  | { readonly kind: 'gone' }
  | { readonly kind: 'still-there' }
  /** What is answered does not agree: neither that it is gone nor that it is still ours can be said of it. */
  | { readonly kind: 'unclear' }
  | { readonly kind: 'unreadable'; readonly error: PartnerCenterError };

export interface CustomerToLookFor {
  readonly id: CustomerId;
  readonly companyName: string;
  readonly domain: string;
}

/**
 * Looks whether a customer is still ours. Only two answers together mean that it is gone: the list, asked by
 * name and by domain, no longer names it as a reseller's customer, and the customer itself is answered with
 * "no relationship". The answer to the removal call proves nothing, and the list may be stale for minutes:
 * look again until it agrees. Still ours is only what is answered as such itself: a list alone may be one from
 * before, and a customer that is answered with the relationship `none` is neither.
 *
 * @see "Get a list of customers filtered by a search field", "Get a customer by ID"
 */
export async function isGone(
  partnerCenter: PartnerCenter,
  customer: CustomerToLookFor,
  options: Pick<CallOptions, 'actAs' | 'signal'>,
): Promise<RelationshipSeen> {
  const [itself, ...lists] = await Promise.all([
    seen(() => answered(partnerCenter, customer, options)),
    ...listed(partnerCenter, customer, options).map((list) =>
      seen(async () => (has(await list, customer) ? 'still-there' : 'gone')),
    ),
  ]);
  if (itself.kind === 'still-there') return itself;
  const unreadable = [itself, ...lists].find(({ kind }) => kind === 'unreadable');
  if (unreadable !== undefined) return unreadable;
  return lists.every(({ kind }) => kind === 'gone') ? itself : { kind: 'unclear' };
}

/** The lists the customer would be in. Without a name and a domain there is only the whole list. */
function listed(
  partnerCenter: PartnerCenter,
  { companyName, domain }: CustomerToLookFor,
  options: CallOptions,
): readonly Promise<readonly Customer[]>[] {
  const lists = [
    ...(companyName === '' ? [] : [partnerCenter.customersStartingWith('CompanyName', companyName, options)]),
    ...(domain === '' ? [] : [partnerCenter.customersStartingWith('Domain', domain, options)]),
  ];
  return lists.length > 0 ? lists : [everyCustomer(partnerCenter, options)];
}

async function everyCustomer(partnerCenter: PartnerCenter, options: CallOptions): Promise<readonly Customer[]> {
  const customers: Customer[] = [];
  for await (const page of customerPages(partnerCenter, 500, options)) customers.push(...page);
  return customers;
}

const has = (customers: readonly Customer[], { id }: CustomerToLookFor): boolean =>
  customers.some((one) => one.id === id && one.relationshipToPartner.toLowerCase() === 'reseller');

/** Gone only where the answer names the missing relationship. */
async function answered(
  partnerCenter: PartnerCenter,
  { id }: CustomerToLookFor,
  options: CallOptions,
): Promise<'gone' | 'still-there' | 'unclear'> {
  try {
    const { relationshipToPartner } = await partnerCenter.customer(id, options);
    return relationshipToPartner.toLowerCase() === 'none' ? 'unclear' : 'still-there';
  } catch (error) {
    if (error instanceof PartnerCenterError && error.saysNoRelationship) return 'gone';
    throw error;
  }
}

async function seen(look: () => Promise<'gone' | 'still-there' | 'unclear'>): Promise<RelationshipSeen> {
  try {
    return { kind: await look() };
  } catch (error) {
    if (error instanceof PartnerCenterError) return { kind: 'unreadable', error };
    throw error;
  }
}

/** Of the customer itself; what is said of several things, the missing relationship among them, is looked into too. */
const SAY_GONE: ReadonlySet<Meaning> = new Set<Meaning>([
  ...(['no-relationship', 'no-such-customer', 'not-as-things-stand'] as const),
]);

/** Whether the customer itself was answered with *no relationship* when it was read. */
export const saysGone = ({ lines }: Pick<Readiness, 'lines'>): boolean =>
  lines.some(
    (line) =>
      line.kind === 'unread' &&
      line.source === 'customer' &&
      (line.fault === 'not-found' || (line.meaning !== undefined && SAY_GONE.has(line.meaning))),
  );

/**
 * Whether the customer is said to be none of ours, and nothing contradicts it: where its subscriptions were answered all
 * the same, nobody can tell.
 */
export const isNoLongerOurs = (readiness: Pick<Readiness, 'lines'>): boolean =>
  saysGone(readiness) && readiness.lines.some((line) => line.kind === 'unread' && line.source === 'subscriptions');
