import type { Line } from '../services/readiness/readiness.ts';
import type { RemovalRequest, RequestRecord } from '../services/requests/request.ts';
import type { ClearingStep } from '../services/requests/clearing/clearing-step.ts';
import type { RefusedCall } from '../services/requests/removing/refused-call.ts';
import type { Element, Spacing } from './adaptive-card.ts';
import { endingDelegatedAdmin, plannedDelegatedAdmin } from './delegated-admin-part.ts';
import { box, bullets, buttons, fact, idFact, openUrl, sentence, subheading, timeLine } from './elements.ts';
import type { Room } from './fitting.ts';
import { driftText, lineTitle, statusText } from './holding-lines.ts';
import { isOfMicrosoft } from './links.ts';
import { openPointsPart, type OpenPointsView } from './open-points-part.ts';
import { stepState } from './step-lines.ts';
import type { TextKey } from './texts/en.ts';
import type { Texts } from './texts/texts.ts';

/** A card has room for so many lines of each list; the rest is counted. */
const SHOWN_STEPS = 12;
const SHOWN_PLAN = 10;
const SHOWN_DRIFT = 12;

/** Who asked, why, and what the approver is to know. */
export function askedFacts({ request }: RequestRecord, texts: Texts): readonly Element[] {
  const { form, approvals, declined, closed } = request;
  return [
    ...whoAndWhy(request, texts),
    ...(form === undefined
      ? []
      : [
          ...ticksOf(request, texts).map(([isTicked, words]) => tickLine(isTicked, words, texts)),
          ...(form.endDelegatedAdmin === undefined
            ? []
            : [tickLine(form.endDelegatedAdmin, texts.say('form.end-delegated-admin'), texts)]),
        ]),
    ...approvals.flatMap(({ by, comment }) => [
      fact(texts, texts.say('request.approved-by'), by.name),
      ...(comment === undefined ? [] : [fact(texts, texts.say('request.comment'), comment)]),
    ]),
    ...(declined === undefined
      ? []
      : [
          fact(texts, texts.say('request.declined-by'), declined.by.name),
          fact(texts, texts.say('request.reason'), declined.reason),
        ]),
    ...(closed === undefined
      ? []
      : [
          fact(texts, texts.say('request.closed-by'), closed.by.name),
          fact(texts, texts.say('request.reason'), closed.reason),
        ]),
  ];
}

/** Who asked, and why, in so many words of theirs. */
export const whoAndWhy = ({ requester, form }: RemovalRequest, texts: Texts): readonly Element[] => [
  fact(texts, texts.say('request.asked-by'), requester.name, 'medium'),
  ...(form === undefined ? [] : [fact(texts, texts.say('request.reason'), form.reason)]),
  ...(form?.ticket === undefined ? [] : [fact(texts, texts.say('request.ticket'), form.ticket)]),
];

/** What whoever asked had to look after before. */
const ticksOf = (
  { kind, form }: RemovalRequest,
  texts: Texts,
): readonly (readonly [isTicked: boolean, words: string])[] =>
  kind !== 'removal' || form === undefined
    ? []
    : [
        [form.notice, texts.say('form.notice')],
        [form.nextProvider, texts.say('form.next-provider')],
      ];

/** Of that, what was not looked after: it stands above the *Yes* once more. */
export const notTicked = (request: RemovalRequest, texts: Texts): readonly Element[] =>
  ticksOf(request, texts)
    .filter(([isTicked]) => !isTicked)
    .map(([isTicked, words]) => tickLine(isTicked, words, texts));

/** What was not ticked is said too: whoever decides has to see it. */
const tickLine = (isTicked: boolean, words: string, texts: Texts): Element =>
  isTicked
    ? sentence(`✓  ${words}`, { spacing: 'small' })
    : sentence(`✗  ${texts.say('form.not-ticked', { words })}`, { spacing: 'small' });

/** A list on a card, of which so many lines are shown at most; the card of everything has them all. Foreign text. */
export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
  readonly most: number;
}

