import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import { approvalCard, confirmApproveCard, confirmDeclineCard } from '../../cards/approval-card.ts';
import { auditCard } from '../../cards/audit-card.ts';
import { foundEntriesCard } from '../../cards/found-entries-card.ts';
import { confirmStepCard, type ConfirmStepView } from '../../cards/confirm-step-card.ts';
import { customerNoticeCard } from '../../cards/customer-notice-card.ts';
import { customerPickerCard, type CustomerPickerView } from '../../cards/customer-picker-card.ts';
import { dryRunCard } from '../../cards/dry-run-card.ts';
import { cancelCard } from '../../cards/cancel-card.ts';
import { helpCard } from '../../cards/help-card.ts';
import { faultCard, noticeCard } from '../../cards/notice-card.ts';
import { providerCard } from '../../cards/provider-card.ts';
import { readinessCard, readingCard, type ReadinessView } from '../../cards/readiness-card.ts';
import { removedCard } from '../../cards/removed-card.ts';
import { movedCard, removeNowCard, requestCard, withdrawCard } from '../../cards/request-card.ts';
import { requestFormCard } from '../../cards/request-form-card.ts';
import { requestListCard } from '../../cards/request-list-card.ts';
import { REQUEST_FILTERS } from '../../cards/actions.ts';
import { linkToTab } from '../../cards/links.ts';
import { requestsCard } from '../../cards/requests-card.ts';
import { waitsForPerson } from '../../services/requests/removing/carrying-out.ts';
import { hasNotice } from '../../services/requests/following-up/customer-notice.ts';
import { dataDeletion } from '../../services/requests/following-up/data-deletion.ts';
import { openPointsOf } from '../../services/requests/following-up/open-points.ts';
import { LANGUAGES, textsFor, type Language, type Texts } from '../../cards/texts/texts.ts';
import { watchCard } from '../../cards/watch-card.ts';
import { watchesCard } from '../../cards/watches-card.ts';
import { welcomeCard } from '../../cards/welcome-card.ts';
import { undoOf } from '../../services/requests/giving-back/giving-back.ts';
import type { ClearingStep } from '../../services/requests/clearing/clearing-step.ts';
import type { RemovalRequest } from '../../services/requests/request.ts';
import type { HoldingClass, Offer, Verdict } from '../../services/readiness/readiness.ts';
import { FOREIGN, type ForeignTexts } from './foreign-texts.ts';
import {
  CLASSES,
  CUSTOMER_ID,
  customerOf,
  everyLine,
  everyStep,
  goneReadiness,
  guidNumber,
  IDS,
  linesOf,
  NONCE,
  READ_AT,
  offerOf,
  readinessOf,
  readinessView,
  SOURCES,
  stepOf,
  TERM_END,
  transferTo,
} from './readiness-views.ts';
import { auditView, everyEntry, foundView } from './audit-views.ts';
import { batchCards } from './batch-views.ts';
import { cancellationCards, everyCancellation, everyProblem } from './cancellation-views.ts';
import { decidingCards } from './deciding-views.ts';
import { seldomCards } from './seldom-views.ts';
import type { Sketch, Sketches } from './sketch.ts';
import { leftSuspended, undoCards } from './undo-views.ts';
import { APPROVER_ID, everyDelegatedAdmin, everyRequest, planOf, recordOf, REQUESTER_ID } from './request-records.ts';

/** One card that the bot can send, and what it is. */
export interface Hung {
  /** What the card shows. */
  readonly title: string;
  /** The same, in which language, with whose texts. */
  readonly name: string;
  readonly language: Language;
  /** Whose texts are on it, by a name of `FOREIGN`. */
  readonly whose: string;
  readonly card: AdaptiveCard;
  readonly kind: NonNullable<Sketch['kind']>;
  /** For a card about one customer, by what somebody knows which. */
  readonly customer?: { readonly id: string; readonly domain: string };
}

/** States of which the list of everything is drawn too; it is the same in all others. */
const LISTED: ReadonlySet<string> = new Set(['pending', 'done']);
const TEAMS_ID = '29:1jW0pQx7bVb2s5rTzKc9uYdE4hFgA6mNnLiOeRtSvUwXyZ0aBcDeFgHiJkLmNoPq';
export const VERDICTS: readonly Verdict[] = [
  { kind: 'clear' },
  ...[1, 2, 5].map((count): Verdict => ({ kind: 'clear-here', count })),
  ...[1, 2, 5].map((count): Verdict => ({ kind: 'clear-here', count: 7, cancellations: count })),
  ...[1, 2, 5].map((count): Verdict => ({ kind: 'elsewhere', count })),
  { kind: 'not-before', date: TERM_END, billingEnds: true },
  { kind: 'not-before', date: TERM_END, billingEnds: false },
  { kind: 'not-before', date: TERM_END, billingEnds: true, orTransfer: true },
  { kind: 'not-before', date: TERM_END, billingEnds: false, orTransfer: true },
  { kind: 'cannot-tell', sources: ['orders'] },
  { kind: 'cannot-tell', sources: SOURCES },
];

