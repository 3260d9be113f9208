import type { Customer, PartnerCenterError, Reseller } from '../services/partner-center/partner-center.ts';
import { execute, type ExecuteAction, type PickFor } from './actions.ts';
import type { AdaptiveCard, Element } from './adaptive-card.ts';
import { customerLines, problemBox } from './customer-parts.ts';
import { box, buttons, card, headedRow, heading, sentence } from './elements.ts';
import type { Texts } from './texts/texts.ts';

/** Why Partner Center could not be read. */
type Unread = Pick<PartnerCenterError, 'fault' | 'meaning' | 'ids'>;

export interface CustomerPickerView {
  /** What the customer is chosen for, where it is not a removal. */
  readonly then?: PickFor;
  /** A page of everybody, or what was found. */
  readonly customers: readonly Customer[];
  readonly found:
    | { readonly kind: 'page'; readonly page: number; readonly from: number; readonly total: number }
    /** Foreign text; `more`: there are more than are shown; `unread`: whether there are others is not known. */
    | { readonly kind: 'search'; readonly words: string; readonly more: boolean; readonly unread?: Unread };
  readonly hasMore: boolean;
  /** Only customers of this reseller are shown. */
  readonly reseller?: Reseller;
  /** Resellers that are meant by the words too; `more`: there are more than are shown. */
  readonly resellers?:
    | { readonly kind: 'read'; readonly resellers: readonly Reseller[]; readonly more: boolean }
    | { readonly kind: 'unread'; readonly unread?: Unread };
  /** Whether the list of customers is complete, and how many are known if not. */
  readonly directory:
    | { readonly kind: 'ready' }
    | { readonly kind: 'loading'; readonly known: number }
    | { readonly kind: 'failed'; readonly unread?: Unread };
  readonly problem?: string;
}

/** The name under which Teams asks for customers while somebody types. */
export const CUSTOMER_DATASET = 'customers';

/** Finds a customer while somebody types, by words, or by going through the list. */
export function customerPickerCard(view: CustomerPickerView, texts: Texts): AdaptiveCard {
  return card(texts, texts.say('pick.summary'), [
    problemBox(view.problem),
    ...nobodyFound(view, texts),
    heading(texts.say(TITLES[view.then ?? 'removal'])),
    ...(hasNobody(view) ? [] : typeAhead(view, texts)),
    // Searching while somebody types is weak on phones: words always work.
    {
      type: 'Input.Text',
      id: 'search',
      label: texts.say(view.reseller === undefined ? 'pick.search' : 'pick.reseller-search'),
      maxLength: 100,
    },
    ...buttons(execute('customer.search', texts.say('button.search'), listData(view), { inputs: true })),
    ...directoryState(view, texts),
    ...(view.reseller === undefined
      ? resellerRows(view, texts)
      : [sentence(resellerLine(view.reseller, texts), { spacing: 'medium' })]),
    ...resultTitle(view, texts).map((title) => sentence(title, { weight: 'bolder', spacing: 'medium' })),
    ...unreadSearch(view, texts),
    ...view.customers.map((customer) => customerRow(customer, view, texts)),
    ...pageButtons(view, texts),
  ]);
}

/** Whether it is known that no customer of anybody's is meant by the words. */
const isNobody = (view: CustomerPickerView): boolean =>
  view.customers.length === 0 && view.found.kind === 'search' && isKnown(view) && view.reseller === undefined;

/** First of all: whoever did not mean a customer is led to what can be written. */
function nobodyFound(view: CustomerPickerView, texts: Texts): readonly Element[] {
  if (view.found.kind !== 'search' || !isNobody(view)) return [];
  return [
    box(
      'attention',
      sentence(texts.say('pick.none', { words: view.found.words }), { weight: 'bolder' }),
      sentence(texts.say('pick.none-gone'), { spacing: 'small' }),
    ),
    ...buttons(execute('help.show', texts.say('help.words'), {})),
  ];
}

/** Its *Choose* is no primary action: there is nothing to choose before somebody has typed. */
const typeAhead = (view: CustomerPickerView, texts: Texts): readonly Element[] => [
  {
    type: 'Input.ChoiceSet',
    id: 'customer',
    label: texts.say('pick.type'),
    style: 'filtered',
    placeholder: texts.say('pick.placeholder'),
    // Words alone choose nobody: the client sends nothing then, and says this.
    errorMessage: texts.say('pick.nothing-chosen'),
    choices: [],
    'choices.data': { type: 'Data.Query', dataset: CUSTOMER_DATASET },
  },
  ...buttons(execute('customer.choose', texts.say('button.choose'), pickerData(view), { inputs: true })),
];

/** Whether the list is known to be empty: nothing that is typed would find anybody. */
const hasNobody = (view: CustomerPickerView): boolean =>
  view.found.kind === 'page' &&
  view.found.total === 0 &&
  view.directory.kind === 'ready' &&
  view.reseller === undefined;

const TITLES = {
  removal: 'pick.title',
  'watch.start': 'pick.title-watch',
  'dry-run.show': 'pick.title-dry-run',
} as const;

