import type { Batch, Suspendable } from '../services/batches/batch.ts';
import type { Progress, StandingMember, Stoppable } from '../services/batches/standing.ts';
import type { Besides } from '../services/readiness/besides.ts';
import type { RemovalRequest } from '../services/requests/request.ts';
import { execute, type Verb } from './actions.ts';
import type { AdaptiveCard, Element } from './adaptive-card.ts';
import { openButton, memberLine, memberName, progressText, tableOf, tablePart, tableRow } from './batch-parts.ts';
import { besidesPart } from './besides-part.ts';
import { noticeBox, problemBox, sandboxBox } from './customer-parts.ts';
import { suspendingMeans } from './confirm-step-card.ts';
import { cut } from './cut.ts';
import {
  box,
  bullets,
  buttons,
  card,
  confirmButtons,
  fact,
  heading,
  headedRow,
  pageButtons,
  sentence,
  subheading,
} from './elements.ts';
import { pageOf, type Page } from './pages.ts';
import { stateText } from './requests-card.ts';
import type { Texts } from './texts/texts.ts';

export interface BatchView {
  readonly batch: Batch;
  readonly standings: readonly StandingMember[];
  readonly progress: Progress;
  readonly page: number;
  readonly nonce: string;
  readonly nonceOf: (request: RemovalRequest) => string;
  /** How many are ready to be asked for, and how many can be cleared here. */
  readonly ready: number;
  readonly clearable: number;
  readonly isSandbox: boolean;
  readonly problem?: string;
  readonly notice?: string;
}

/** Rows of the table on one page. */
export const ROWS_A_PAGE = 10;
const LONGEST_NAME = 80;

/** Several customers at once, as their requester sees them: what each of them needs, and how far what was asked for is. */
export function batchCard(view: BatchView, texts: Texts): AdaptiveCard {
  const { batch, standings, progress, nonce, nonceOf } = view;
  const all = tableOf(standings, batch.fates);
  const of = { batchId: batch.id, nonce, nonceOf };
  const page = pageOf(all, view.page, ROWS_A_PAGE, (row) => tableRow(row, of, texts));
  const unread = standings.filter(({ standing }) => standing.kind === 'reading').length;
  const waits = waitsFor(standings);
  return card(texts, texts.say('batch.title'), [
    problemBox(view.problem),
    noticeBox(view.notice),
    heading(texts.say('batch.title')),
    sandboxBox(view.isSandbox, texts),
    ...(batch.list === undefined
      ? [sentence(texts.say('batch.customers', { count: standings.length }), { spacing: 'small' })]
      : [sentence(texts.say('batch.looking-up', { count: batch.list.lines.length }), { spacing: 'small' })]),
    ...(unread === 0
      ? []
      : [
          sentence(texts.say('batch.reading', { done: standings.length - unread, total: standings.length }), {
            isSubtle: true,
            spacing: 'small',
          }),
        ]),
    ...(progress.asked === 0 ? [] : [box('emphasis', sentence(progressText(progress, texts), { weight: 'bolder' }))]),
    ...(waits.length === 0
      ? []
      : [fact(texts, texts.say('batch.waiting-for'), texts.list(waits.map((name) => cut(name, LONGEST_NAME))))]),
    ...(batch.stoppedAt === undefined
      ? []
      : [sentence(texts.say('batch.stopped'), { weight: 'bolder', spacing: 'small' })]),
    ...tablePart(all, page.shown, of, texts),
    ...(batch.more === 0 ? [] : [sentence(texts.say('batch.more', { count: batch.more }), { spacing: 'small' })]),
    ...pagePart('batch.show', { batchId: batch.id, nonce }, page, texts),
    ...deeds(view, texts),
  ]);
}

/** Everybody whose decision is waited for. */
function waitsFor(standings: readonly StandingMember[]): readonly string[] {
  const pending = standings.flatMap(({ standing }) =>
    standing.kind === 'asked' && standing.request.state === 'pending' ? standing.request.approvers : [],
  );
  return [...new Map(pending.map(({ id, name }) => [id, name])).values()];
}