/** Every card the bot can send, in every state, in one language, with texts that others wrote. */
export function hang(
  whose: string,
  foreign: ForeignTexts,
  language: Language,
  texts: Texts = textsFor(language),
): readonly Hung[] {
  const customer = { id: CUSTOMER_ID, domain: foreign.domain };
  const sketches: Sketches = {
    ...readinessCards(foreign, texts),
    ...confirmStepCards(foreign, texts),
    ...pickers(foreign, texts),
    ...forms(foreign, texts),
    ...requestCards(foreign, texts),
    ...smallCards(foreign, texts),
    ...lookingCards(foreign, texts),
    ...auditCards(foreign, texts),
    ...undoCards(foreign, texts),
    ...cancellationCards(foreign, texts),
    ...decidingCards(foreign, texts),
    ...seldomCards(foreign, texts),
    ...customerNotices(foreign, texts),
    ...batchCards(foreign, texts),
  };
  return Object.entries(sketches).map(([name, { card, kind = 'other', isAboutCustomer = true }]) => ({
    title: name,
    name: `${name} (${language}, ${whose})`,
    language,
    whose,
    card,
    kind,
    ...(isAboutCustomer && { customer }),
  }));
}

const ALL_LANGUAGES = Object.keys(LANGUAGES) as Language[];
/** Texts whose length counts, which is another one beside the words of each language. */
const IN_EACH_LANGUAGE = new Set(['everyday', 'long', 'astral', 'cyrillic']);

/** All of them with everyday names and long ones in each language, and with names that attack, the languages in turn. */
export const gallery: readonly Hung[] = Object.entries(FOREIGN).flatMap(([whose, foreign], at) => {
  const inTurn = ALL_LANGUAGES.slice(at % ALL_LANGUAGES.length).slice(0, 1);
  const languages = IN_EACH_LANGUAGE.has(whose) ? ALL_LANGUAGES : inTurn;
  return languages.flatMap((language) => hang(whose, foreign, language));
});

