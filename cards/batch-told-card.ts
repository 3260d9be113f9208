import type { LeftSuspended } from '../services/batches/standing.ts';
import type { RemovalRequest } from '../services/requests/request.ts';
import type { AdaptiveCard, Element } from './adaptive-card.ts';
import { askedText, leftPart, memberName } from './batch-parts.ts';
import { plainName, sandboxBox } from './customer-parts.ts';
import { cut } from './cut.ts';
import { buttons, card, fact, heading, sentence, subheading } from './elements.ts';
import { fitting, type Room } from './fitting.ts';
import type { Texts } from './texts/texts.ts';
import { undoSummary } from './undo-part.ts';

export interface BatchToldView {
  /** What this person was told of, in the order of the list. */
  readonly requests: readonly { readonly request: RemovalRequest; readonly left?: LeftSuspended }[];
  readonly isSandbox: boolean;
}

/** So many are seen at once, the others one press further. Names are shorter where Teams would refuse the card. */
const SHOWN_AT_ONCE = 10;
const OTHERS = 'other-requests';
const LONGEST_NAME = 60;

/** For whoever is told of what nobody does anything about, and cannot do anything about it either: nothing on it is answered by the bot. */
export const batchToldCard = (view: BatchToldView, texts: Texts): AdaptiveCard =>
  fitting((room) => drawTold(view, texts, room));

function drawTold({ requests, isSandbox }: BatchToldView, texts: Texts, room: Room): AdaptiveCard {
  const isWaiting = ({ request }: BatchToldView['requests'][number]): boolean => request.state === 'pending';
  const waiting = requests.filter(isWaiting);
  const groups = [
    { title: texts.say('escalation.title'), some: waiting },
    { title: texts.say('batch.list-decided'), some: requests.filter((one) => !isWaiting(one)) },
  ];
  const rows = groups.flatMap(({ title, some }) =>
    some.map((one) => ({ title: texts.say('line.named', { name: title, said: String(some.length) }), one })),
  );
  const longest = room(LONGEST_NAME);
  const shown = rows.slice(0, SHOWN_AT_ONCE);
  const others = rows.slice(SHOWN_AT_ONCE);
  const drawn = (some: typeof rows, draw: DrawRow, before?: string): readonly Element[] =>
    some.flatMap(({ title, one }, at) => [
      ...(title === (some[at - 1]?.title ?? before) ? [] : [subheading(title)]),
      ...draw(one, longest, texts),
    ]);
  const [first] = requests;
  return card(texts, texts.say('batch.told-title'), [
    heading(texts.say('batch.told-title')),
    sandboxBox(isSandbox, texts),
    ...(first === undefined
      ? []
      : [fact(texts, texts.say('request.asked-by'), cut(first.request.requester.name, LONGEST_NAME))]),
    ...(waiting.length === 0 ? [] : [sentence(texts.say('escalation.about'), { spacing: 'small' })]),
    ...drawn(shown, wholeRow),
    ...(others.length === 0
      ? []
      : [
          sentence(texts.say('readiness.more-lines', { count: others.length }), { isSubtle: true, spacing: 'small' }),
          ...buttons({ type: 'Action.ToggleVisibility', title: texts.say('button.more'), targetElements: [OTHERS] }),
          {
            type: 'Container' as const,
            id: OTHERS,
            isVisible: false,
            items: drawn(others, shortRow, shown.at(-1)?.title),
          },
        ]),
  ]);
}

type DrawRow = (one: BatchToldView['requests'][number], longest: number, texts: Texts) => readonly Element[];

const wholeRow: DrawRow = ({ request, left }, longest, texts) => [
  sentence(memberName(request.customer, longest), { weight: 'bolder', spacing: 'small' }),
  sentence(saidOf(request, longest, texts), { spacing: 'none' }),
  ...leftPart(left, texts),
];

/** Of many there is room for what matters most about each. */
const shortRow: DrawRow = ({ request, left }, longest, texts) => [
  sentence(
    texts.say('line.named', {
      name: memberName(request.customer, longest),
      said:
        left === undefined ? saidOf(request, longest, texts) : undoSummary(plainName(request.customer), left, texts),
    }),
    { spacing: 'small' },
  ),
];

/** How it stands, and who is waited for. */
const saidOf = (request: RemovalRequest, longest: number, texts: Texts): string =>
  cut(askedText(request, undefined, texts), 2 * longest);