function deeds({ batch, standings, ready, clearable, nonce }: BatchView, texts: Texts): readonly Element[] {
  if (batch.list !== undefined || batch.stoppedAt !== undefined) return [];
  const of = { batchId: batch.id, nonce };
  const isUnderWay = standings.some(
    ({ standing }) =>
      standing.kind === 'asking' ||
      standing.kind === 'clearing' ||
      standing.kind === 'reading' ||
      (standing.kind === 'asked' && !ENDED.has(standing.request.state)),
  );
  const canCheck = standings.some(({ standing }) => standing.kind === 'read');
  return buttons(
    ready === 0
      ? undefined
      : execute('batch.form', texts.say('button.request-several', { count: ready }), of, { style: 'positive' }),
    clearable === 0 ? undefined : execute('batch.clear', texts.say('button.clear-several', { count: clearable }), of),
    canCheck ? execute('batch.check', texts.say('button.check-again'), of) : undefined,
    isUnderWay ? execute('batch.stop', texts.say('button.stop'), of) : undefined,
  );
}

const ENDED: ReadonlySet<RemovalRequest['state']> = new Set([
  ...(['done', 'declined', 'withdrawn', 'expired', 'void', 'abandoned', 'closed'] as const),
]);

/** Where one is, and how to go on; nothing where all of it is on one page. */
export function pagePart(
  verb: Extract<Verb, 'batch.show' | 'list.show'>,
  of: { readonly batchId: string; readonly nonce: string },
  page: Page<unknown>,
  texts: Texts,
): readonly Element[] {
  if (page.shown.length === page.total) return [];
  return [
    whereOne(page, texts),
    ...buttons(
      page.page === 0 ? undefined : execute(verb, texts.say('button.previous'), { ...of, page: page.page - 1 }),
      page.isLast ? undefined : execute(verb, texts.say('button.next'), { ...of, page: page.page + 1 }),
    ),
  ];
}

const whereOne = ({ from, to, total }: Page<unknown>, texts: Texts): Element =>
  sentence(texts.say('batch.page', { from, to, total }), { isSubtle: true, size: 'small', spacing: 'medium' });

export interface BatchClearView {
  readonly batch: Batch;
  /** Exactly what is suspended when the person says yes. */
  readonly members: readonly StandingMember['member'][];
  readonly page: number;
  readonly nonce: string;
  readonly namedNonce: string;
  /** Of the *Yes* alone. */
  readonly yesNonce: string;
  readonly isSandbox: boolean;
  /** How many suspensions are left for today, where these are more. */
  readonly left?: string;
  readonly problem?: string;
}

/** Subscriptions that one page names. */
const NAMES_A_PAGE = 20;

/** Names every customer and everything that is suspended, page by page, and asks on the last one. */
export function batchClearCard(view: BatchClearView, texts: Texts): AdaptiveCard {
  const { batch, members, nonce, namedNonce, yesNonce } = view;
  const all = members.flatMap(({ customer, reading }) =>
    (reading?.suspendable ?? []).map((one) => ({ customer, ...one })),
  );
  const page = pageOf(all, view.page, NAMES_A_PAGE, (one) => [memberName(one.customer), named(one, texts)]);
  const of = { batchId: batch.id, nonce };
  const means = suspendingMeans(
    all.map((one) => one.class ?? 'legacy-licence'),
    all.some(({ hasAddOns }) => hasAddOns === true),
  );
  const back = execute('batch.show', texts.say('button.back'), of);
  return card(texts, texts.say('batch.clear-title'), [
    problemBox(view.problem),
    heading(texts.say('batch.clear-title')),
    sandboxBox(view.isSandbox, texts),
    sentence(texts.say('batch.clear-about', { count: all.length, customers: members.length }), { spacing: 'small' }),
    ...page.shown.flatMap((one, at) => [
      ...(one.customer.id === page.shown[at - 1]?.customer.id
        ? []
        : [sentence(memberName(one.customer), { weight: 'bolder', spacing: 'small' })]),
      sentence(named(one, texts), { spacing: 'none' }),
    ]),
    ...(page.shown.length === all.length ? [] : [whereOne(page, texts)]),
    ...(view.left === undefined ? [] : [sentence(view.left, { weight: 'bolder', spacing: 'small' })]),
    ...(page.isLast
      ? [
          box('warning', ...means.map((key) => sentence(texts.say(key)))),
          ...confirmButtons(
            execute(
              'batch.confirm-clear',
              texts.say('button.yes-suspend'),
              { ...of, nonce: yesNonce },
              { style: 'destructive' },
            ),
            back,
          ),
        ]
      : pageButtons(
          execute('batch.clear', texts.say('button.next'), { ...of, nonce: namedNonce, page: page.page + 1 }),
          back,
        )),
  ]);
}