function readinessCards(foreign: ForeignTexts, texts: Texts): Sketches {
  const lines = everyLine(foreign);
  const withLines = (...shown: typeof lines) => ({
    readiness: readinessOf(foreign, { kind: 'elsewhere', count: shown.length }, shown),
  });
  const show = (verdict: Verdict, view: Parameters<typeof readinessView>[2] = {}): Sketch => ({
    card: readinessCard(readinessView(foreign, verdict, view), texts),
  });
  const clear: Verdict = { kind: 'clear' };
  const newCommerce = linesOf(foreign, 'blocks', 4).map((line) => ({
    ...line,
    class: 'new-commerce-licence' as const,
    remedies: [],
  }));
  const withOffers = {
    ...withLines(...newCommerce),
    offers: [
      ...newCommerce.flatMap(({ holdingId, class: holdingClass }) =>
        (['suspend', 'auto-renew-off', 'cancel'] as const).map((action) =>
          offerOf(foreign, { action, holdingId, class: holdingClass, clears: false, billedUntil: TERM_END }),
        ),
      ),
      offerOf(foreign, { action: 'reactivate', holdingId: guidNumber(6), clears: false }),
    ],
  };
  const many = [
    ...linesOf(foreign, 'blocks', 300),
    ...linesOf(foreign, 'may-block', 300),
    ...linesOf(foreign, 'to-know', 300),
  ];
  return {
    ...Object.fromEntries(
      VERDICTS.map((verdict) => [`readiness: ${Object.values(verdict).flat().join(' ')}`, show(verdict)]),
    ),
    ...Object.fromEntries(lines.map((line, n) => [`readiness: line ${n + 1}`, show(clear, withLines(line))])),
    'readiness: every line': show(clear, withLines(...lines)),
    'readiness: may be asked for': show(clear, { canRequest: true }),
    'readiness: a transfer is open': show(
      { kind: 'not-before', date: TERM_END, billingEnds: false, orTransfer: true },
      withLines(...newCommerce.slice(0, 1), transferTo(foreign, 1)),
    ),
    'readiness: clear, transfers are open': show(clear, {
      canRequest: true,
      ...withLines(transferTo(foreign, 1), transferTo(foreign, 2)),
    }),
    'readiness: taken by somebody else': show(clear, {
      canChange: false,
      problem: foreign.name,
      ...withLines(...lines),
    }),
    'readiness: asked for already': show(clear, {
      canChange: false,
      open: { requestId: IDS.requestId, nonce: NONCE },
      problem: texts.say('readiness.open-request'),
    }),
    'readiness: suspend last': show(clear, {
      suspendLast: true,
      canDryRun: true,
      ...withLines(...linesOf(foreign, 'blocks', 30)),
    }),
    'readiness: watched': show(clear, { canDryRun: true, watching: 'on', notice: texts.say('watch.started') }),
    'readiness: watched in part': show(clear, { watching: 'on', notice: texts.say('watch.started-in-part') }),
    'readiness: watched without a sign-in': show(clear, { watching: 'on', notice: texts.say('watch.started-nothing') }),
    'readiness: everything to press': show(clear, {
      canRequest: true,
      canDryRun: true,
      watching: 'off',
      ...withLines(...lines),
    }),
    'readiness: no longer ours': show(clear, {
      readiness: goneReadiness(foreign),
      canDryRun: true,
      problem: foreign.name,
      watching: 'on',
      open: { requestId: IDS.requestId, nonce: NONCE },
      draft: { requestId: IDS.requestId, nonce: NONCE },
    }),
    'readiness: no longer ours, and much is suspended': show(clear, {
      readiness: goneReadiness(foreign),
      steps: everyStep(foreign),
      left: { items: undoOf(recordOf(everyRequest(foreign)['declined']!, leftSuspended(foreign, 13))).items },
    }),
    'readiness: no longer ours, a page of what is suspended': show(clear, {
      readiness: goneReadiness(foreign),
      steps: everyStep(foreign),
      from: 13,
    }),
    'readiness: no longer ours, and nothing is known of it': show(clear, {
      readiness: goneReadiness(foreign),
      customer: { ...customerOf(foreign), companyName: '', domain: '' },
    }),
    'readiness: sandbox': show(clear, { isSandbox: true, canRequest: true }),
    ...Object.fromEntries(
      [0, 1, 5].map((count) => [
        `readiness: ${count} suspensions left`,
        show(clear, { suspensionsLeft: { count, most: 500, next: TERM_END } }),
      ]),
    ),
    'readiness: every step': show(clear, {
      steps: everyStep(foreign),
      underWay: everyStep(foreign).slice(0, 3),
      ...withLines(...linesOf(foreign, 'blocks', 6)),
    }),
    'readiness: left suspended by an earlier request': show(clear, {
      canRequest: true,
      left: {
        items: undoOf(recordOf(everyRequest(foreign)['declined']!, leftSuspended(foreign, 13))).items,
        by: { requestId: IDS.requestId, nonce: NONCE },
      },
    }),
    'readiness: left suspended by somebody else': show(clear, {
      left: { items: undoOf(recordOf(everyRequest(foreign)['declined']!, leftSuspended(foreign, 2))).items },
    }),
    'readiness: steps that wait for a sign-in': show(clear, {
      signIn: { name: foreign.name },
      ...{ steps: everyStep(foreign).slice(0, 2), underWay: everyStep(foreign).slice(0, 2) },
      ...withLines(...linesOf(foreign, 'blocks', 2)),
    }),
    'readiness: everything to do with a subscription': show(clear, {
      suspendLast: true,
      steps: everyStep(foreign),
      ...withOffers,
    }),
    'readiness: 300 lines': show(clear, withLines(...many)),
    ...Object.fromEntries(
      [1, 13, 295, 895, 900].map((from) => [
        `readiness: 900 lines, from ${from} on`,
        show(clear, { from, ...withLines(...many) }),
      ]),
    ),
    'readiness: every line, from 1 on': show(clear, { from: 1, ...withLines(...lines) }),
    'readiness: delegated administration is known to be none': show(clear, {
      readiness: { ...readinessOf(foreign, clear), delegatedAdmin: { kind: 'read', live: [] } },
    }),
    'readiness: 12 of 30 suspended, and going on': show(clear, goingOnOf(foreign)),
    'readiness: 12 of 30 suspended, and nearly done': show(clear, goingOnOf(foreign, { everySeconds: 1 })),
    'readiness: 12 of 13 suspended, and Partner Center does not show the last one yet': show(
      clear,
      goingOnOf(foreign, { of: 13, left: 'accepted' }),
    ),
    'readiness: 300 lines and 200 steps': show(clear, {
      ...withLines(...many),
      steps: Array.from({ length: 200 }, (_, n) => stepOf(foreign, 'sent', { holdingId: guidNumber(n) })),
      underWay: Array.from({ length: 100 }, (_, n) => stepOf(foreign, 'sent', { holdingId: guidNumber(n) })),
      problem: foreign.description,
      isSandbox: true,
    }),
    'readiness: 300 lines and 200 failed steps': show(clear, {
      ...withLines(...many),
      underWay: [],
      steps: Array.from({ length: 200 }, (_, n) =>
        stepOf(foreign, 'failed', {
          holdingId: guidNumber(n + 500),
          refused: { fault: 'refused', status: 400, code: '800040', description: foreign.description, ids: IDS },
        }),
      ),
      isSandbox: true,
    }),
    reading: { card: readingCard(customerOf(foreign), NONCE, texts) },
    'reading somebody not known yet': {
      card: readingCard({ ...customerOf(foreign), companyName: '', domain: '' }, NONCE, texts),
    },
  };
}

/** In the middle of suspending many, at a steady pace. */
function goingOnOf(
  foreign: ForeignTexts,
  more: { readonly everySeconds?: number; readonly of?: number; readonly left?: ClearingStep['state'] } = {},
): Partial<ReadinessView> {
  const { everySeconds = 60, of = 30, left = 'sent' } = more;
  const begun = Date.parse('2031-03-09T07:05:00.000Z');
  const steps = Array.from({ length: of }, (_, n) =>
    stepOf(foreign, n < 12 ? 'done' : n < 16 ? left : 'asked', {
      holdingId: guidNumber(n + 1),
      askedAt: new Date(begun).toISOString(),
      ...(n < 12 && { doneAt: new Date(begun + (n + 1) * everySeconds * 1_000).toISOString() }),
    }),
  );
  return {
    steps,
    underWay: steps.slice(12),
    readiness: readinessOf(foreign, { kind: 'clear-here', count: of - 12 }, linesOf(foreign, 'blocks', of).slice(12)),
  };
}

