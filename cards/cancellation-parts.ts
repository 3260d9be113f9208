import type { HoldingClass } from '../services/readiness/readiness.ts';
import type { CancellationStanding, CancelledItem } from '../services/requests/cancelling/cancellation.ts';
import type { RemovalRequest, RequestRecord, ToCancel } from '../services/requests/request.ts';
import type { Element } from './adaptive-card.ts';
import { box, bullets, idFact, sentence, subheading, timeLine } from './elements.ts';
import type { Room } from './fitting.ts';
import {
  clockPart,
  driftPart,
  saidPart,
  STATE_STYLES,
  statePart,
  undecidedSentences,
  waitingSentences,
  waitingToSend,
  isUndecided,
} from './request-parts.ts';
import { goingOn } from './progress-part.ts';
import { stepFault, stepState } from './step-lines.ts';
import type { TextKey } from './texts/en.ts';
import type { Texts } from './texts/texts.ts';

/** So many purchases; the rest is counted. */
const SHOWN_ITEMS = 15;

const SOFTWARE: ReadonlySet<HoldingClass> = new Set(['software-subscription', 'perpetual-software']);
const PRORATED: ReadonlySet<HoldingClass> = new Set(['new-commerce-licence', 'software-subscription']);

/** What cancelling these means, that it cannot be undone, and that there is little time. */
export function cancellationConsequences(
  cancels: readonly Pick<ToCancel, 'class'>[],
  texts: Texts,
): readonly Element[] {
  const any = (test: (holdingClass: HoldingClass) => boolean): boolean => cancels.some((one) => test(one.class));
  const keys: readonly (TextKey | false)[] = [
    any((one) => one !== 'perpetual-software') && 'cancellation.consequence-access',
    any((one) => SOFTWARE.has(one)) && 'cancellation.consequence-keys',
    any((one) => PRORATED.has(one)) && 'cancellation.refund-prorated',
    any((one) => one === 'perpetual-software') && 'cancellation.refund-full',
    any((one) => one === 'marketplace') && 'cancellation.refund-marketplace',
    'cancellation.window',
  ];
  return [
    subheading(texts.say('cancellation.consequences')),
    ...bullets(keys.filter((key) => key !== false).map((key) => texts.say(key))),
    box('warning', sentence(texts.say('cancellation.irreversible'), { weight: 'bolder' })),
  ];
}

/** Every purchase, how many, until when it can be cancelled, and what has become of it. */
export function cancelledPart(
  { state }: RemovalRequest,
  { items }: CancellationStanding,
  texts: Texts,
  room: Room,
): readonly Element[] {
  const shown = items.slice(0, room(SHOWN_ITEMS));
  return [
    subheading(texts.say(WHAT[state])),
    ...shown.flatMap((item) => itemElements(item, ENDED.has(state), texts)),
    ...(items.length > shown.length
      ? [
          sentence(texts.say('readiness.more-lines', { count: items.length - shown.length }), {
            isSubtle: true,
            spacing: 'small',
          }),
        ]
      : []),
  ];
}

/** The same in a line each, as a list of which a card shows a part. */
export const cancelledSection = ({ state }: RemovalRequest, { items }: CancellationStanding, texts: Texts) => ({
  title: texts.say(WHAT[state]),
  lines: items.map((item) => itemText(item, texts)),
  most: SHOWN_ITEMS,
});

function itemText(item: CancelledItem, texts: Texts): string {
  const said = texts.say('line.name', { name: item.name, quantity: item.quantity });
  return item.step === undefined
    ? said
    : texts.say('line.named', { name: said, said: itemState(item, item.step, texts) });
}

