import type { Customer } from '../services/partner-center/partner-center.ts';
import type { News } from '../services/watching/watch.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, Element } from './adaptive-card.ts';
import { customerLines, plainName } from './customer-parts.ts';
import { transferText } from './holding-lines.ts';
import { box, bullets, buttons, card, heading, sentence, subheading } from './elements.ts';
import { rest } from './request-parts.ts';
import type { Texts } from './texts/texts.ts';
import { unreadTexts } from './unread-sources.ts';

export interface WatchView {
  readonly customer: Pick<Customer, 'id' | 'companyName' | 'domain'>;
  readonly news: News;
  readonly nonce: string;
}

/** So many names of one list are shown, and of all lists together no more than fit into a message. */
const SHOWN_NAMES = 8;
const SHOWN_IN_ALL = 24;

/** What has changed for a customer that somebody watches. */
export function watchCard({ customer, news, nonce }: WatchView, texts: Texts): AdaptiveCard {
  const data = { customerId: customer.id, nonce };
  const lists = listsOf(news, texts);
  const most = Math.min(SHOWN_NAMES, Math.floor(SHOWN_IN_ALL / lists.length));
  return card(texts, watchSummary({ customer, news }, texts), [
    heading(texts.say('watch.title')),
    ...customerLines(customer, texts),
    ...(news.gone === undefined ? [] : [goneBox(news.gone, texts)]),
    ...(news.isClear ? [box('good', sentence(texts.say('readiness.verdict-clear'), { weight: 'bolder' }))] : []),
    ...(news.isClearSoFar ? [box('accent', sentence(texts.say('watch.clear-so-far'), { weight: 'bolder' }))] : []),
    ...lists.flatMap(([key, lines]) => [subheading(texts.say(key)), ...someBullets(lines, most, texts)]),
    ...unreadTexts(news, 'watch', texts).map((text) => sentence(text, { spacing: 'medium' })),
    ...buttons(
      execute('readiness.check', texts.say('button.check-again'), data, { style: 'positive' }),
      news.gone === 'ended' ? undefined : execute('watch.stop', texts.say('button.stop-watching'), data),
    ),
  ]);
}

/** In the words of the readiness card; and whether it is watched still. */
const goneBox = (gone: NonNullable<News['gone']>, texts: Texts): Element =>
  box(
    'warning',
    sentence(texts.say('readiness.gone'), { weight: 'bolder' }),
    sentence(texts.say(gone === 'ended' ? 'watch.stopped' : 'readiness.gone-role'), { spacing: 'small' }),
  );

/** What is told by name, each under its heading: first what waits for somebody. Foreign text. */
function listsOf({ transfers, added, cleared, left, closing }: News, texts: Texts) {
  const lists = [
    ['watch.transfers', transfers.map((transfer) => transferText(transfer, texts))],
    ['watch.added', added],
    ['watch.cleared', cleared],
    ['watch.left', left],
    [
      'watch.closing',
      closing.map(({ name, until }) => texts.say('watch.closing-line', { name, date: texts.day(until) })),
    ],
  ] as const;
  return lists.filter(([, lines]) => lines.length > 0);
}

/** So many of them; the rest is counted. Foreign text. */
const someBullets = (lines: readonly string[], most: number, texts: Texts): readonly Element[] => [
  ...bullets(lines.slice(0, most)),
  ...rest(lines.length - most, texts),
];

/** What the toast says. */
export function watchSummary({ customer, news }: Omit<WatchView, 'nonce'>, texts: Texts): string {
  return texts.say(summaryKey(news), { domain: plainName(customer) });
}

function summaryKey({ gone, isClear, isClearSoFar, transfers, added }: News) {
  if (gone !== undefined) return 'readiness.summary-gone';
  if (isClear) return 'readiness.summary-ready';
  if (isClearSoFar) return 'watch.summary-so-far';
  if (transfers.length > 0) return 'watch.summary-transfer';
  return added.length > 0 ? 'watch.summary-added' : 'watch.summary';
}