/** What was done from here, and what had ended before, as for an earlier request that came to nothing. */
export function clearedSections({ request, steps: all }: RequestRecord, texts: Texts): readonly Section[] {
  // What is cancelled is what the request is about, and has a part of its own.
  const steps = all.filter(({ action }) => action !== 'cancel');
  const isOnlySuspended = steps.every(({ action }) => action === 'suspend');
  return [
    {
      title: texts.say(isOnlySuspended ? 'request.suspended' : 'request.done-for-it'),
      lines: steps.flatMap((one) =>
        namesOf(one, texts).map((name) => texts.say('line.named', { name, said: stepState(one, texts) })),
      ),
      most: SHOWN_STEPS,
    },
    {
      title: texts.say('request.inactive'),
      lines: (request.plan?.inactive ?? []).map(({ name, status }) =>
        texts.say('line.named', { name, said: statusText(status, texts) }),
      ),
      most: SHOWN_STEPS,
    },
  ];
}

export const clearedPart = (record: RequestRecord, texts: Texts, room: Room): readonly Element[] =>
  clearedSections(record, texts).flatMap((section) => listed(section, texts, room));

/** A base, and the add-ons that go with it, each with how many there are of it. */
const namesOf = ({ name, quantity, addOns = [] }: ClearingStep, texts: Texts): readonly string[] =>
  [{ name, quantity }, ...addOns].map((one) => texts.say('line.name', { name: one.name, quantity: one.quantity }));

export function listed({ title, lines, most }: Section, texts: Texts, room: Room, about?: string): readonly Element[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, room(most));
  return [
    subheading(title),
    ...(about === undefined ? [] : [sentence(about, { spacing: 'none' })]),
    ...bullets(shown),
    ...rest(lines.length - shown.length, texts),
  ];
}

/** What may stand in the way and what is to know, as it was when the request was sent. */
export function planPart(request: RemovalRequest, texts: Texts, room: Room): readonly Element[] {
  if (request.plan === undefined) return [];
  return [
    ...planGroup('may-block', request, texts, room),
    ...planGroup('to-know', request, texts, room),
    ...plannedDelegatedAdmin(request, texts, room),
  ];
}

type PlanGroup = 'may-block' | 'to-know';

/** One group of it. */
export const planGroup = (group: PlanGroup, request: RemovalRequest, texts: Texts, room: Room): readonly Element[] =>
  listed(
    planSection(group, request, texts),
    texts,
    room,
    group === 'may-block' ? texts.say('readiness.group-may-block-about') : undefined,
  );

export const planSection = (group: PlanGroup, request: RemovalRequest, texts: Texts): Section => ({
  title: texts.say(`readiness.group-${group}`),
  lines: (request.plan?.lines ?? [])
    // What is ended afterwards does not stay.
    .filter((line) => line.group === group && !isToBeEnded(line, request))
    .map((line) => lineTitle(line, texts)),
  most: SHOWN_PLAN,
});

const isToBeEnded = ({ kind }: Line, { plan }: RemovalRequest): boolean =>
  kind === 'delegated-admin' && plan?.delegatedAdmin !== undefined;

export const rest = (count: number, texts: Texts): readonly Element[] =>
  count <= 0 ? [] : [sentence(texts.say('readiness.more-lines', { count }), { isSubtle: true, spacing: 'small' })];

/** How it stands, in one box, with what is waited for and what Partner Center said. */
export function statePart({ request }: RequestRecord, texts: Texts, room: Room): readonly Element[] {
  const { waitingFor, refused } = request;
  const said = refused ?? (request.state === 'verifying' ? undefined : waitingFor?.refused);
  return [
    box(
      STATE_STYLES[request.state],
      ...stateSentences(request, texts).map((text, index) =>
        sentence(text, index === 0 ? { weight: 'bolder' } : { spacing: 'small' }),
      ),
      ...stagePart(request, texts),
      ...saidPart(said, texts),
      ...(request.removal?.goneAt === undefined
        ? []
        : [timeLine(texts.say('request.gone-at', { moment: texts.moment(request.removal.goneAt) }))]),
    ),
    ...inTheWayPart(request, texts, room),
    ...driftPart(request, texts, room),
    ...clockPart(request, texts),
  ];
}

/** The way of a request that is sent, in order. */
const STAGES: readonly RemovalRequest['state'][] = ['pending', 'approved', 'executing', 'verifying'];

