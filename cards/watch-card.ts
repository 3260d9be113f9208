import type { Customer } from '../services/partner-center/partner-center.ts';
import type { News } from '../services/watching/watch.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, Element } from './adaptive-card.ts';
import { customerLines, plainName } from './customer-parts.ts';
import { box, bullets, buttons, card, heading, sentence, subheading } from './elements.ts';
import { rest } from './request-parts.ts';
import type { Texts } from './texts/texts.ts';
import { unreadTexts } from './unread-sources.ts';

export interface WatchView {
  readonly customer: Pick<Customer, 'id' | 'companyName' | 'domain'>;
  readonly news: News;
  readonly nonce: string;
}

const SHOWN_NAMES = 8;

/** What has changed for a customer that somebody watches. */
export function watchCard({ customer, news, nonce }: WatchView, texts: Texts): AdaptiveCard {
  const data = { customerId: customer.id, nonce };
  return card(texts, watchSummary({ customer, news }, texts), [
    heading(texts.say('watch.title')),
    ...customerLines(customer, texts),
    ...(news.isClear ? [box('good', sentence(texts.say('readiness.verdict-clear'), { weight: 'bolder' }))] : []),
    ...(news.isClearSoFar ? [box('accent', sentence(texts.say('watch.clear-so-far'), { weight: 'bolder' }))] : []),
    ...(news.cleared.length === 0 ? [] : [subheading(texts.say('watch.cleared')), ...someBullets(news.cleared, texts)]),
    ...(news.left.length === 0 ? [] : [subheading(texts.say('watch.left')), ...someBullets(news.left, texts)]),
    ...(news.closing.length === 0
      ? []
      : [
          subheading(texts.say('watch.closing')),
          ...someBullets(
            news.closing.map(({ name, until }) => texts.say('watch.closing-line', { name, date: texts.day(until) })),
            texts,
          ),
        ]),
    ...unreadTexts(news, 'watch', texts).map((text) => sentence(text, { spacing: 'medium' })),
    ...buttons(
      execute('readiness.check', texts.say('button.check-again'), data, { style: 'positive' }),
      execute('watch.stop', texts.say('button.stop-watching'), data),
    ),
  ]);
}

/** So many of them; the rest is counted. Foreign text. */
const someBullets = (lines: readonly string[], texts: Texts): readonly Element[] => [
  ...bullets(lines.slice(0, SHOWN_NAMES)),
  ...rest(lines.length - SHOWN_NAMES, texts),
];

/** What the toast says. */
export function watchSummary({ customer, news }: Omit<WatchView, 'nonce'>, texts: Texts): string {
  const key = news.isClearSoFar ? 'watch.summary-so-far' : 'watch.summary';
  return texts.say(news.isClear ? 'readiness.summary-ready' : key, { domain: plainName(customer) });
}