function confirmStepCards(foreign: ForeignTexts, texts: Texts): Sketches {
  const ask = (
    action: ConfirmStepView['action'],
    offers: readonly Offer[],
    more: Partial<ConfirmStepView> = {},
  ): Sketch => ({
    kind: 'confirm',
    card: confirmStepCard(
      {
        customer: customerOf(foreign),
        action,
        offers,
        all: false,
        nonce: NONCE,
        yesNonce: NONCE,
        isSandbox: true,
        ...more,
      },
      texts,
    ),
  });
  const addOns = [{ holdingId: guidNumber(2), name: foreign.name, quantity: 3 }];
  const addOnsBack = Array<string>(60).fill(foreign.name);
  const legacy = (count: number): readonly Offer[] =>
    Array.from({ length: count }, (_, n) => offerOf(foreign, { holdingId: guidNumber(n + 1), addOns }));
  const of = (action: ConfirmStepView['action'], classes: readonly HoldingClass[]): Sketches =>
    Object.fromEntries(
      classes.map((one) => [
        `${action}: ${one}`,
        ask(action, [offerOf(foreign, { action, class: one, clears: false, billedUntil: TERM_END })]),
      ]),
    );
  /** One that does not ask yet. */
  const page = (sketch: Sketch): Sketch => ({ ...sketch, kind: 'other' });
  const suspendable = CLASSES.filter((one) => one.startsWith('legacy-') || one.startsWith('azure-plan'));
  return {
    ...of('suspend', [...suspendable, 'new-commerce-licence']),
    'suspend: more than are left for today': ask('suspend', legacy(3), {
      all: true,
      suspensionsLeft: { count: 2, most: 21, next: TERM_END },
    }),
    ...of('reactivate', [...suspendable, 'new-commerce-licence']),
    ...of('auto-renew-off', ['new-commerce-licence', 'new-commerce-trial', 'software-subscription', 'marketplace']),
    'suspend: with add-ons': ask('suspend', legacy(1)),
    'reactivate: with 60 add-ons': page(ask('reactivate', legacy(1), { addOnsBack })),
    'reactivate: with 60 add-ons, last page': ask('reactivate', legacy(1), { addOnsBack, page: 1_000 }),
    'suspend: all legacy ones': ask('suspend', legacy(5), { all: true }),
    'suspend: 300 legacy ones': page(ask('suspend', legacy(300), { all: true })),
    'suspend: 300 legacy ones, last page': ask('suspend', legacy(300), { all: true, page: 1_000 }),
    'suspend: 300 legacy ones, changed since': page(
      ask('suspend', legacy(300), { all: true, problem: texts.say('request.refused-stale-card') }),
    ),
    'reactivate: 300 of a request, second page': page(
      ask('reactivate', legacy(300), { all: true, ofRequest: { id: guidNumber(3), isBlocked: true }, page: 1 }),
    ),
  };
}

function pickers(foreign: ForeignTexts, texts: Texts): Sketches {
  const customers = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ ...customerOf(foreign), id: guidNumber(n + 1) }));
  const pick = (view: Partial<CustomerPickerView>): Sketch => ({
    isAboutCustomer: false,
    card: customerPickerCard(
      {
        customers: customers(8),
        found: { kind: 'page', page: 0, from: 0, total: 31 },
        hasMore: true,
        directory: { kind: 'ready' },
        ...view,
      },
      texts,
    ),
  });
  const reseller = { id: guidNumber(99), name: foreign.name };
  const found = (count: number, more: boolean): Sketch =>
    pick({ customers: customers(count), found: { kind: 'search', words: foreign.name, more }, hasMore: false });
  return {
    'picker: first page': pick({}),
    'picker: second page': pick({ found: { kind: 'page', page: 1, from: 8, total: 31 } }),
    'picker: last page': pick({
      customers: customers(7),
      found: { kind: 'page', page: 3, from: 24, total: 31 },
      hasMore: false,
    }),
    'picker: nobody': pick({ customers: [], found: { kind: 'page', page: 0, from: 0, total: 0 }, hasMore: false }),
    'picker: nobody found': found(0, false),
    'picker: two found': found(2, false),
    'picker: more found': found(8, true),
    'picker: still loading': pick({ directory: { kind: 'loading', known: 8 } }),
    'picker: loading failed': pick({ directory: { kind: 'failed' } }),
    'picker: resellers found': pick({
      then: 'watch.start',
      found: { kind: 'search', words: foreign.name, more: false },
      resellers: { kind: 'read', resellers: [reseller, { ...reseller, partnerId: foreign.name }], more: true },
    }),
    'picker: resellers unread': pick({
      customers: [],
      found: { kind: 'search', words: foreign.name, more: false },
      resellers: { kind: 'unread', unread: { fault: 'unavailable', meaning: undefined, ids: IDS } },
    }),
    'picker: of a reseller': pick({ then: 'dry-run.show', reseller }),
    'picker: found of a reseller': pick({ reseller, found: { kind: 'search', words: foreign.name, more: true } }),
    'picker: with a problem': pick({ problem: foreign.description }),
  };
}

