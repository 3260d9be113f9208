import type { AskedStep, AuditAction, SoughtAction, StepEvent, StepName } from '../services/audit/audit-actions.ts';
import type { AuditEntry } from '../services/audit/audit-chain.ts';
import type { Element } from './adaptive-card.ts';
import { fact, sentence, timeLine } from './elements.ts';
import { someNames } from './some-names.ts';
import { en, type TextKey } from './texts/en.ts';
import type { Texts } from './texts/texts.ts';

const ACTIONS: Readonly<Record<Exclude<AuditAction, StepEvent>, TextKey>> = {
  'request.opened': 'audit.opened',
  'request.sending': 'audit.sending',
  'request.sent': 'audit.sent',
  'request.not-sent': 'audit.not-sent',
  'request.planned': 'audit.planned',
  'request.approved': 'audit.approved',
  'request.declined': 'audit.declined',
  'request.passed': 'audit.passed',
  'request.reminded': 'audit.reminded',
  'request.expiring': 'audit.expiring',
  'request.escalated': 'audit.escalated',
  'request.still-unknown': 'audit.still-unknown',
  'request.withdrawn': 'audit.withdrawn',
  'request.abandoned': 'audit.abandoned',
  'request.expired': 'audit.expired',
  'request.void': 'audit.void',
  'request.continued': 'audit.continued',
  'request.taken-over': 'audit.taken-over',
  'request.remove-now': 'audit.remove-now',
  'request.closed': 'audit.closed',
  'approval.undelivered': 'audit.undelivered',
  'cancellation.begun': 'audit.cancellation-begun',
  'cancellation.ended': 'audit.cancellation-ended',
  'suspension.asked': 'audit.suspension-asked',
  'open-point.ticked': 'audit.point-ticked',
  'open-point.unticked': 'audit.point-unticked',
  'batch.begun': 'audit.batch-begun',
  'batch.clearing': 'audit.batch-clearing',
  'batch.asked': 'audit.batch-asked',
  'batch.stopped': 'audit.batch-stopped',
  'undo.reminded': 'audit.undo-reminded',
  'delegated-admin.left-open': 'audit.delegated-admin-left-open',
  refused: 'audit.refused-try',
  'refused.more': 'audit.refused-more',
  'audit.shown': 'audit.was-shown',
  'audit.searched': 'audit.was-searched',
  'audit.exported': 'audit.was-exported',
  'audit.verified': 'audit.was-verified',
  'audit.lost': 'audit.were-lost',
  'spool.refused': 'audit.note-refused',
  'bot.started': 'audit.started',
  'bot.stopped': 'audit.stopped',
};

const STEPS: Readonly<Record<StepEvent, TextKey>> = {
  'step.asked': 'audit.step-asked',
  'step.intent': 'audit.step-intent',
  'step.outcome': 'audit.step-outcome',
  'step.verified': 'audit.step-verified',
};

const OF_STEPS: Readonly<Record<StepName, TextKey>> = {
  removal: 'audit.of-removal',
  suspend: 'audit.of-suspend',
  reactivate: 'audit.of-reactivate',
  'auto-renew-off': 'audit.of-auto-renew-off',
  'delegated-admin': 'audit.of-delegated-admin',
  cancel: 'audit.of-cancel',
};

const SENT = ['step.intent', 'step.outcome', 'step.verified'] as const satisfies StepEvent[];
const ASKED: Readonly<Record<AskedStep, true>> = { suspend: true, reactivate: true, 'auto-renew-off': true };
const isAsked = (step: StepName): step is AskedStep => Object.hasOwn(ASKED, step);

/** What looks for something in the record, and what it may name. */
const LOOKS: ReadonlySet<string> = new Set<AuditAction>(['audit.searched', 'audit.exported']);
const SOUGHT = ['named', 'customer', 'person', 'request', 'id', 'format'];

/** Names of what entries are about, by id: subscriptions, and delegated admin relationships. Foreign text. */
export type NamesOfThings = ReadonlyMap<string, string>;

/** One entry in plain words: what, who, what is worth knowing of it, and when. */
export function entryParts(entry: AuditEntry, who: string, things: NamesOfThings, texts: Texts): readonly Element[] {
  return [
    sentence(`${entry.seq}.  ${whatText(entry, texts)}`, { weight: 'bolder', spacing: 'medium' }),
    fact(texts, texts.say('audit.by'), who, 'none'),
    ...detailsOf(entry, texts, things).map(([label, value]) => fact(texts, label, value, 'none')),
    ...(Number.isNaN(Date.parse(entry.at)) ? [] : [timeLine(texts.moment(entry.at))]),
  ];
}