/** How far it is, and whose it is how long that takes where nothing but time is waited for: no time is known. */
function stagePart({ state, waitingFor }: RemovalRequest, texts: Texts): readonly Element[] {
  const at = STAGES.indexOf(state) + 1;
  if (at === 0) return [];
  const isMoving = state !== 'pending' && (waitingFor === undefined || waitingFor.why === 'still-listed');
  const step = texts.say('request.stage', { at, of: STAGES.length });
  const takes = isMoving ? ` ${texts.say('request.takes-its-time')}` : '';
  return [sentence(`${step}${takes}`, { size: 'small', isSubtle: true, spacing: 'small' })];
}

/** What Partner Center said: what it means, its words, its code, and the id to quote. Foreign text. */
export function saidPart(said: RefusedCall | undefined, texts: Texts): readonly Element[] {
  if (said === undefined) return [];
  const { meaning, description, status, code, ids } = said;
  const codes = [status, code].filter((part) => part !== undefined).join(' / ');
  return [
    ...(meaning === undefined ? [] : [sentence(texts.say(`code.${meaning}`), { spacing: 'small' })]),
    ...(description === undefined ? [] : [fact(texts, texts.say('request.partner-center-says'), description)]),
    ...(codes === '' ? [] : [fact(texts, texts.say('request.code'), codes)]),
    idFact(texts, texts.say('request.correlation'), ids.correlationId, 'small'),
  ];
}

export const STATE_STYLES: Readonly<
  Record<RemovalRequest['state'], 'good' | 'accent' | 'warning' | 'attention' | 'emphasis'>
> = {
  draft: 'emphasis',
  pending: 'accent',
  approved: 'accent',
  executing: 'accent',
  verifying: 'accent',
  unknown: 'warning',
  blocked: 'attention',
  done: 'good',
  declined: 'attention',
  withdrawn: 'emphasis',
  expired: 'warning',
  void: 'warning',
  abandoned: 'emphasis',
  closed: 'emphasis',
};

/** Before anybody has decided. */
export function undecidedSentences(request: RemovalRequest, texts: Texts): readonly string[] {
  const { state, approvers, approvals, approvalsRequired, sendingSince } = request;
  if (state === 'draft')
    return [texts.say(sendingSince === undefined ? 'request.state-draft' : 'request.state-sending')];
  return [
    texts.say('request.state-pending', { approver: texts.list(approvers.map(({ name }) => name)) }),
    ...(approvalsRequired > 1
      ? [texts.say('request.state-pending-of', { count: approvals.length, of: approvalsRequired })]
      : []),
    ...undeliveredSentence(request, texts),
    ...escalatedSentence(request, texts),
  ];
}

/** It cannot be read in the name of whoever asks, and is not sent before it was. */
export const waitingToSend = ({ requester }: RemovalRequest, texts: Texts): readonly string[] => [
  texts.say('request.waiting-to-send', requester),
  texts.say('request.waiting-to-send-about'),
];

function stateSentences(request: RemovalRequest, texts: Texts): readonly string[] {
  const { state, removal } = request;
  const waiting = waitingSentences(request, texts);
  switch (state) {
    case 'draft':
      if (request.waitingFor !== undefined) return waitingToSend(request, texts);
      if (request.plannedFor !== undefined) return plannedSentences(request.plannedFor, texts);
      return undecidedSentences(request, texts);
    case 'abandoned':
      if (request.voided?.why === 'gone') return [texts.say('request.state-void-gone')];
      // Handed in and taken back before its day is not a draft to whoever did it.
      return [texts.say(request.plannedFor === undefined ? 'request.state-abandoned' : 'request.state-withdrawn')];
    case 'pending':
      return undecidedSentences(request, texts);
    case 'unknown':
      return [
        texts.say('request.state-unknown'),
        texts.say(
          removal?.acceptedAt === undefined ? 'request.state-unknown-no-answer' : 'request.state-unknown-still-listed',
        ),
        ...waiting,
        texts.say('request.state-unknown-close'),
      ];
    case 'blocked':
      return [
        texts.say(
          request.refused?.fault === 'not-resent' ? 'request.state-blocked-not-resent' : 'request.state-blocked',
        ),
      ];
    case 'void':
      return [texts.say(voidText(request))];
    default:
      return [texts.say(`request.state-${state}`), ...waiting];
  }
}

