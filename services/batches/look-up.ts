import { fold } from '../customers/fold.ts';
import type { CustomerFinder } from '../customers/find-customers.ts';
import type { CustomerId } from '../ids.ts';
import { PartnerCenterError, type ActAs, type Customer } from '../partner-center/partner-center.ts';
import { hasRemoved, removedAmong } from '../requests/overview/removed-among.ts';
import type { RequestRecord } from '../requests/request.ts';
import type { Fate } from './batch.ts';
import type { ListedLine } from './customer-list.ts';

/** So many customers may be in one batch: more than that is another batch. */
export const MOST_CUSTOMERS = 50;
/** So many are looked through for one that is called exactly so. */
const MOST_FOUND = 25;
/** So many that are called alike are named. */
const MOST_NAMED = 3;

export interface LookUpParts {
  readonly finder: Pick<CustomerFinder, 'find'>;
  /** The newest request for a customer, open or not. */
  readonly ofCustomer: (id: CustomerId) => Promise<RequestRecord | undefined>;
  /** Requests of the person whose list it is. */
  readonly ofPerson: () => Promise<readonly RequestRecord[]>;
  readonly actAs: ActAs;
}

/** A line of a list that is one of our customers. */
export interface Found {
  readonly line: number;
  readonly customer: Customer;
}

/**
 * What becomes of each line of a list: a customer, or else why it is none. A customer is taken only where tenant id, whole
 * domain or whole name say which one: what is merely similar is named, and left alone.
 */
export async function lookUp(
  lines: readonly ListedLine[],
  parts: LookUpParts,
): Promise<{ readonly found: readonly Found[]; readonly fates: readonly Fate[] }> {
  const found = new Map<CustomerId, Found>();
  const fates: Fate[] = [];
  for (const line of lines) {
    const told = await fateOf(line, parts);
    if ('why' in told) {
      fates.push({ line: line.line, text: textOf(line), ...told });
      continue;
    }
    const before = found.get(told.customer.id);
    const named = { line: line.line, text: textOf(line) };
    if (before !== undefined) fates.push({ ...named, why: 'duplicate', of: before.line });
    else if (found.size >= MOST_CUSTOMERS) fates.push({ ...named, why: 'too-many', most: MOST_CUSTOMERS });
    else found.set(told.customer.id, { line: line.line, customer: told.customer });
  }
  return { found: [...found.values()], fates };
}

type Told = { readonly customer: Customer } | Omit<Fate, 'line' | 'text'>;

async function fateOf(line: ListedLine, parts: LookUpParts): Promise<Told> {
  const { tenantId, domain, name, unreadable } = line;
  if (unreadable !== undefined) return { why: 'unreadable' };
  try {
    if (tenantId !== undefined) return await byTenant(tenantId, line, parts);
    const similar: Customer[] = [];
    for (const words of [domain, name]) {
      if (words === undefined) continue;
      const answer = await parts.finder.find(words, MOST_FOUND, parts.actAs);
      if (answer.kind === 'own-tenant' || answer.kind === 'unknown-id') continue;
      const exact = answer.customers.filter((one) => isCalled(one, words));
      const [only, ...others] = exact;
      if (others.length > 0) return { why: 'ambiguous', names: namesOf(exact) };
      if (only !== undefined) return await unlessContradicted(only, line, parts);
      if (answer.kind === 'unread') return { why: 'unread' };
      similar.push(...answer.customers);
    }
    const removed = await removedBefore(line, parts);
    if (removed !== undefined) return removed;
    return similar.length === 0 ? { why: 'unknown' } : { why: 'not-exact', names: namesOf(similar) };
  } catch (error) {
    if (error instanceof PartnerCenterError) return { why: 'unread' };
    throw error;
  }
}

async function byTenant(id: CustomerId, line: ListedLine, parts: LookUpParts): Promise<Told> {
  const answer = await parts.finder.find(id, 1, parts.actAs);
  if (answer.kind === 'own-tenant') return { why: 'own-tenant' };
  const customer = answer.kind === 'unknown-id' ? undefined : answer.customers[0];
  if (customer !== undefined) return unlessContradicted(customer, line, parts);
  return removedBy(await parts.ofCustomer(id)) ?? { why: 'unknown' };
}

/** Names are written in many ways; but a row with the name of another customer was made by a slip. */
async function unlessContradicted(customer: Customer, line: ListedLine, parts: LookUpParts): Promise<Told> {
  if (disagrees(customer, line)) return { why: 'contradicts', names: namesOf([customer]) };
  const { name } = line;
  if (name === undefined || isCalled(customer, name)) return { customer };
  const answer = await parts.finder.find(name, MOST_FOUND, parts.actAs);
  if (answer.kind === 'unread') return { why: 'unread' };
  if (answer.kind === 'own-tenant' || answer.kind === 'unknown-id') return { customer };
  const others = answer.customers.filter((one) => isCalled(one, name));
  return others.length === 0 ? { customer } : { why: 'contradicts', names: namesOf([customer, ...others]) };
}

/** A row whose tenant id and domain are of two customers was made by a slip. */
const disagrees = ({ id, domain }: Customer, line: ListedLine): boolean =>
  (line.tenantId !== undefined && line.tenantId !== id) ||
  (line.domain !== undefined && domain !== '' && looksLikeDomain(line.domain) && fold(line.domain) !== fold(domain));

const looksLikeDomain = (text: string): boolean => text.includes('.') && !text.includes(' ');

const isCalled = ({ companyName, domain }: Customer, words: string): boolean =>
  fold(words) !== '' && (fold(companyName) === fold(words) || fold(domain) === fold(words));

async function removedBefore({ domain, name }: ListedLine, parts: LookUpParts): Promise<Told | undefined> {
  const words = [domain, name].filter((one) => one !== undefined);
  return removedBy(removedAmong(await parts.ofPerson(), words));
}

const removedBy = (record: RequestRecord | undefined): Told | undefined =>
  record && hasRemoved(record) ? { why: 'removed', at: record.request.stateSince } : undefined;

const namesOf = (customers: readonly Customer[]): string[] =>
  [...new Map(customers.map((one) => [one.id, one])).values()]
    .slice(0, MOST_NAMED)
    .map(({ id, domain }) => domain || id);

const textOf = ({ tenantId, domain, name, unreadable }: ListedLine): string =>
  name ?? domain ?? tenantId ?? unreadable ?? '';
