import {
  batchCard,
  batchClearCard,
  batchListCard,
  batchMovedCard,
  batchStopCard,
  type BatchListView,
  type BatchView,
} from '../../cards/batch-card.ts';
import { batchCustomerCard } from '../../cards/batch-customer-card.ts';
import { batchFormCard, type BatchFormView } from '../../cards/batch-form-card.ts';
import { batchToldCard, type BatchToldView } from '../../cards/batch-told-card.ts';
import { suspensionsLeft } from '../../cards/limit-texts.ts';
import { cleanText } from '../../services/clean-text.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import type { Batch, Fate, Member, Reading } from '../../services/batches/batch.ts';
import { progressOf, standingOf, stoppable, type StandingMember } from '../../services/batches/standing.ts';
import { besidesOf } from '../../services/readiness/besides.ts';
import type { Line, Verdict } from '../../services/readiness/readiness.ts';
import type { RemovalRequest } from '../../services/requests/request.ts';
import type { ForeignTexts } from './foreign-texts.ts';
import {
  customerOf,
  everyLine,
  goneReadiness,
  guidNumber,
  linesOf,
  NONCE,
  READ_AT,
  readinessOf,
  SOURCES,
  stepOf,
  TERM_END,
} from './readiness-views.ts';
import { APPROVER_ID, everyRequest, recordOf, REQUESTER_ID } from './request-records.ts';
import type { Sketch, Sketches } from './sketch.ts';

const BATCH_ID = guidNumber(9_000);
const MANY = 50;

const batchOf = ({ name }: ForeignTexts, more: Partial<Batch> = {}): Batch => ({
  schema: 1,
  id: BATCH_ID,
  requester: { id: REQUESTER_ID, name },
  begunAt: READ_AT,
  revision: 3,
  fates: [],
  more: 0,
  forms: [],
  ...more,
});

const memberOf = ({ name, domain }: ForeignTexts, n: number, more: Partial<Member> = {}): Member => ({
  customer: { id: guidNumber(n), companyName: name, domain },
  line: n,
  ...more,
});

const suspendable = ({ name }: ForeignTexts, count: number) =>
  Array.from({ length: count }, (_, n) => ({
    ...{ holdingId: guidNumber(n), name, quantity: n + 1 },
    ...(n === 1 && { class: 'azure-plan' as const, hasAddOns: true as const }),
  }));

const readings = (foreign: ForeignTexts): readonly Reading[] => [
  { at: READ_AT, kind: 'ready', delegatedAdmin: 'live' },
  { at: READ_AT, kind: 'clear-here', count: 1, suspendable: suspendable(foreign, 1) },
  { at: READ_AT, kind: 'clear-here', count: 5, suspendable: suspendable(foreign, 5) },
  { at: READ_AT, kind: 'approve-first', count: 2 },
  { at: READ_AT, kind: 'elsewhere', count: 1 },
  { at: READ_AT, kind: 'wait', until: TERM_END },
  { at: READ_AT, kind: 'wait', until: TERM_END, orTransfer: true },
  { at: READ_AT, kind: 'open', holder: foreign.name },
  { at: READ_AT, kind: 'unread', sources: SOURCES.slice(0, 3) },
  { at: READ_AT, kind: 'gone' },
];

const NOT_ASKED = [
  ...(['not-a-requester', 'taken', 'request-open', 'settling', 'no-room', 'too-many-open', 'wrong-domain'] as const),
  ...(['no-approver', 'not-an-approver', 'approver-unreachable', 'too-few-approvers', 'approvers-unread'] as const),
  ...(['clearing', 'reason-too-short', 'reason-too-long', 'ticket-too-long', 'restored'] as const),
];
const NOT_CLEARED = [
  ...([
    'not-a-requester',
    'taken',
    'request-open',
    'settling',
    'no-room',
    'no-suspensions-left',
    'nothing-to-do',
    'restored',
  ] as const),
];

const fatesOf = ({ name, domain }: ForeignTexts): readonly Fate[] => [
  { line: 3, text: name, why: 'duplicate', of: 1 },
  { line: 4, text: name, why: 'own-tenant' },
  { line: 5, text: name, why: 'unknown' },
  { line: 6, text: name, why: 'not-exact', names: [domain, domain] },
  { line: 7, text: name, why: 'ambiguous', names: [domain, domain, domain] },
  { line: 8, text: name, why: 'contradicts', names: [domain] },
  { line: 9, text: name, why: 'removed', at: READ_AT },
  { line: 10, text: name, why: 'too-many', most: MANY },
  { line: 11, text: name, why: 'unread' },
  { line: 12, text: name, why: 'unreadable' },
];

