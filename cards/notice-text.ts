import type { Line } from '../services/readiness/readiness.ts';
import type { DataDeletion } from '../services/requests/following-up/data-deletion.ts';
import type { OpenPoint } from '../services/requests/following-up/open-points.ts';
import type { RequestRecord } from '../services/requests/request.ts';
import { cut } from './cut.ts';
import type { Room } from './fitting.ts';
import { someNames } from './some-names.ts';
import type { Texts } from './texts/texts.ts';

const SHOWN_NAMES = 12;
const LONGEST_NAME = 80;

/**
 * What a customer is told, a paragraph each: before the removal that it is meant to come, and after it what has become of
 * theirs. Only what was read of them, and approved. Foreign text.
 */
export function noticeText(
  {
    record,
    openPoints,
    deletion,
  }: {
    readonly record: RequestRecord;
    readonly openPoints: readonly OpenPoint[];
    /** Of what is suspended; nothing where the day is not known. */
    readonly deletion: DataDeletion | undefined;
  },
  texts: Texts,
  room: Room,
): readonly string[] {
  const { request } = record;
  const { companyName, domain, id } = request.customer;
  const whose = { company: cut(companyName === '' ? domain || id : companyName, LONGEST_NAME), domain: domain || id };
  const isOver = request.state === 'done';
  const day = texts.plainDay(request.removal?.goneAt ?? request.stateSince);
  const suspended = suspendedNames(record);
  return [
    texts.say('notice.greeting'),
    isOver ? texts.say('notice.ended', { ...whose, day }) : texts.say('notice.planned', whose),
    texts.say(isOver ? 'notice.ended-means' : 'notice.planned-means'),
    ...(suspended.length === 0
      ? []
      : [
          texts.say('notice.suspended', {
            count: suspended.length,
            names: namesIn(suspended, texts, room),
            when: whenDeleted(deletion, texts),
          }),
        ]),
    ...(isOver ? whatIsLeft(record, openPoints, texts, room) : whatIsToCome(record, texts)),
    ...(isOver ? [comeBack(record, texts)] : []),
    texts.say('notice.questions'),
    texts.say('notice.closing'),
    ...(request.requester.name === '' ? [] : [cut(request.requester.name, LONGEST_NAME)]),
  ];
}

/** What a person of theirs may have to see to, and what they need not. */
function whatIsLeft(
  { request: { delegatedAdmin } }: RequestRecord,
  openPoints: readonly OpenPoint[],
  texts: Texts,
  room: Room,
): readonly string[] {
  const left = openPoints.flatMap((point): readonly string[] => {
    if (point.name === 'delegated-admin-left' || point.name === 'delegated-admin-later') return point.names;
    return point.name === 'delegated-admin' && point.line.kind === 'delegated-admin' ? point.line.names : [];
  });
  const terms = openPoints.flatMap((point) => (point.name === 'charges' ? point.terms : []));
  const orders = openPoints.flatMap((point) => (point.name === 'pending-orders' ? point.orders : []));
  const transfers = openPoints.flatMap((point) => (point.name === 'transfers' ? point.transfers : []));
  const has = (name: OpenPoint['name']): boolean => openPoints.some((point) => point.name === name);
  return [
    ...(terms.length === 0
      ? []
      : [
          texts.say('notice.charges', {
            terms: namesIn(
              terms.map(({ name, until }) => texts.say('open.term', { name, date: texts.plainDay(until) })),
              texts,
              room,
            ),
          }),
        ]),
    ...counted('notice.pending-orders', orders, texts),
    ...counted('notice.transfers', transfers, texts),
    ...(left.length > 0 ? [texts.say('notice.delegated-admin', { names: namesIn(left, texts, room) })] : []),
    ...(has('delegated-admin-unread') ? [texts.say('notice.delegated-admin-unread')] : []),
    ...(left.length === 0 && (delegatedAdmin?.relationships ?? []).length > 0
      ? [texts.say('notice.delegated-admin-ended')]
      : []),
    ...(has('azure-roles') ? [texts.say('notice.azure-roles')] : []),
  ];
}

function whatIsToCome({ request: { plan } }: RequestRecord, texts: Texts): readonly string[] {
  const linesOf = (wanted: Line['kind']) => (plan?.lines ?? []).filter(({ kind }) => kind === wanted);
  return [
    ...counted('notice.planned-pending-orders', linesOf('pending-order'), texts),
    ...counted('notice.planned-transfers', linesOf('transfer'), texts),
    ...((plan?.delegatedAdmin ?? []).length > 0 ? [texts.say('notice.planned-delegated-admin')] : []),
    ...(linesOf('azure-roles').length > 0 ? [texts.say('notice.azure-roles')] : []),
  ];
}

const counted = (
  key: `notice.${'' | 'planned-'}${'pending-orders' | 'transfers'}`,
  lines: readonly Line[],
  texts: Texts,
): readonly string[] => (lines.length === 0 ? [] : [texts.say(key, { count: lines.length })]);

const comeBack = ({ request: { comeBackUrl } }: RequestRecord, texts: Texts): string =>
  comeBackUrl === undefined
    ? texts.say('notice.come-back-missing')
    : texts.say('notice.come-back', { url: comeBackUrl });

const whenDeleted = (deletion: DataDeletion | undefined, texts: Texts): string =>
  deletion === undefined
    ? texts.say('notice.deleted-later')
    : texts.say(`notice.deleted-${deletion.kind}`, { date: texts.plainDay(deletion.at) });

/** Suspended from here, or before by whomever. */
const suspendedNames = ({ request, steps }: RequestRecord): readonly string[] => [
  ...steps.flatMap(({ action, state, name, addOns = [] }) =>
    action === 'suspend' && state === 'done' ? [name, ...addOns.map((addOn) => addOn.name)] : [],
  ),
  ...(request.plan?.inactive ?? []).flatMap(({ name, status }) => (status === 'suspended' ? [name] : [])),
];

const namesIn = (names: readonly string[], texts: Texts, room: Room): string =>
  someNames(names, room(SHOWN_NAMES), texts);