const plannedSentences = ({ day, most }: { readonly day: string; readonly most: number }, texts: Texts) => [
  texts.say('request.state-planned', { day: texts.day(day), most }),
  texts.say('request.state-planned-about'),
];

/** Whom the question has not reached. */
function undeliveredSentence({ undelivered = [], approvers }: RemovalRequest, texts: Texts): readonly string[] {
  const names = approvers.filter(({ id }) => undelivered.includes(id)).map(({ name }) => name);
  return names.length === 0 ? [] : [texts.say('request.undelivered', { names: texts.list(names) })];
}

/** Who else was asked, or told, since nobody had decided. */
function escalatedSentence({ chased }: RemovalRequest, texts: Texts): readonly string[] {
  const { as, to } = chased?.escalated ?? {};
  if (as === undefined || as === 'nobody') return [];
  return as === 'unreachable'
    ? [texts.say('request.escalated-unreachable')]
    : [texts.say(`request.escalated-${as}`, { name: to?.name ?? '' })];
}

/** Whether it was void before it was approved, when nothing had been read for it since. */
export const isUndecided = ({ executeBy }: Pick<RemovalRequest, 'executeBy'>): boolean => executeBy === undefined;

function voidText(request: RemovalRequest): TextKey {
  const { voided, removal, wasRefused } = request;
  const why = voided?.why;
  if (why === 'restored' && isUndecided(request)) return 'request.state-void-restored-undecided';
  if (why === 'gone')
    return (removal === undefined || removal.isUnsent === true) && wasRefused !== true
      ? 'request.state-void-gone'
      : 'request.state-void-gone-refused';
  if (why === 'restored' || why === 'restored-gone') return `request.state-void-${why}`;
  return why?.startsWith('no-longer') === true ? 'request.state-void-people' : 'request.state-void';
}

/** Who or what is waited for, where it is more than the state itself says. */
export function waitingSentences(request: RemovalRequest, texts: Texts): readonly string[] {
  const why = request.waitingFor?.why;
  switch (why) {
    case 'unread':
    case 'throttled':
    case 'clock':
    case 'roles-unread':
      return [texts.say(`request.waiting-${why}`)];
    case 'remove-now':
      return [
        texts.say(request.kind === 'removal' ? 'request.waiting-remove-now' : 'cancellation.waiting-remove-now', {
          name: request.requester.name,
        }),
      ];
    case 'sign-in': {
      const { requester, approvals } = request;
      const { id, name } = request.executor ?? approvals.at(-1)?.by ?? requester;
      return [
        texts.say(request.kind === 'removal' ? 'request.waiting-sign-in' : 'cancellation.waiting-sign-in', { name }),
        ...(id === requester.id ? [] : [texts.say('request.waiting-sign-in-others')]),
      ];
    }
    case 'no-answer':
    case 'still-listed':
    case undefined:
      return [];
  }
}

/** After a refusal: what a new reading has found in the way. */
function inTheWayPart({ inTheWay = [], state }: RemovalRequest, texts: Texts, room: Room): readonly Element[] {
  if (state !== 'blocked' || inTheWay.length === 0) return [];
  const shown = inTheWay.slice(0, room(SHOWN_DRIFT));
  return [
    subheading(texts.say('readiness.group-blocks')),
    ...bullets(shown.map((line) => lineTitle(line, texts))),
    ...rest(inTheWay.length - shown.length, texts),
  ];
}

export function driftPart({ voided }: RemovalRequest, texts: Texts, room: Room): readonly Element[] {
  if (voided?.why !== 'drift' && voided?.why !== 'blocked') return [];
  const lines = voided.drift.map((line) => driftText(line, texts));
  const shown = lines.slice(0, room(SHOWN_DRIFT));
  return [
    subheading(texts.say('request.drift')),
    ...bullets(lines.length > 0 ? shown : [texts.say('drift.blocked')]),
    ...rest(lines.length - shown.length, texts),
  ];
}

