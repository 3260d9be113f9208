import type { CustomerPickerView } from '../cards/customer-picker-card.ts';
import type { Directory } from '../services/customers/directory.ts';
import type { FoundResellers, ResellerCustomers } from '../services/customers/resellers.ts';
import { searchIndex } from '../services/customers/search.ts';
import { PartnerCenterError, type Customer } from '../services/partner-center/partner-center.ts';

/** Customers on one card. */
export const PAGE_SIZE = 8;

type Part = Pick<CustomerPickerView, 'customers' | 'found' | 'hasMore'>;

/** A page of a list; one behind the end is the last one. */
function pageOf(total: number, page: number, cut: (from: number) => readonly Customer[]): Part {
  const last = Math.max(0, Math.ceil(total / PAGE_SIZE) - 1);
  const shown = Math.min(page, last);
  const from = shown * PAGE_SIZE;
  return { customers: cut(from), found: { kind: 'page', page: shown, from, total }, hasMore: shown < last };
}

/** A page of everybody. */
export const pageOfAll = (directory: Directory, page: number): CustomerPickerView => ({
  ...pageOf(directory.state().known, page, (from) => directory.page(from, PAGE_SIZE)),
  directory: directoryStateOf(directory),
});

/** A page of a reseller's customers, or those of them who match. */
export function ofReseller(
  { reseller, customers }: Extract<ResellerCustomers, { readonly kind: 'read' }>,
  { words, page }: { readonly words: string; readonly page: number },
): CustomerPickerView {
  const rest = { reseller, directory: { kind: 'ready' } } as const;
  if (words === '') {
    const cut = (from: number) => customers.slice(from, from + PAGE_SIZE).map(({ customer }) => customer);
    return { ...pageOf(customers.length, page, cut), ...rest };
  }
  const { matches, more } = searchIndex(customers, words, PAGE_SIZE);
  return { customers: matches, found: { kind: 'search', words, more }, hasMore: false, ...rest };
}

export const resellersOf = (found: FoundResellers): NonNullable<CustomerPickerView['resellers']> =>
  found.kind === 'read' ? found : { kind: 'unread', ...(found.error && { unread: found.error }) };

export function directoryStateOf(directory: Pick<Directory, 'state'>): CustomerPickerView['directory'] {
  const state = directory.state();
  switch (state.kind) {
    case 'ready':
      return { kind: 'ready' };
    case 'loading':
      return { kind: 'loading', known: state.known };
    case 'failed':
      return { kind: 'failed', ...(state.error instanceof PartnerCenterError && { unread: state.error }) };
  }
}