function forms(foreign: ForeignTexts, texts: Texts): Sketches {
  const person = { id: APPROVER_ID, name: foreign.name, teamsId: TEAMS_ID, locale: 'en-US' };
  const ask = (view: Partial<Parameters<typeof requestFormCard>[0]>): Sketch => ({
    card: requestFormCard(
      {
        customer: customerOf(foreign),
        approvers: [{ id: APPROVER_ID, person }, { id: REQUESTER_ID }],
        filledIn: {},
        nonce: NONCE,
        isSandbox: false,
        ...view,
      },
      texts,
    ),
  });
  const filledIn = {
    reason: foreign.reason,
    domain: foreign.domain,
    ticket: foreign.name,
    approver: APPROVER_ID,
    notice: true,
    nextProvider: true,
  };
  return {
    'form: empty': ask({}),
    'form: in a sandbox': ask({ isSandbox: true }),
    'form: refused': ask({ filledIn, problems: everyProblem(foreign) }),
    'form: without approvers': ask({ approvers: [] }),
    'form: nobody to be reached': ask({
      approvers: [{ id: APPROVER_ID, person }, { id: REQUESTER_ID }],
      problems: [{ text: texts.say('form.fault-nobody-reachable') }],
    }),
    ...Object.fromEntries(
      [1, 2, 21].map((count) => [
        `form: ${count} delegated admin relationships`,
        ask({ delegatedAdmin: { kind: 'live', names: Array.from({ length: count }, () => foreign.name) } }),
      ]),
    ),
    'form: delegated administration to be ended': ask({
      filledIn: { ...filledIn, endDelegatedAdmin: true },
      delegatedAdmin: { kind: 'live', names: [] },
    }),
    'form: delegated administration unread': ask({ delegatedAdmin: { kind: 'unread' } }),
    'form: forty approvers': ask({
      filledIn,
      approvers: Array.from({ length: 40 }, (_, n) => ({ id: guidNumber(n), person })),
    }),
  };
}

function requestCards(foreign: ForeignTexts, texts: Texts): Sketches {
  const plan = planOf(foreign, everyLine(foreign));
  const longPlan = planOf(foreign, [...linesOf(foreign, 'may-block', 300), ...linesOf(foreign, 'to-know', 300)]);
  const suspended = Array.from({ length: 200 }, (_, n) => stepOf(foreign, 'done', { holdingId: guidNumber(n) }));
  const sketches = Object.entries(everyRequest(foreign)).flatMap(([point, request]): (readonly [string, Sketch])[] => {
    const versions = {
      bare: recordOf(request),
      planned: recordOf({ ...request, plan }, everyStep(foreign)),
      long: recordOf({ ...request, plan: longPlan }, suspended),
    };
    return Object.entries(versions).flatMap(([version, record]) => {
      const openPoints = openPointsOf(record);
      const follows = { openPoints, canTick: true, hasNotice: hasNotice(request), hasPaper: request.state === 'done' };
      const timeLineUrl =
        request.state === 'done' && version === 'planned' ? linkToTab(IDS.correlationId, request.id) : undefined;
      const view = {
        record,
        ...follows,
        teamsId: TEAMS_ID,
        nonce: NONCE,
        isSandbox: true,
        ...(timeLineUrl && { timeLineUrl }),
      };
      const isPending = request.state === 'pending';
      const cut = version === 'long' && LISTED.has(request.state) ? [1, 205] : [];
      const mine = waitsForPerson(request);
      const hung = (name: string, card: AdaptiveCard): readonly [string, Sketch] => [
        `${name}: ${point}, ${version}`,
        { card, kind: 'request' },
      ];
      const mainly = [
        hung(
          'request of mine',
          requestCard(
            { ...view, isRequester: true, canPass: isPending, canWithdraw: true, ...(mine && { waitsForMe: mine }) },
            texts,
          ),
        ),
        hung(
          'approval to give',
          approvalCard({ ...view, canDecide: isPending, canPass: isPending, canSignIn: mine === 'sign-in' }, texts),
        ),
      ];
      if (version !== 'bare')
        return [
          ...mainly,
          ...cut.map((from): readonly [string, Sketch] => [
            `all of a request: ${point}, from ${from} on`,
            { card: requestListCard({ record, nonce: NONCE, from }, texts) },
          ]),
        ];
      return [
        ...mainly,
        hung(
          'request of somebody',
          requestCard({ ...view, isRequester: false, canWithdraw: false, problem: foreign.name }, texts),
        ),
        hung('approval given', approvalCard({ ...view, canDecide: false, decided: 'approved' }, texts)),
        hung(
          'approval declined',
          approvalCard({ ...view, canDecide: false, decided: 'declined', problem: foreign.name }, texts),
        ),
      ];
    });
  });
  return Object.fromEntries(sketches);
}