/** What is in the way, and what has changed, each as a list of which a card shows a part. */
export const changedSections = (
  { state, inTheWay = [], voided, plan }: RemovalRequest,
  texts: Texts,
): readonly Section[] => [
  {
    title: texts.say('readiness.group-blocks'),
    lines: state === 'blocked' ? inTheWay.map((line) => lineTitle(line, texts)) : [],
    most: SHOWN_DRIFT,
  },
  {
    title: texts.say('request.drift'),
    lines: (voided?.drift ?? []).map((line) => driftText(line, texts)),
    most: SHOWN_DRIFT,
  },
  {
    title: texts.say('request.since'),
    lines: (plan?.since?.lines ?? []).map((line) => driftText(line, texts)),
    most: SHOWN_DRIFT,
  },
];

/** What differs from what was approved before, where that approval is void. */
export function differencePart({ plan }: RemovalRequest, texts: Texts, room: Room): readonly Element[] {
  const { since } = plan ?? {};
  if (since === undefined) return [];
  const lines = since.lines.map((line) => driftText(line, texts));
  const shown = lines.slice(0, room(SHOWN_DRIFT));
  return [
    subheading(texts.say('request.since')),
    ...bullets(lines.length > 0 ? shown : [texts.say('request.since-same')]),
    ...rest(lines.length - shown.length, texts),
    idFact(texts, texts.say('request.since-number'), since.requestId, 'small'),
  ];
}

/** Until when something has to happen and when it is looked at next, in the reader's own time. */
export function clockPart(
  { state, stateSince, approveBy, executeBy, waitingFor }: RemovalRequest,
  texts: Texts,
): readonly Element[] {
  const line = (
    key: 'request.decide-by' | 'request.carry-out-by' | 'request.next-look' | 'request.unknown-since',
    at: string | undefined,
  ) => (at === undefined ? [] : [timeLine(texts.say(key, { moment: texts.moment(at) }))]);
  switch (state) {
    case 'pending':
      return line('request.decide-by', approveBy);
    case 'approved':
    case 'blocked':
      return [...line('request.carry-out-by', executeBy), ...line('request.next-look', waitingFor?.nextLookAt)];
    case 'unknown':
      return [...line('request.unknown-since', stateSince), ...line('request.next-look', waitingFor?.nextLookAt)];
    case 'executing':
    case 'verifying':
      return line('request.next-look', waitingFor?.nextLookAt);
    default:
      return [];
  }
}

/** The end: what stays open, and how the customer can come back. */
export function receiptPart(view: OpenPointsView, texts: Texts, room: Room): readonly Element[] {
  const { record } = view;
  const { comeBackUrl } = record.request;
  return [
    ...endingDelegatedAdmin(record.request, texts, room),
    ...openPointsPart(view, texts, room),
    subheading(texts.say('request.come-back')),
    sentence(texts.say(comeBackUrl === undefined ? 'request.come-back-missing' : 'request.come-back-about'), {
      spacing: 'small',
    }),
    ...(comeBackUrl === undefined ? [] : [sentence(comeBackUrl, { size: 'small', spacing: 'small' })]),
    ...(comeBackUrl !== undefined && isOfMicrosoft(comeBackUrl)
      ? buttons(openUrl(texts.say('button.come-back'), comeBackUrl))
      : []),
  ];
}

export const numberFact = ({ id }: Pick<RemovalRequest, 'id'>, texts: Texts, spacing: Spacing = 'small'): Element =>
  idFact(texts, texts.say('request.number'), id, spacing);

/** What to quote when somebody asks about it, and by what its record is checked once it is done. */
export function idsPart({ request, auditHead }: RequestRecord, texts: Texts): readonly Element[] {
  const { id, state, removal } = request;
  const ids: readonly (readonly [TextKey, string | undefined])[] = [
    ['request.correlation', removal?.correlationId],
    ['request.number', id],
    ['audit.head', state === 'done' ? auditHead : undefined],
  ];
  return ids
    .flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]))
    .map(([key, value], at) => idFact(texts, texts.say(key), value, at === 0 ? 'medium' : 'none'));
}