const pickerData = ({ then }: CustomerPickerView): { readonly then?: PickFor } => (then === undefined ? {} : { then });

/** What leads to another part of the list that is shown. */
const listData = (view: CustomerPickerView): { readonly then?: PickFor; readonly reseller?: string } => ({
  ...pickerData(view),
  ...(view.reseller && { reseller: view.reseller.id }),
});

function customerRow(customer: Customer, view: CustomerPickerView, texts: Texts): Element {
  const lines = customerLines(customer, texts);
  const data = { ...pickerData(view), customerId: customer.id };
  return headedRow(lines.slice(0, -1), lines.slice(-1), [execute('customer.choose', texts.say('button.choose'), data)]);
}

/** The resellers that the words mean, each a way to its customers. */
function resellerRows(view: CustomerPickerView, texts: Texts): readonly Element[] {
  const { resellers } = view;
  if (resellers === undefined) return [];
  if (resellers.kind === 'unread')
    return [
      sentence(texts.say('pick.resellers-unread'), { tone: 'warning' }),
      ...(resellers.unread ? whyUnread(resellers.unread, texts) : []),
    ];
  return [
    ...resellers.resellers.map((reseller) =>
      headedRow(
        [],
        [sentence(resellerLine(reseller, texts))],
        [execute('customer.page', texts.say('button.choose'), { ...pickerData(view), reseller: reseller.id, page: 0 })],
      ),
    ),
    ...(resellers.more ? [sentence(texts.say('pick.resellers-more'), { isSubtle: true })] : []),
  ];
}

const resellerLine = ({ name, partnerId }: Reseller, texts: Texts): string =>
  partnerId === undefined
    ? texts.say('pick.reseller-unnumbered', { name })
    : texts.say('pick.reseller', { name, partnerId });

/** Whether whoever is not shown is known not to be there. */
const isKnown = ({ found, directory, reseller }: CustomerPickerView): boolean =>
  (directory.kind === 'ready' || reseller !== undefined) && (found.kind === 'page' || found.unread === undefined);

/** None where there is nobody to show, and not known whether there is anybody. */
function resultTitle(view: CustomerPickerView, texts: Texts): readonly string[] {
  const { found, customers } = view;
  if (found.kind === 'page') {
    const { from, total } = found;
    if (total > 0) return [texts.say('pick.list', { from: from + 1, to: from + customers.length, total })];
    return isKnown(view) ? [texts.say('pick.empty')] : [];
  }
  const { words, more, unread } = found;
  if (customers.length > 0)
    return [texts.say(more ? 'pick.results-many' : 'pick.results', { count: customers.length, words })];
  if (unread !== undefined) return [texts.say('pick.unread', { words })];
  return isNobody(view) ? [] : [texts.say(isKnown(view) ? 'pick.none' : 'pick.none-yet', { words })];
}

function unreadSearch({ found, customers }: CustomerPickerView, texts: Texts): readonly Element[] {
  if (found.kind === 'page' || found.unread === undefined) return [];
  return [
    ...(customers.length > 0 ? [sentence(texts.say('pick.unread-others'), { tone: 'warning' })] : []),
    ...whyUnread(found.unread, texts),
  ];
}

/** What went wrong in plain words, and the id to quote. */
const whyUnread = ({ fault, meaning, ids }: Unread, texts: Texts): readonly Element[] =>
  [
    texts.say(meaning === undefined ? `fault.${fault}` : `code.${meaning}`),
    texts.say('fault.reference', { id: ids.correlationId }),
  ].map((line) => sentence(line, { size: 'small', isSubtle: true, spacing: 'none' }));

function directoryState({ directory, found, reseller }: CustomerPickerView, texts: Texts): readonly Element[] {
  // A reseller's customers are read by themselves.
  if (reseller !== undefined) return [];
  switch (directory.kind) {
    case 'ready':
      return [];
    case 'loading':
      return [sentence(texts.say('pick.loading', { known: directory.known }), { isSubtle: true })];
    case 'failed':
      return [
        sentence(texts.say('pick.failed'), { tone: 'warning' }),
        // A search that failed as well says it itself.
        ...(directory.unread === undefined || (found.kind === 'search' && found.unread !== undefined)
          ? []
          : whyUnread(directory.unread, texts)),
      ];
  }
}

function pageButtons(view: CustomerPickerView, texts: Texts): readonly Element[] {
  const { found, hasMore, reseller } = view;
  const data = listData(view);
  const page = (title: 'button.back' | 'button.more', to: number): ExecuteAction =>
    execute('customer.page', texts.say(title), { ...data, page: to });
  if (found.kind === 'search') return buttons(page('button.back', 0));
  const everybody = execute('customer.page', texts.say('button.back'), { ...pickerData(view), page: 0 });
  const back = found.page > 0 ? page('button.back', found.page - 1) : reseller && everybody;
  return buttons(back, hasMore ? page('button.more', found.page + 1) : undefined);
}
