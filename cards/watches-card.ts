import type { Watched } from '../services/watching/watches.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, Element } from './adaptive-card.ts';
import { cut } from './cut.ts';
import { customerLines, noticeBox, problemBox } from './customer-parts.ts';
import { buttons, card, heading, sentence, timeLine } from './elements.ts';
import type { Texts } from './texts/texts.ts';
import { unreadTexts } from './unread-sources.ts';

export interface WatchesView {
  /** What this page shows, with a nonce of each. */
  readonly watched: readonly { readonly watched: Watched; readonly nonce: string }[];
  /** Of all of them, counted from 1. */
  readonly from: number;
  readonly total: number;
  /** From 0. */
  readonly page: number;
  readonly hasMore: boolean;
  readonly problem?: string;
  /** What was done just now. */
  readonly notice?: string;
}

/** Each page has room for its customers, whatever they are called. */
const LONGEST_NAME = 100;

/** The customers that somebody watches, as the newest looks have found them, a page at a time. */
export function watchesCard(view: WatchesView, texts: Texts): AdaptiveCard {
  const { watched, from, total, page, hasMore } = view;
  const turn = (title: 'button.previous' | 'button.next', to: number) =>
    execute('watches.list', texts.say(title), to > 0 ? { page: to } : {});
  return card(texts, texts.say('watches.title'), [
    problemBox(view.problem),
    noticeBox(view.notice),
    heading(texts.say('watches.title')),
    ...(total === 0 ? [sentence(texts.say('watches.none'))] : []),
    ...(total > watched.length
      ? [
          sentence(texts.say('pick.list', { from, to: from + watched.length - 1, total }), {
            ...{ isSubtle: true, spacing: 'none' },
          }),
        ]
      : []),
    ...watched.flatMap((one) => watchedPart(one, page, texts)),
    ...buttons(
      page > 0 ? turn('button.previous', page - 1) : undefined,
      hasMore ? turn('button.next', page + 1) : undefined,
    ),
  ]);
}

function watchedPart(
  { watched: { customer, seen }, nonce }: WatchesView['watched'][number],
  page: number,
  texts: Texts,
): readonly Element[] {
  const data = { customerId: customer.id, nonce };
  return [
    {
      type: 'Container',
      spacing: 'medium',
      separator: true,
      items: [
        ...customerLines(
          {
            id: customer.id,
            companyName: cut(customer.companyName, LONGEST_NAME),
            domain: cut(customer.domain, LONGEST_NAME),
          },
          texts,
        ),
        sentence(seenText(seen, texts), { spacing: 'small' }),
        ...(seen === undefined
          ? []
          : [timeLine(texts.say('watches.looked-at', { moment: texts.moment(seen.readAt) }))]),
        ...buttons(
          execute('readiness.show', texts.say('button.show'), data),
          execute('watches.stop', texts.say('button.stop-watching'), { ...data, ...(page > 0 && { page }) }),
        ),
      ],
    },
  ];
}

function seenText(seen: Watched['seen'], texts: Texts): string {
  if (seen === undefined) return texts.say('watches.not-looked-at');
  if (seen.isGone === true) return texts.say('readiness.gone');
  if (seen.isClear) return texts.say('readiness.verdict-clear');
  const unread = unreadTexts(seen, 'watches', texts);
  return [
    ...blockersText(seen, texts),
    ...unread,
    ...(unread.length === 0 ? [] : [texts.say('watches.show-reads')]),
  ].join(' ');
}

/** What stands in the way; where nothing does of what could be read, what did when the rest was last read. */
function blockersText(
  { isClearSoFar = false, blockers: { length: count }, unread }: NonNullable<Watched['seen']>,
  texts: Texts,
): readonly string[] {
  if (isClearSoFar)
    return [texts.say('watch.clear-so-far'), ...(count > 0 ? [texts.say('watches.left', { count })] : [])];
  return count > 0 || unread.length === 0 ? [texts.say('watches.blockers', { count })] : [];
}
