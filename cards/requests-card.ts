import type { RequestRecord } from '../services/requests/request.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, Element } from './adaptive-card.ts';
import { customerLines } from './customer-parts.ts';
import { card, heading, sentence, timeLine } from './elements.ts';
import { fitting } from './fitting.ts';
import { numberFact, rest } from './request-parts.ts';
import type { Texts } from './texts/texts.ts';

export interface RequestsView {
  readonly requests: readonly { readonly record: RequestRecord; readonly nonce: string }[];
  /** What was looked for; foreign text. */
  readonly words?: string;
}

/** What a person has asked for, the newest first, as many as there is room for. */
export function requestsCard({ requests, words }: RequestsView, texts: Texts): AdaptiveCard {
  const none = words === undefined ? texts.say('requests.none') : texts.say('requests.none-for', { words });
  return fitting((room) => {
    const shown = requests.slice(0, room(requests.length));
    return card(texts, texts.say('requests.summary'), [
      heading(texts.say('requests.title')),
      ...(requests.length === 0 ? [sentence(none)] : shown.map((one) => requestRow(one, texts))),
      ...rest(requests.length - shown.length, texts),
    ]);
  });
}

function requestRow({ record, nonce }: RequestsView['requests'][number], texts: Texts): Element {
  const { id, customer, openedAt, sentAt = openedAt, stateSince } = record.request;
  const dates = { asked: texts.moment(sentAt), since: texts.moment(stateSince) };
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
          timeLine(texts.say('requests.dates', dates)),
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