/** What a list of purchases is, once it is known what became of the request. */
const WHAT = {
  ...{ draft: 'cancellation.what', pending: 'cancellation.what', approved: 'cancellation.what' },
  ...{ executing: 'cancellation.what-under-way', verifying: 'cancellation.what-under-way' },
  ...{ unknown: 'cancellation.what-under-way', done: 'cancellation.what-done' },
  ...{ blocked: 'cancellation.what-wanted', declined: 'cancellation.what-wanted', void: 'cancellation.what-wanted' },
  ...{ withdrawn: 'cancellation.what-wanted', expired: 'cancellation.what-wanted' },
  ...{ abandoned: 'cancellation.what-wanted', closed: 'cancellation.what-wanted' },
} as const satisfies Record<RemovalRequest['state'], TextKey>;

/** States in which no day matters any more. */
const ENDED: ReadonlySet<RemovalRequest['state']> = new Set<RemovalRequest['state']>([
  ...(['done', 'declined', 'withdrawn', 'expired', 'void', 'abandoned', 'closed'] as const),
]);

function itemElements(item: CancelledItem, hasEnded: boolean, texts: Texts): readonly Element[] {
  const { step, order } = item;
  const small = { size: 'small', isSubtle: true, spacing: 'none' } as const;
  const what = texts.say(`line.class-${item.class}`);
  const about =
    hasEnded || step?.state === 'done'
      ? what
      : texts.say(order === undefined ? 'cancellation.item-subscription' : 'cancellation.item-order', {
          class: what,
          date: texts.day(item.until),
        });
  return [
    ...bullets([itemText(item, texts)]),
    sentence(about, small),
    ...(step === undefined ? [] : whyNot(step, texts).map((line) => sentence(line, small))),
    ...(step?.state === 'done' && step.wasSoBefore !== true && step.correlationId !== undefined
      ? [idFact(texts, texts.say('request.correlation'), step.correlationId)]
      : []),
  ];
}

type Step = NonNullable<CancelledItem['step']>;

const itemState = ({ state }: CancelledItem, step: Step, texts: Texts): string =>
  state === 'unknown' ? texts.say('cancellation.item-unknown') : stepState(step, texts);

/** Why one was not cancelled, in plain words, with the id to quote; foreign text. */
function whyNot(step: Step, texts: Texts): readonly string[] {
  if (step.state !== 'failed') return [];
  const ours = ownReason(step);
  return ours === undefined ? stepFault(step, texts, WITHOUT_READING) : [texts.say(ours)];
}

/** Nothing here has it read again by hand: what is done about it is said of the whole request. */
const WITHOUT_READING = {
  'step.failed-not-seen': 'cancellation.item-not-seen',
  'step.failed-no-answer': 'cancellation.item-no-answer',
  'step.failed-unread': 'cancellation.item-unread',
  'step.failed-restored': 'cancellation.item-restored',
  'step.failed-other': 'cancellation.item-refused',
  'code.already-deleted': 'cancellation.item-already-deleted',
  'code.changed-meanwhile': 'cancellation.item-changed-meanwhile',
  'code.not-from-this-state': 'cancellation.item-not-from-this-state',
  'code.cancel-the-subscription': 'cancellation.item-cancel-the-subscription',
  'code.no-such-subscription': 'cancellation.item-no-such-subscription',
} as const satisfies Partial<Record<TextKey, TextKey>>;

/** What is no answer of Partner Center's. */
function ownReason({ notDoneAt, endedFor, refused }: Step): TextKey | undefined {
  if (endedFor === 'window-is-over') return 'code.window-is-over';
  if (endedFor === 'too-late') return 'cancellation.item-too-late';
  if (notDoneAt !== undefined) return 'cancellation.item-not-done';
  const isLeftAlone = refused === undefined && endedFor !== undefined && LEFT_ALONE.test(endedFor);
  return isLeftAlone ? 'cancellation.item-changed' : undefined;
}
const LEFT_ALONE = /^(?:more|class |status |no-such-line|not-approved)/;

