import type { RemovalRequest, RequestRecord } from '../services/requests/request.ts';
import { execute, REQUEST_FILTERS, type RequestFilter } from './actions.ts';
import type { AdaptiveCard, Element } from './adaptive-card.ts';
import { customerLines } from './customer-parts.ts';
import { buttons, card, fact, headedRow, heading, openUrl, sentence, timeLine } from './elements.ts';
import { fitting } from './fitting.ts';
import { doneNow } from './progress-part.ts';
import { numberFact, rest } from './request-parts.ts';
import { someNames } from './some-names.ts';
import type { Texts } from './texts/texts.ts';

interface Row {
  readonly record: RequestRecord;
  readonly nonce: string;
}

export interface RequestsView {
  /** What waits for the reader's decision; left out for whoever decides nothing. */
  readonly waiting?: readonly Row[];
  /** What was approved and waits for somebody to sign in, the reader among them. */
  readonly signIns?: readonly Row[];
  /** What the reader has asked for; left out for whoever asks for nothing. */
  readonly requests?: readonly Row[];
  /** What was looked for; foreign text. */
  readonly words?: string;
  /** Left out where all are listed. */
  readonly filter?: RequestFilter;
  /** Which part of all this is, from 0, and whether another follows. */
  readonly page?: { readonly at: number; readonly hasMore: boolean };
  /** Where all of it is seen at a glance, where there is such a place. */
  readonly tabUrl?: string;
}

/** As many as anybody scrolls through on a phone; the rest is on other pages. */
const MOST_ROWS = 10;

/** What waits for a person, and what they have asked for, the newest first, as many as there is room for. */
export const requestsCard = (
  { waiting, signIns = [], requests, words, filter, page, tabUrl }: RequestsView,
  texts: Texts,
): AdaptiveCard =>
  fitting((room) => {
    const none = noneText(words, filter, texts);
    return card(texts, texts.say('requests.summary'), [
      ...(waiting === undefined
        ? []
        : section(texts.say('requests.waiting'), waiting, {
            none: texts.say('requests.none-waiting'),
            isTheirs: false,
          })),
      ...(signIns.length === 0
        ? []
        : section(texts.say('requests.waiting-sign-in'), signIns, { none, isTheirs: false })),
      ...(requests === undefined
        ? []
        : section(texts.say(filter === undefined ? 'requests.title' : `requests.title-${filter}`), requests, {
            none,
            isTheirs: true,
          })),
      ...pageButtons(page, filter, texts),
      ...filterButtons(filter, tabUrl, texts),
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

function pageButtons(page: RequestsView['page'], filter: RequestFilter | undefined, texts: Texts): readonly Element[] {
  if (page === undefined) return [];
  const { at, hasMore } = page;
  const turn = (title: 'button.back' | 'button.more', to: number) =>
    execute('requests.list', texts.say(title), { ...(filter && { filter }), ...(to > 0 && { page: to }) });
  return buttons(at > 0 ? turn('button.back', at - 1) : undefined, hasMore ? turn('button.more', at + 1) : undefined);
}

function noneText(words: string | undefined, filter: RequestFilter | undefined, texts: Texts): string {
  if (words !== undefined) return texts.say('requests.none-for', { words });
  return texts.say(filter === undefined ? 'requests.none' : 'requests.none-filtered');
}

/** The other lists there are. */
const filterButtons = (
  filter: RequestFilter | undefined,
  tabUrl: string | undefined,
  texts: Texts,
): readonly Element[] =>
  buttons(
    ...REQUEST_FILTERS.filter((one) => one !== filter).map((one) =>
      execute('requests.list', texts.say(`button.requests-${one}`), { filter: one }),
    ),
    filter === undefined ? undefined : execute('requests.list', texts.say('button.requests-all'), {}),
    tabUrl === undefined ? undefined : openUrl(texts.say('button.overview'), tabUrl),
  );

function requestRow({ record, nonce }: Row, isTheirs: boolean, texts: Texts): Element {
  const { id, customer, openedAt, requester, sentAt = openedAt, state, stateSince, approveBy } = record.request;
  const asked = texts.moment(sentAt);
  const dates =
    isTheirs || state !== 'pending'
      ? texts.say('requests.dates', { asked, since: texts.moment(stateSince) })
      : texts.say('requests.decide-by', { asked, until: texts.moment(approveBy ?? sentAt) });
  return headedRow(
    customerLines(customer, texts),
    [
      sentence(stateText(record, texts), { spacing: 'small', weight: 'bolder' }),
      ...aboutPart(record, texts),
      ...(isTheirs ? [] : [fact(texts, texts.say('request.asked-by'), requester.name, 'none')]),
      timeLine(dates),
      numberFact(record.request, texts, 'none'),
    ],
    [execute('request.show', texts.say('button.show'), { requestId: id, nonce })],
  );
}

const NAMED = 2;

/** Which purchases it is about, and which of them something is being done with right now. */
function aboutPart({ request: { cancels = [] }, steps }: RequestRecord, texts: Texts): readonly Element[] {
  const names = cancels.map(({ name }) => name);
  return [
    ...(names.length === 0 ? [] : [fact(texts, texts.say('audit.about'), someNames(names, NAMED, texts), 'none')]),
    ...doneNow(steps, texts),
  ];
}

/** The state in a word, and what kind of request it is where it is no removal. */
export function stateText(
  { request: { kind, state, plannedFor, waitingFor } }: Pick<RequestRecord, 'request'>,
  texts: Texts,
): string {
  if (state === 'draft' && waitingFor !== undefined) return texts.say('state.waiting-to-send');
  if (state === 'draft' && plannedFor !== undefined)
    return texts.say('state.planned', { day: texts.day(plannedFor.day) });
  return plainStateText({ kind, state }, texts);
}

/** The same for whoever knows no more of it. */
export function plainStateText({ kind, state }: Pick<RemovalRequest, 'kind' | 'state'>, texts: Texts): string {
  if (kind === 'removal') return texts.say(`state.${state}`);
  const own = state === 'executing' || state === 'blocked' || state === 'done';
  return texts.say('cancellation.row', { state: texts.say(own ? `cancellation.row-${state}` : `state.${state}`) });
}