/** Texts for a customer, before a removal and after it, with little and with much to say. */
function customerNotices(foreign: ForeignTexts, texts: Texts): Sketches {
  const requests = everyRequest(foreign);
  const plan = planOf(foreign, everyLine(foreign));
  const delegatedAdmin = everyDelegatedAdmin(foreign);
  const suspended = Array.from({ length: 200 }, (_, n) => stepOf(foreign, 'done', { holdingId: guidNumber(n) }));
  const notice = (request: RemovalRequest, steps: readonly ClearingStep[] = [], wording = texts): Sketch => {
    const record = recordOf(request, steps);
    return {
      card: customerNoticeCard(
        { record, openPoints: openPointsOf(record), deletion: dataDeletion(record), nonce: NONCE, wording },
        texts,
      ),
    };
  };
  const onTwoDays = [
    ...suspended.slice(0, 1),
    stepOf(foreign, 'done', { holdingId: guidNumber(201), doneAt: TERM_END }),
  ];
  const received = recordOf(requests['done']!, onTwoDays);
  return {
    'customer notice: before': notice(requests['pending']!),
    'customer notice: before, with much': notice(
      { ...requests['pending']!, plan: { ...plan, delegatedAdmin } },
      suspended,
    ),
    'customer notice: suspended on several days': notice(requests['pending']!, onTwoDays),
    'receipt of what was suspended on several days': {
      kind: 'request',
      card: requestCard(
        {
          ...{ record: received, openPoints: openPointsOf(received), teamsId: TEAMS_ID, nonce: NONCE },
          ...{ isSandbox: false, isRequester: true, canWithdraw: false },
        },
        texts,
      ),
    },
    'customer notice: suspended by somebody else': notice(requests['pending']!, [
      stepOf(foreign, 'done', { wasSoBefore: true }),
    ]),
    'customer notice: after': notice(requests['done']!, suspended.slice(0, 1)),
    'customer notice: after, without a link': notice(requests['done without a link']!),
    'customer notice: after, with much': notice({ ...requests['done, some of it seen to']!, plan }, suspended),
    'customer notice: after, and much delegated administration is left': notice(
      requests['done, much delegated administration is left']!,
    ),
    'customer notice: after, and delegated administration has ended': notice(
      requests['done, delegated administration has ended']!,
    ),
  };
}

function smallCards(foreign: ForeignTexts, texts: Texts): Sketches {
  const requests = everyRequest(foreign);
  const pending = recordOf(requests['pending'] ?? never('pending'));
  const decision = { record: pending, nonce: NONCE, isSandbox: true };
  const records = [
    ...Object.values(requests).map((request) => recordOf(request)),
    ...Object.values(everyCancellation(foreign)),
  ];
  const rows = records.map((record) => ({ record, nonce: NONCE }));
  const elsewhere = { isAboutCustomer: false };
  const help = (
    isRequester: boolean,
    isApprover: boolean,
    unknown?: string,
    more: { readonly isAuditor?: boolean; readonly endedByProvider?: boolean } = {},
  ): Sketch => ({
    ...elsewhere,
    card: helpCard(
      {
        ...{ isRequester, isApprover, isAuditor: false, personId: REQUESTER_ID, ...more },
        ...(unknown !== undefined && { unknown }),
      },
      texts,
    ),
  });
  return {
    'confirm: remove now': { kind: 'confirm', card: removeNowCard(decision, texts) },
    'confirm: withdraw': { kind: 'confirm', card: withdrawCard({ ...decision, customerNonce: 'nonce' }, texts) },
    'confirm: withdraw what is planned': {
      kind: 'confirm',
      card: withdrawCard(
        {
          ...decision,
          record: recordOf(requests['planned for another day'] ?? never('planned for another day')),
          customerNonce: 'nonce',
        },
        texts,
      ),
    },
    'confirm: approve': { kind: 'confirm', card: confirmApproveCard(decision, texts) },
    'confirm: approve, typed': {
      kind: 'confirm',
      card: confirmApproveCard({ ...decision, typed: foreign.reason, problem: foreign.name }, texts),
    },
    'confirm: approve, with delegated administration': {
      kind: 'confirm',
      card: confirmApproveCard(
        { ...decision, record: recordOf(requests['pending with delegated administration to be ended'] ?? never('')) },
        texts,
      ),
    },
    'confirm: decline': { kind: 'confirm', card: confirmDeclineCard(decision, texts) },
    'confirm: decline, refused': {
      kind: 'confirm',
      card: confirmDeclineCard({ ...decision, typed: foreign.reason, problem: foreign.name }, texts),
    },
    moved: { card: movedCard(pending, 'below', texts) },
    'gone on on another card': { card: movedCard(pending, 'elsewhere', texts) },
    'removed already': {
      card: removedCard(
        { record: recordOf(requests['done'] ?? never('done')), customerNonce: NONCE, nonce: NONCE },
        texts,
      ),
    },
    'removed already, by somebody else’s request': {
      card: removedCard({ record: recordOf(requests['done'] ?? never('done')), customerNonce: NONCE }, texts),
    },
    'requests: none': { ...elsewhere, card: requestsCard({ requests: [] }, texts) },
    'requests: where there is a tab': {
      ...elsewhere,
      card: requestsCard({ requests: [], tabUrl: linkToTab(IDS.correlationId) }, texts),
    },
    'requests: none found': { ...elsewhere, card: requestsCard({ requests: [], words: foreign.name }, texts) },
    ...Object.fromEntries(
      [0, 10, 20].map((from) => [
        `requests: from ${from} on`,
        { ...elsewhere, card: requestsCard({ requests: rows.slice(from, from + 10) }, texts) },
      ]),
    ),
    ...Object.fromEntries(
      [
        { at: 0, hasMore: true },
        { at: 1, hasMore: true },
        { at: 2, hasMore: false },
      ].map((page) => [
        `requests: page ${page.at} of three`,
        { ...elsewhere, card: requestsCard({ waiting: [], requests: rows.slice(0, 5), page }, texts) },
      ]),
    ),
    'requests: of an approver': {
      ...elsewhere,
      card: requestsCard(
        { waiting: rows.filter(({ record }) => record.request.state === 'pending').slice(0, 4) },
        texts,
      ),
    },
    'requests: of somebody who is both': {
      ...elsewhere,
      card: requestsCard({ waiting: rows.slice(0, 3), requests: rows.slice(3, 8) }, texts),
    },
    ...Object.fromEntries(
      REQUEST_FILTERS.map((filter) => [
        `requests: ${filter}`,
        { ...elsewhere, card: requestsCard({ requests: filter === 'waiting' ? [] : rows.slice(0, 3), filter }, texts) },
      ]),
    ),
    'requests: of an approver whose sign-in is waited for': {
      ...elsewhere,
      card: requestsCard(
        { waiting: [], signIns: rows.filter(({ record }) => record.request.state === 'approved').slice(0, 2) },
        texts,
      ),
    },
    'requests: none of either': { ...elsewhere, card: requestsCard({ waiting: [], requests: [] }, texts) },
    'cancel: requester': { ...elsewhere, card: cancelCard({ isRequester: true }, texts) },
    'cancel: approver': { ...elsewhere, card: cancelCard({ isRequester: false }, texts) },
    ...Object.fromEntries(
      (
        [
          ['requester', { isRequester: true }],
          ['approver', { isApprover: true }],
          ['auditor', { isAuditor: true }],
          ['nobody', {}],
          ['indirect reseller', { isRequester: true, endedByProvider: true }],
        ] as const
      ).map(([who, more]) => [
        `welcome: ${who}`,
        {
          ...elsewhere,
          card: welcomeCard(
            { isRequester: false, isApprover: false, isAuditor: false, personId: REQUESTER_ID, ...more },
            texts,
          ),
        },
      ]),
    ),
    'help: requester': help(true, false),
    'help: approver': help(false, true),
    'help: both': help(true, true),
    'help: neither': help(false, false),
    'help: indirect reseller': help(true, true, undefined, { endedByProvider: true }),
    'help: auditor': help(false, false, undefined, { isAuditor: true }),
    'help: everything': help(true, true, undefined, { isAuditor: true }),
    'help: not understood': help(true, true, foreign.reason),
  };
}