const named = ({ name, quantity }: Suspendable, texts: Texts): string =>
  `•  ${texts.say('line.name', { name: cut(name, LONGEST_NAME), quantity })}`;

export interface BatchStopView extends Stoppable {
  readonly batch: Batch;
  readonly nonce: string;
}

/** Says what stopping stops, and what it cannot stop, and asks. */
export function batchStopCard(
  { batch, nonce, notBegun, withdrawn, clearing, tooLate }: BatchStopView,
  texts: Texts,
): AdaptiveCard {
  const of = { batchId: batch.id, nonce };
  return card(texts, texts.say('batch.stop-title'), [
    heading(texts.say('batch.stop-title')),
    ...bullets([
      ...(notBegun === 0 ? [] : [texts.say('batch.stop-not-begun', { count: notBegun })]),
      ...(withdrawn === 0 ? [] : [texts.say('batch.stop-withdrawn', { count: withdrawn })]),
      ...(tooLate === 0 ? [] : [texts.say('batch.stop-too-late', { count: tooLate })]),
      ...(clearing === 0 ? [] : [texts.say('batch.stop-clearing', { count: clearing })]),
      texts.say('batch.stop-suspended'),
    ]),
    ...confirmButtons(
      execute('batch.confirm-stop', texts.say('button.yes-stop'), of, { style: 'destructive' }),
      execute('batch.show', texts.say('button.back'), of),
    ),
  ]);
}

export interface BatchListView {
  readonly batchId: string;
  /** What this approver is, or was, asked to decide, in the order of the list. */
  readonly requests: readonly RemovalRequest[];
  readonly page: number;
  readonly nonce: string;
  readonly nonceOf: (request: RemovalRequest) => string;
  /** What may stand in the way and what is to know, as it was when the request was sent. */
  readonly besidesOf: (request: RemovalRequest) => Besides | undefined;
  readonly isSandbox: boolean;
  readonly problem?: string;
}

/** What an approver is asked to decide, each by itself: nothing is decided on this card. */
export function batchListCard(view: BatchListView, texts: Texts): AdaptiveCard {
  const { requests, batchId, nonce, nonceOf } = view;
  const open = requests.filter(({ state }) => state === 'pending');
  const decided = requests.filter(({ state }) => state !== 'pending');
  const [first] = requests;
  const reasons = new Set(requests.map(({ form }) => form?.reason ?? ''));
  const row = (request: RemovalRequest): Element =>
    headedRow(
      [memberLine(request.customer)],
      [
        sentence(stateText({ request }, texts), { spacing: 'none' }),
        ...(request.state === 'pending' ? besidesPart(view.besidesOf(request), texts) : []),
      ],
      [openButton('list.open', request, nonceOf, texts)],
      { separator: false },
    );
  const page = pageOf([...open, ...decided], view.page, ROWS_A_PAGE, row);
  const group = (title: string, some: readonly RemovalRequest[]): readonly Element[] =>
    some.length === 0 ? [] : [subheading(title), ...some.map(row)];
  const title = texts.say(view.requests.length === 1 ? 'batch.list-title-one' : 'batch.list-title');
  return card(texts, title, [
    problemBox(view.problem),
    heading(title),
    sandboxBox(view.isSandbox, texts),
    ...(first === undefined
      ? []
      : [
          fact(texts, texts.say('request.asked-by'), cut(first.requester.name, LONGEST_NAME)),
          // Asked for with several forms, each has its own on its own card.
          ...(reasons.size === 1 ? [...reasons].map((reason) => fact(texts, texts.say('request.reason'), reason)) : []),
        ]),
    sentence(
      view.requests.length === 1 && open.length === 1
        ? texts.say('batch.list-about-one')
        : texts.say('batch.list-about', { count: open.length }),
      { spacing: 'small' },
    ),
    ...group(
      texts.say('batch.list-open'),
      page.shown.filter(({ state }) => state === 'pending'),
    ),
    ...group(
      texts.say('batch.list-decided'),
      page.shown.filter(({ state }) => state !== 'pending'),
    ),
    ...pagePart('list.show', { batchId, nonce }, page, texts),
  ]);
}

/** What is left of a card that goes on further down. */
export const batchMovedCard = (title: string, texts: Texts): AdaptiveCard =>
  card(texts, title, [
    heading(title),
    sentence(texts.say('request.continues-below'), { isSubtle: true, spacing: 'small' }),
  ]);