/** How the whole of it stands, in one box, what has changed, and until when something has to happen. */
function cancellationStatePart(
  { request }: RequestRecord,
  standing: CancellationStanding,
  texts: Texts,
  room: Room,
): readonly Element[] {
  return [
    box(
      STATE_STYLES[request.state],
      ...stateSentences(request, standing, texts).map((text, index) =>
        sentence(text, index === 0 ? { weight: 'bolder' } : { spacing: 'small' }),
      ),
      ...(request.state === 'executing' && request.waitingFor === undefined
        ? goingOn(
            standing.items.flatMap(({ step }) => step ?? []),
            texts,
          )
        : []),
      ...saidPart(request.waitingFor?.refused, texts),
    ),
    ...driftPart(request, texts, room),
    ...cancellationClock(request, texts),
  ];
}

/** What whoever asked can do next; nobody else can. */
export function nextPart({ request: { state } }: RequestRecord, standing: CancellationStanding, texts: Texts) {
  const said = (key: TextKey): readonly Element[] => [sentence(texts.say(key), { spacing: 'small' })];
  if (state === 'done') return said('cancellation.next-check');
  if (state !== 'blocked') return [];
  return said(standing.canContinue ? 'cancellation.next-continue' : 'cancellation.next-withdraw');
}

/** How a request stands, in the words of its kind. */
export const howItStands = (
  record: RequestRecord,
  cancellation: CancellationStanding | undefined,
  texts: Texts,
  room: Room,
): readonly Element[] =>
  cancellation === undefined
    ? statePart(record, texts, room)
    : cancellationStatePart(record, cancellation, texts, room);

/** The time to decide or to carry out, and where it is a window that ends it. */
export const cancellationClock = (request: RemovalRequest, texts: Texts): readonly Element[] => {
  const clock = clockPart(request, texts);
  const isBound = request.endsWithWindow === true && clock.length > 0 && request.state !== 'unknown';
  return [...clock, ...(isBound ? [timeLine(texts.say('cancellation.window-bounds'))] : [])];
};

function stateSentences(request: RemovalRequest, standing: CancellationStanding, texts: Texts): readonly string[] {
  const { state, waitingFor } = request;
  const far = texts.say('cancellation.progress', { done: standing.done, total: standing.items.length });
  const sofar = standing.done === 0 ? texts.say('cancellation.none') : far;
  switch (state) {
    case 'draft':
      return waitingFor === undefined ? undecidedSentences(request, texts) : waitingToSend(request, texts);
    case 'pending':
      return undecidedSentences(request, texts);
    case 'approved':
      return [texts.say('cancellation.state-approved'), ...waitingSentences(request, texts)];
    case 'executing':
      return [texts.say('cancellation.state-executing'), far, ...waitingSentences(request, texts)];
    case 'unknown':
      return [
        texts.say('cancellation.state-unknown'),
        texts.say(
          waitingFor?.why === 'still-listed'
            ? 'cancellation.state-unknown-still-listed'
            : 'cancellation.state-unknown-no-answer',
        ),
        ...waitingSentences(request, texts),
        texts.say('request.state-unknown-close'),
        far,
      ];
    case 'blocked':
      return [texts.say(standing.done === 0 ? 'cancellation.state-blocked-none' : 'cancellation.state-blocked'), far];
    case 'done':
      return [texts.say('cancellation.state-done'), far];
    case 'abandoned':
      return [texts.say(request.voided === undefined ? 'cancellation.state-abandoned' : voidText(request)), sofar];
    case 'void':
      return [texts.say(voidText(request)), sofar];
    case 'expired':
      return [
        texts.say(request.endsWithWindow === true ? 'cancellation.state-expired-window' : 'cancellation.state-expired'),
        sofar,
      ];
    default:
      return [texts.say(`cancellation.state-${state}`), sofar];
  }
}

function voidText(request: RemovalRequest): TextKey {
  const { voided } = request;
  switch (voided?.why) {
    case 'restored':
      return `cancellation.state-void-restored${isUndecided(request) ? '-undecided' : ''}`;
    case 'nothing-left':
    case 'gone':
      return `cancellation.state-void-${voided.why}`;
    case 'no-longer-requester':
    case 'no-longer-approver':
      return 'cancellation.state-void-people';
    default:
      return 'cancellation.state-void';
  }
}