/** The record of a request, every entry of it, whole and broken in each way. */
function auditCards(foreign: ForeignTexts, texts: Texts): Sketches {
  const show = (view: Parameters<typeof auditView>[1]): Sketch => ({
    card: auditCard(auditView(foreign, view), texts),
  });
  const found = (view: Parameters<typeof foundView>[1]): Sketch => ({
    card: foundEntriesCard(foundView(foreign, view), texts),
    isAboutCustomer: false,
  });
  const pages = Array.from({ length: Math.ceil(everyEntry(foreign).length / 8) }, (_, page) => page);
  return {
    'audit: newest': show({}),
    'audit: nothing to read': show({ entries: [] }),
    ...Object.fromEntries(pages.map((page) => [`audit: page ${page}`, show({ page })])),
    ...Object.fromEntries(
      (['missing', 'edited', 'out-of-order', 'cut', 'head'] as const).map((why) => [
        `audit: broken, ${why}`,
        show({ verdict: { kind: 'broken', at: 3, why } }),
      ]),
    ),
    'audit: found': found({}),
    'audit: found for a customer, a person and days, further on': found({
      sought: { customerId: CUSTOMER_ID, personId: REQUESTER_ID, from: '2026-03-01', to: '2026-03-31' },
      ...{ customer: foreign.name, person: foreign.name },
      isFurther: true,
      next: { after: READ_AT, at: READ_AT },
      unreadable: 2,
      mayBeOther: true,
    }),
    'audit: where there is a tab': show({ tabUrl: linkToTab(IDS.correlationId, NONCE) }),
    'audit: found where there is a tab': found({ tabUrl: linkToTab(IDS.correlationId) }),
    'audit: nothing found of an id, since a day': found({
      sought: { anyId: IDS.correlationId, from: '2026-03-01' },
      entries: [],
    }),
    'audit: nothing found so far': found({ entries: [], next: { after: READ_AT, at: READ_AT } }),
  };
}