/** Several customers at once, in every state that their requester and an approver see. */
export function batchCards(foreign: ForeignTexts, texts: Texts): Sketches {
  const nonceOf = (): string => NONCE;
  const other = (card: Sketch['card'], kind: Sketch['kind'] = 'other'): Sketch => ({
    card,
    kind,
    isAboutCustomer: false,
  });
  const shown = (standings: readonly StandingMember[], more: Partial<BatchView> = {}): Sketch =>
    other(
      batchCard(
        {
          ...{ batch: batchOf(foreign), standings, progress: progressOf(standings), page: 0, nonce: NONCE, nonceOf },
          ...{ ready: 0, clearable: 0, isSandbox: false },
          ...more,
        },
        texts,
      ),
    );
  const read = readings(foreign).map((reading, n) => memberOf(foreign, n + 1, { reading }));
  const standing = (members: readonly Member[], request?: RemovalRequest): readonly StandingMember[] =>
    members.map((member) => ({ member, standing: standingOf(member, request && recordOf(request)) }));
  const asked = (n: number): Member =>
    memberOf(foreign, n, { requestId: guidNumber(n), ask: { form: 0, at: READ_AT, outcome: {} } });
  const requests = everyRequest(foreign);
  const everyAsked = Object.values(requests).map((request, n): StandingMember => ({
    member: asked(n),
    standing: standingOf(asked(n), recordOf(request)),
  }));
  const pages = Math.ceil(everyAsked.length / 10);
  const askedPages: Sketches = Object.fromEntries(
    Array.from({ length: pages }, (_, page) => [`batch, asked for, page ${page}`, shown(everyAsked, { page })]),
  );
  const wanted = memberOf(foreign, 1, { ask: { form: 0, at: READ_AT } });
  const clearing = memberOf(foreign, 2, { clear: { at: READ_AT, holdingIds: ['1', '2'] } });
  const begunClearing: StandingMember = {
    member: clearing,
    standing: standingOf(
      { ...clearing, clear: { at: READ_AT, holdingIds: ['1'], outcome: {} } },
      recordOf({ ...requests['pending']!, state: 'draft' }, [stepOf(foreign, 'done'), stepOf(foreign, 'sent')]),
    ),
  };
  const late = { ...asked(1), stop: 'too-late' as const };
  const filledIn = { reason: foreign.reason, count: '3', ticket: cleanText(foreign.name, 60), approver: APPROVER_ID };
  const form = (count: number, more: Partial<BatchFormView> = {}): Sketch =>
    other(
      batchFormCard(
        {
          batch: batchOf(foreign),
          members: Array.from({ length: count }, (_, n) =>
            memberOf(foreign, n + 1, {
              reading: { at: READ_AT, kind: 'ready', delegatedAdmin: n % 2 === 0 ? 'live' : 'unread' },
            }),
          ),
          approvers: [{ id: APPROVER_ID, name: foreign.name, isProposed: true }],
          ...{ filledIn: {}, nonce: NONCE, namedNonce: `${NONCE}.x`, isSandbox: true },
          ...more,
        },
        texts,
      ),
    );
  const clear = (count: number, page: number, kind: Sketch['kind'], problem?: string): Sketch =>
    other(
      batchClearCard(
        {
          batch: batchOf(foreign),
          members: Array.from({ length: count }, (_, n) =>
            memberOf(foreign, n + 1, {
              reading: { at: READ_AT, kind: 'clear-here', count: 2, suspendable: suspendable(foreign, 2) },
            }),
          ),
          ...{ page, nonce: NONCE, namedNonce: `${NONCE}.x`, yesNonce: `${NONCE}.y`, isSandbox: true },
          left: suspensionsLeft({ count: 3, most: 500, next: TERM_END }, texts),
          ...(problem !== undefined && { problem }),
        },
        texts,
      ),
      kind,
    );
  const list = (some: readonly RemovalRequest[], more: Partial<BatchListView> = {}): Sketch =>
    other(
      batchListCard(
        {
          ...{ batchId: BATCH_ID, requests: some, page: 0, nonce: NONCE, nonceOf, isSandbox: true },
          besidesOf: () => besidesOf(everyLine(foreign)),
          ...more,
        },
        texts,
      ),
    );
  const pending = requests['pending']!;
  const left = (count: number) => ({
    request: requests['declined'] ?? pending,
    items: Array.from({ length: count }, (_, n) => ({
      ...{ holdingId: guidNumber(n), class: 'legacy-licence' as const, name: foreign.name, quantity: 1 },
      ...{ addOns: [], isUncertain: false, ...(n === 0 && { deletedAt: TERM_END }) },
    })),
  });
  const told = (some: BatchToldView['requests']): Sketch =>
    other(batchToldCard({ requests: some, isSandbox: true }, texts));
  const known = read.flatMap((member) =>
    [everyLine(foreign), linesOf(foreign, 'to-know', 2).map((line) => ({ ...line, billedUntil: TERM_END }))].map(
      (lines): Member => {
        const besides = besidesOf(lines);
        return { ...member, reading: { ...member.reading!, ...(besides && { besides }) } };
      },
    ),
  );
  const moving = Array.from({ length: 50 }, (_, n) => {
    const besides = besidesOf(everyLine(foreign).filter(({ kind }) => n % 2 === 0 || kind !== 'transfer'));
    return memberOf(foreign, n + 1, { reading: { at: READ_AT, kind: 'ready', ...(besides && { besides }) } });
  });
  const customer = (lines: readonly Line[], verdict: Verdict, page: number): Sketch => ({
    card: batchCustomerCard(
      {
        batch: batchOf(foreign),
        customer: customerOf(foreign),
        readiness: readinessOf(foreign, verdict, lines),
        ...{ page, nonce: NONCE, isSandbox: true },
      },
      texts,
    ),
  });
  return {
    'batch, looked up': shown([], {
      batch: batchOf(foreign, { list: { lines: [{ line: 1, name: foreign.name }], more: 0 } }),
    }),
    'batch, being read': shown(standing([memberOf(foreign, 1, { isReadWanted: true }), ...read.slice(0, 2)])),
    'batch, read': shown(standing(read), { ready: 1, clearable: 2, isSandbox: true }),
    'batch, several ready': shown(standing(Array.from({ length: MANY }, (_, n) => ({ ...read[0]!, line: n }))), {
      ...{ ready: MANY, clearable: 5, page: 2 },
    }),
    'batch, read, with what is suspended from here': shown(
      standing(read.map((member, n) => ({ ...member, reading: { ...member.reading!, suspendedHere: n + 1 } }))),
      { ready: 1 },
    ),
    'batch, read, with more to know': shown(standing(known), { ready: 2, clearable: 4 }),
    'batch, read, with more to know, second page': shown(standing(known), { ready: 2, clearable: 4, page: 1 }),
    'batch, customer': customer(linesOf(foreign, 'to-know', 3), { kind: 'clear' }, 0),
    'batch, customer, everything': customer(everyLine(foreign), { kind: 'cannot-tell', sources: SOURCES }, 0),
    'batch, customer, second page of everything': customer(everyLine(foreign), { kind: 'elsewhere', count: 3 }, 1),
    'batch, customer, last page of everything': customer(
      everyLine(foreign),
      { kind: 'clear-here', count: 3, cancellations: 1 },
      1_000,
    ),
    'batch, customer, no longer ours': {
      card: batchCustomerCard(
        {
          ...{ batch: batchOf(foreign), customer: customerOf(foreign), readiness: goneReadiness(foreign) },
          ...{ isNoLongerOurs: true, page: 0, nonce: NONCE, isSandbox: false },
        },
        texts,
      ),
    },
    'batch, customer, being read': {
      card: batchCustomerCard(
        { batch: batchOf(foreign), customer: customerOf(foreign), page: 0, nonce: NONCE, isSandbox: false },
        texts,
      ),
    },
    'batch, 200 lines that are not taken': shown([], {
      batch: batchOf(foreign, {
        fates: Array.from({ length: 200 }, (_, n): Fate => ({ line: n + 1, text: foreign.name, why: 'unknown' })),
      }),
      page: 3,
    }),
    'batch, lines that are not taken': shown(standing(read.slice(0, 1)), {
      ...{ ready: 1, batch: batchOf(foreign, { fates: [...fatesOf(foreign)], more: 3 }) },
    }),
    'batch, not asked for': shown(
      standing(
        NOT_ASKED.map((why, n) => ({ ...read[0]!, line: n, ask: { form: 0, at: READ_AT, outcome: { why } } })).slice(
          0,
          10,
        ),
      ),
    ),
    'batch, not asked for either': shown(
      standing(
        NOT_ASKED.map((why, n) => ({ ...read[0]!, line: n, ask: { form: 0, at: READ_AT, outcome: { why } } })).slice(
          10,
        ),
      ),
    ),
    'batch, not cleared': shown(
      standing(
        NOT_CLEARED.map((why, n) => ({
          ...read[1]!,
          line: n,
          clear: { at: READ_AT, holdingIds: ['1'], outcome: { why } },
        })),
      ),
      { clearable: 7 },
    ),
    'batch, under way': shown([...standing([wanted, clearing]), begunClearing]),
    ...askedPages,
    'batch, not delivered': shown([
      { member: asked(1), standing: standingOf(asked(1), recordOf({ ...pending, undelivered: [APPROVER_ID] })) },
    ]),
    'batch, stopped': shown(
      [{ member: late, standing: standingOf(late, recordOf(requests['executing'] ?? pending)) }],
      {
        batch: batchOf(foreign, { stoppedAt: READ_AT }),
      },
    ),
    'batch, refused': shown(standing(read.slice(0, 1)), { problem: texts.say('batch.refused-changed'), ready: 1 }),
    'batch, noticed': shown(standing(read.slice(0, 1)), { notice: texts.say('batch.opened'), ready: 1 }),
    'batch form': form(2),
    'batch form for one': form(1),
    'batch form for many': form(MANY),
    'batch form, with more to know': form(3, { members: known.slice(0, 3) }),
    'batch form, with transfers open': form(0, { members: moving }),
    'batch form refused': form(3, {
      filledIn,
      problems: [
        { field: 'reason', text: texts.say('form.fault-reason-too-short') },
        { field: 'count', text: texts.say('batch.fault-count') },
        { field: 'ticket', text: texts.say('form.fault-ticket-too-long') },
        { field: 'approver', text: texts.say('form.fault-not-an-approver') },
        { text: texts.say('batch.refused-changed') },
      ],
    }),
    'batch clearing': clear(2, 0, 'confirm'),
    'batch clearing, first page of 300': clear(MANY, 0, 'other'),
    'batch clearing, last page of 300': clear(MANY, 1_000, 'confirm'),
    'batch clearing, changed since': clear(MANY, 0, 'other', texts.say('batch.refused-changed')),
    'batch stop': other(
      batchStopCard(
        { batch: batchOf(foreign), nonce: NONCE, notBegun: 2, withdrawn: 1, clearing: 2, tooLate: 5 },
        texts,
      ),
      'confirm',
    ),
    'batch stop, of nothing': other(
      batchStopCard(
        { batch: batchOf(foreign), nonce: NONCE, ...stoppable({ batch: batchOf(foreign), members: [] }, new Map()) },
        texts,
      ),
      'confirm',
    ),
    'batch list': list([pending, { ...pending, id: guidNumber(1) }, requests['declined'] ?? pending]),
    'batch list of one': list([pending]),
    'batch list, everything decided': list([requests['declined'] ?? pending, requests['done'] ?? pending]),
    'batch list of many': list(
      Array.from({ length: MANY }, (_, n) => ({ ...pending, id: guidNumber(n) })),
      { page: 1, problem: texts.say('batch.refused-changed') },
    ),
    'batch list, nothing': list([]),
    'batch, left suspended': shown([
      { member: asked(1), standing: standingOf(asked(1), recordOf(requests['declined'] ?? pending)), left: left(3) },
      { member: read[0]!, standing: standingOf(read[0]!, undefined), left: left(1) },
    ]),
    'batch, told of what nobody decides': told([{ request: pending }, { request: requests['done'] ?? pending }]),
    'batch, told of what is left suspended': told([{ request: requests['expired'] ?? pending, left: left(5) }]),
    'batch, told of many': told(
      Array.from({ length: MANY }, (_, n) => ({
        request: n % 2 === 0 ? pending : (requests['declined'] ?? pending),
        ...(n % 2 === 1 && { left: left(n) }),
      })),
    ),
    'batch, moved': other(batchMovedCard(texts.say('batch.title'), texts)),
  };
}
