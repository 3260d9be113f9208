import type { RequestRecord } from '../services/requests/request.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, Element } from './adaptive-card.ts';
import { customerLines } from './customer-parts.ts';
import { buttons, card, fact, heading, sentence, timeLine } from './elements.ts';
import { fitting } from './fitting.ts';
import { numberFact, rest } from './request-parts.ts';
import type { Texts } from './texts/texts.ts';

interface Row {
  readonly record: RequestRecord;
  readonly nonce: string;
}

export interface RequestsView {
  /** What waits for the reader's decision; left out for whoever decides nothing. */
  readonly waiting?: readonly Row[];
  /** What the reader has asked for; left out for whoever asks for nothing. */
  readonly requests?: readonly Row[];
  /** What was looked for; foreign text. */
  readonly words?: string;
  /** Which part of all this is, from 0, and whether another follows. */
  readonly page?: { readonly at: number; readonly hasMore: boolean };
}

/** As many as anybody scrolls through on a phone; the rest is on other pages. */
const MOST_ROWS = 10;

/** What waits for a person, and what they have asked for, the newest first, as many as there is room for. */
export const requestsCard = ({ waiting, requests, words, page }: RequestsView, texts: Texts): AdaptiveCard =>
  fitting((room) => {
    const none = words === undefined ? texts.say('requests.none') : texts.say('requests.none-for', { words });
    return card(texts, texts.say('requests.summary'), [
      ...(waiting === undefined
        ? []
        : section(texts.say('requests.waiting'), waiting, {
            none: texts.say('requests.none-waiting'),
            isTheirs: false,
          })),
      ...(requests === undefined ? [] : section(texts.say('requests.title'), requests, { none, isTheirs: true })),
      ...pageButtons(page, texts),
    ]);

    function section(
      title: string,
      rows: readonly Row[],
      told: { readonly none: string; readonly isTheirs: boolean },
    ): readonly Element[] {
      // On a later page one list may have ended while the other goes on.
      if (rows.length === 0 && page !== undefined && page.at > 0) return [];
      const shown = rows.slice(0, Math.min(room(rows.length), MOST_ROWS));
      return [
        heading(title),
        ...(rows.length === 0 ? [sentence(told.none)] : shown.map((one) => requestRow(one, told.isTheirs, texts))),
        ...rest(rows.length - shown.length, texts),
      ];
    }
  });

function pageButtons(page: RequestsView['page'], texts: Texts): readonly Element[] {
  if (page === undefined) return [];
  const { at, hasMore } = page;
  const turn = (title: 'button.back' | 'button.more', to: number) =>
    execute('requests.list', texts.say(title), to === 0 ? {} : { page: to });
  return buttons(at > 0 ? turn('button.back', at - 1) : undefined, hasMore ? turn('button.more', at + 1) : undefined);
}

function requestRow({ record, nonce }: Row, isTheirs: boolean, texts: Texts): Element {
  const { id, customer, openedAt, requester, sentAt = openedAt, stateSince, approveBy } = record.request;
  const asked = texts.moment(sentAt);
  const dates = isTheirs
    ? texts.say('requests.dates', { asked, since: texts.moment(stateSince) })
    : texts.say('requests.decide-by', { asked, until: texts.moment(approveBy ?? sentAt) });
  return {
    type: 'ColumnSet',
    spacing: 'small',
    separator: true,
    columns: [
      {
        type: 'Column',
        width: 'stretch',
        items: [
          ...customerLines(customer, texts),
          sentence(stateText(record, texts), { spacing: 'none' }),
          ...(isTheirs ? [] : [fact(texts, texts.say('request.asked-by'), requester.name, 'none')]),
          timeLine(dates),
          numberFact(record.request, texts, 'none'),
        ],
      },
      {
        type: 'Column',
        width: 'auto',
        verticalContentAlignment: 'center',
        items: [
          {
            type: 'ActionSet',
            actions: [execute('request.show', texts.say('button.show'), { requestId: id, nonce })],
          },
        ],
      },
    ],
  };
}

/** The state in a word, and what kind of request it is where it is no removal. */
function stateText({ request: { kind, state, plannedFor, waitingFor } }: RequestRecord, texts: Texts): string {
  if (state === 'draft' && waitingFor !== undefined) return texts.say('state.waiting-to-send');
  if (state === 'draft' && plannedFor !== undefined)
    return texts.say('state.planned', { day: texts.day(plannedFor.day) });
  if (kind === 'removal') return texts.say(`state.${state}`);
  const own = state === 'executing' || state === 'blocked' || state === 'done';
  return texts.say('cancellation.row', { state: texts.say(own ? `cancellation.row-${state}` : `state.${state}`) });
}