/** What is only looked at: a watched customer, a dry run, and what went wrong. */
function lookingCards(foreign: ForeignTexts, texts: Texts): Sketches {
  const { name, description } = foreign;
  const customer = customerOf(foreign);
  const told = { words: description, codes: [texts.say('fault.reference', { id: IDS.correlationId })] };
  const watch = (count: number, more: Partial<Parameters<typeof watchCard>[0]['news']> = {}): Sketch => ({
    card: watchCard(
      {
        customer,
        news: {
          ...{ isClear: false, isClearSoFar: false, left: [], signInNeeded: [] },
          ...{ cleared: Array<string>(count).fill(name), added: Array<string>(count).fill(name) },
          transfers: Array.from({ length: count }, (_, n) => ({
            id: `${n}`,
            status: 'active',
            count: n + 1,
            to: name,
          })),
          closing: Array.from({ length: count }, () => ({ name, until: TERM_END })),
          unread: SOURCES.slice(0, count),
          ...more,
        },
        nonce: NONCE,
      },
      texts,
    ),
  });
  const seenAs = (blockers: number, unread: number, isClear = false) => ({
    ...{ readAt: READ_AT, isClear, told: [], unread: SOURCES.slice(0, unread) },
    blockers: Array.from({ length: blockers }, (_, n) => ({ id: guidNumber(n), name })),
  });
  const sources = (...some: (typeof SOURCES)[number][]) => some;
  const signInNeeded = { unread: sources('entitlements', 'orders'), signInNeeded: sources('entitlements') };
  const onlySignIn = { unread: sources('entitlements'), signInNeeded: sources('entitlements') };
  const seen = [
    ...[undefined, seenAs(0, 0, true), seenAs(1, 0), seenAs(3, 2), seenAs(0, 1), seenAs(0, 0)],
    { ...seenAs(2, 0), ...signInNeeded },
    { ...seenAs(0, 5), isGone: true },
    ...[0, 1, 5].map((left) => ({ ...seenAs(left, 0), ...onlySignIn, isClearSoFar: true })),
  ];
  const watches = (more: Partial<Parameters<typeof watchesCard>[0]>): Sketch => ({
    isAboutCustomer: false,
    card: watchesCard({ ...{ watched: [], from: 1, total: 0, page: 0, hasMore: false }, ...more }, texts),
  });
  const watched = seen.map((one) => ({ watched: { customer, ...(one && { seen: one }) }, nonce: NONCE }));
  const dryRun = (
    run: Parameters<typeof dryRunCard>[0]['run'],
    approvers: readonly string[] = [name, name],
    isSandbox = false,
    lines: Parameters<typeof dryRunCard>[0]['lines'] = [],
    page?: number,
  ): Sketch => {
    const view = { customer, run, lines, approvers, nonce: NONCE, isSandbox, ...(page !== undefined && { page }) };
    return { card: dryRunCard(view, texts) };
  };
  const rest = (['ask-for-approval', 'read-again', 'remove', 'read-back'] as const).map((kind) => ({ kind }));
  const clearing = Array.from({ length: 150 }, (_, n) => [
    { kind: 'suspend', name, subscriptionId: guidNumber(n) } as const,
    { kind: 'with-parent', name, parentName: name } as const,
  ]).flat();
  const stopping = {
    kind: 'would-stop',
    because: linesOf(foreign, 'blocks', 300),
    steps: [...clearing, ...rest],
  } as const;
  const everyGroup = (['blocks', 'may-block', 'to-know'] as const).flatMap((group) => linesOf(foreign, group, 300));
  return {
    'watch: clear': watch(0, { isClear: true }),
    'watch: no longer ours': watch(0, { gone: 'ended' }),
    'watch: said to be no longer ours': watch(0, { gone: 'said' }),
    'watch: clear so far': watch(0, { isClearSoFar: true, ...onlySignIn }),
    'watch: clear so far, with much': watch(60, {
      ...{ isClearSoFar: true, left: Array<string>(60).fill(name), unread: [...SOURCES], signInNeeded: [...SOURCES] },
    }),
    'watch: something is out of the way': watch(0, { cleared: [name] }),
    'watch: something has come in the way': watch(0, { added: [name] }),
    'watch: transfers were opened': watch(0, {
      transfers: [
        { id: '1', status: 'active', count: 3, to: name },
        { id: '2', status: 'active', count: 1 },
      ],
    }),
    'watch: one of each': watch(1),
    'watch: one of each, and what takes a sign-in': watch(1, signInNeeded),
    'watch: 60 of each': watch(60),
    'watches: none': watches({}),
    'watches: one in each state': watches({ watched, total: watched.length }),
    'watches: a page of several': watches({
      ...{ watched, from: 7, total: 20, page: 1, hasMore: true },
      notice: texts.say('watches.stopped', { name }),
    }),
    'watches: an old card': watches({ watched, total: 6, problem: texts.say('request.refused-stale-card') }),
    'dry run: nothing to clear': dryRun({ kind: 'would-remove', steps: rest }),
    'dry run: nobody to approve': dryRun({ kind: 'would-remove', steps: rest }, [], true),
    'dry run: delegated administration': dryRun({
      kind: 'would-remove',
      steps: [1, 5, 21].map((count) => ({
        kind: 'end-delegated-admin' as const,
        names: Array.from({ length: count }, () => name),
      })),
    }),
    'dry run: 300 steps': dryRun({ kind: 'would-remove', steps: [...clearing, ...rest] }),
    'dry run: would stop': dryRun(
      { kind: 'would-stop', because: everyLine(foreign), steps: rest },
      [name],
      false,
      everyLine(foreign),
    ),
    'dry run: would stop at 300 lines': dryRun(stopping, [name], false, everyGroup),
    ...Object.fromEntries(
      [1, 26, 1_000].map((page) => [
        `dry run: would stop at 300 lines, page ${page}`,
        dryRun(stopping, [name], false, everyGroup, page),
      ]),
    ),
    'provider: asked for a customer': { card: providerCard({ customer, partnerTenantId: guidNumber(7) }, texts) },
    'provider: asked by words': {
      isAboutCustomer: false,
      card: providerCard({ customer: { companyName: foreign.name } }, texts),
    },
    notice: { isAboutCustomer: false, card: noticeCard(description, texts) },
    'notice about a customer': { card: noticeCard(description, texts, customer) },
    fault: { isAboutCustomer: false, card: faultCard(told, undefined, texts) },
    'fault, to be read again': { card: faultCard(told, { customer, nonce: NONCE }, texts) },
  };
}

function never(what: string): never {
  throw new Error(`there is no ${what}`);
}
