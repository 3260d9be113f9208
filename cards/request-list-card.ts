import { execute } from './actions.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { customerLines, plainName } from './customer-parts.ts';
import { bullets, buttons, card, heading, sentence, subheading } from './elements.ts';
import { fitting } from './fitting.ts';
import { AREAS, titleOf } from './request-card.ts';
import { sectionsOf, type Listed } from './request-sections.ts';
import type { Texts } from './texts/texts.ts';

export interface RequestListView extends Listed {
  /** The line with which what is shown begins, counted from 1. */
  readonly from: number;
}

/** Lines of a page. */
const PAGE = 12;

/** Everything a request is about, line by line, where its card has room for a part of it only. */
export const requestListCard = (view: RequestListView, texts: Texts): AdaptiveCard =>
  fitting((room) => {
    const { record, nonce } = view;
    const { request } = record;
    const lines = sectionsOf(view, texts).flatMap(({ title, lines: some }) => some.map((text) => ({ title, text })));
    const from = Math.min(view.from, Math.max(1, lines.length));
    const shown = lines.slice(from - 1, from - 1 + room(PAGE));
    const to = from - 1 + shown.length;
    const turn = (title: 'button.back' | 'button.more', page?: number) =>
      execute('request.show', texts.say(title), {
        ...{ requestId: request.id, nonce },
        ...(page !== undefined && { page }),
      });
    return card(texts, texts.say(`${AREAS[request.kind]}.summary`, { domain: plainName(request.customer) }), [
      heading(titleOf(request, texts)),
      ...customerLines(request.customer, texts),
      sentence(texts.say('readiness.lines', { from, to, total: lines.length }), { isSubtle: true, spacing: 'medium' }),
      ...shown.flatMap(({ title, text }, at) => [
        ...(title === shown[at - 1]?.title ? [] : [subheading(title)]),
        ...bullets([text]),
      ]),
      ...buttons(
        turn('button.back', from === 1 ? undefined : Math.max(1, from - PAGE)),
        to < lines.length ? turn('button.more', to + 1) : undefined,
      ),
    ]);
  });