/** All that can be looked for, in plain words: what happens with single steps comes first, each step from its beginning to its end. */
export const entryKinds = (texts: Texts): readonly { readonly action: SoughtAction; readonly text: string }[] => [
  ...namesIn(OF_STEPS).flatMap((step) => {
    const text = (event: StepEvent): string => texts.say(STEPS[event], { step: texts.say(OF_STEPS[step]) });
    return [
      ...(isAsked(step) ? [{ action: `step.asked:${step}` as const, text: text('step.asked') }] : []),
      ...SENT.map((event) => ({ action: `${event}:${step}` as const, text: text(event) })),
    ];
  }),
  ...namesIn(ACTIONS).map((action) => ({ action, text: texts.say(ACTIONS[action]) })),
];

const namesIn = <Name extends string>(table: Readonly<Record<Name, TextKey>>): readonly Name[] =>
  Object.keys(table) as Name[];

/** What an entry says has happened. */
export function whatText({ action, detail }: AuditEntry, texts: Texts): string {
  if (isIn(STEPS, action)) return texts.say(STEPS[action], { step: stepText(detail?.['step'], texts) });
  return isIn(ACTIONS, action) ? texts.say(ACTIONS[action]) : texts.say('audit.other', { action });
}

const isIn = <Key extends string>(table: Readonly<Record<Key, TextKey>>, action: string): action is Key =>
  Object.hasOwn(table, action);

function stepText(step: unknown, texts: Texts): string {
  const name = textOf(step);
  return isIn(OF_STEPS, name) ? texts.say(OF_STEPS[name]) : name;
}

/** What is worth knowing of an entry, each with what it is. What others wrote, and ids to quote, stand as they are. */
export function detailsOf(
  { action, detail = {} }: AuditEntry,
  texts: Texts,
  things: NamesOfThings = new Map(),
): readonly (readonly [label: string, value: string])[] {
  const why = textOf(detail['why']);
  const whyKey = `audit.why-${why}`;
  const point = textOf(detail['point']);
  const pointKey = `open.name-${point}`;
  const answer = [detail['status'], detail['code'], detail['fault']].map(textOf).filter((part) => part !== '');
  const facts: readonly (readonly [TextKey, string])[] = [
    ['audit.about', thingsText(detail, things, texts)],
    ['audit.why', isTextKey(whyKey) ? texts.say(whyKey) : why],
    ['audit.point', isTextKey(pointKey) ? texts.say(pointKey) : point],
    ['audit.how-many', textOf(detail['events'])],
    ['audit.file', textOf(detail['file'])],
    ['audit.sought', LOOKS.has(action) ? soughtText(detail, texts) : ''],
    ['request.reason', textOf(detail['reason'])],
    ['request.comment', textOf(detail['comment'])],
    action === 'request.approved'
      ? ['audit.approvals-of', shareOf(detail['approvals'], detail['of'])]
      : ['audit.cancelled-of', shareOf(detail['done'], detail['of'])],
    ['request.code', answer.join(' / ')],
    ['request.correlation', textOf(detail['correlationId'])],
  ];
  return facts.filter(([, value]) => value !== '').map(([label, value]) => [texts.say(label), value]);
}

/** In which days something was looked for in the record, and what: names and ids as they were given. */
function soughtText(detail: NonNullable<AuditEntry['detail']>, texts: Texts): string {
  const [from, before, action] = [detail['from'], detail['before'], detail['action']].map(textOf);
  const end = Date.parse(before ?? '');
  const to = Number.isNaN(end) ? before : new Date(end - 1).toISOString();
  return [
    daysText({ from: from?.slice(0, 10), to: to?.slice(0, 10) }),
    action === undefined ? undefined : (entryKinds(texts).find((one) => one.action === action)?.text ?? action),
    ...SOUGHT.map((name) => textOf(detail[name])),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** One day, or the first and the last; where one of them is missing, it goes on without end. */
export const daysText = ({ from = '', to = '' }: { from?: string | undefined; to?: string | undefined }): string =>
  from === to ? from : `${from} – ${to}`.trim();

/** So many are named; the rest is counted. */
const NAMED_THINGS = 3;

/** What an entry is about; what nobody has the name of, by its id. */
function thingsText(detail: NonNullable<AuditEntry['detail']>, things: NamesOfThings, texts: Texts): string {
  const { subscription, relationship, subscriptions = [] } = detail;
  const ids = [subscription, relationship, subscriptions]
    .flat()
    .map((id) => textOf(id))
    .filter((id) => id !== '');
  return someNames(
    ids.map((id) => things.get(id) ?? id),
    NAMED_THINGS,
    texts,
  );
}

/** So many of so many; nothing where that is not kept. */
const shareOf = (count: unknown, of: unknown): string =>
  textOf(count) === '' || textOf(of) === '' ? '' : `${textOf(count)} / ${textOf(of)}`;

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const isTextKey = (key: string): key is TextKey => Object.hasOwn(en, key);
