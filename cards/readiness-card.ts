import type { Customer } from '../services/partner-center/partner-center.ts';
import type { Line, Offer, Readiness } from '../services/readiness/readiness.ts';
import type { PersonRef } from '../services/people/person.ts';
import type { Left } from '../services/requests/clearing/suspensions-today.ts';
import type { UndoItem } from '../services/requests/giving-back/giving-back.ts';
import type { ClearingStep } from '../services/requests/clearing/clearing-step.ts';
import { execute } from './actions.ts';
import type { Action, AdaptiveCard, Element } from './adaptive-card.ts';
import { consequences } from './consequences-part.ts';
import { customerLines, noticeBox, plainName, problemBox, sandboxBox } from './customer-parts.ts';
import { box, buttons, card, heading, lineRow, openUrl, sentence, subheading, timeLine } from './elements.ts';
import { fitting, type Room } from './fitting.ts';
import { lineDetails } from './holding-lines.ts';
import { suspensionsLeft } from './limit-texts.ts';
import { LINKS } from './links.ts';
import { openTransfersBox, transferAbout } from './open-transfers-part.ts';
import { goingOn } from './progress-part.ts';
import { granularAdmin, groupTitle, lineGroups, sortLines, toldOf } from './readiness-lines.ts';
import { stepFault, stepState, waitingPart } from './step-lines.ts';
import type { Texts } from './texts/texts.ts';
import { allBack, itemBack, undoRow, type GivesBack } from './undo-part.ts';
import { noLongerOurs, verdictBox } from './verdict-part.ts';
import { GROUPS, inOrder, sorted, type Sort } from './what-to-do.ts';

export interface ReadinessView {
  readonly customer: Customer;
  readonly readiness: Readiness;
  /** Whether that says that there is no relationship, and so nothing else. */
  readonly isNoLongerOurs?: boolean;
  /** What was asked for from here, and how far it is. */
  readonly steps: readonly ClearingStep[];
  /** What an earlier request, or another person's, has suspended and is not given back; `by`: from where this person can give it back. */
  readonly left?: { readonly items: readonly UndoItem[]; readonly by?: GivesBack };
  /** Of these, what has not ended, or not when this was read: it still stands in the way here. */
  readonly underWay: readonly ClearingStep[];
  /** Whose sign-in these wait for: the person's own. */
  readonly signIn?: Pick<PersonRef, 'name'>;
  /** What can be done from here, but for what is under way. */
  readonly offers: readonly Offer[];
  /** How many *Suspend N legacy subscriptions* takes. */
  readonly legacy: number;
  /** Ids of what this person may ask to cancel now, in time. */
  readonly cancellable: readonly string[];
  /** Whether removal may be asked for: nothing blocks, and no other request is open. */
  readonly canRequest: boolean;
  /** Whether anything can be changed from this card by this person now. */
  readonly canChange: boolean;
  /** Whether something stands in the way that cannot be cleared today: then suspending gains nothing yet. */
  readonly suspendLast: boolean;
  /** Whether what a removal would send can be shown to this person. */
  readonly canDryRun: boolean;
  /** Whether the person watches this customer; missing where there is nothing to wait for. */
  readonly watching?: 'on' | 'off';
  /** The request that is on its way, where the person has a part in it. */
  readonly open?: { readonly requestId: string; readonly nonce: string };
  /** The person's own draft, which can be given up. */
  readonly draft?: { readonly requestId: string; readonly nonce: string };
  readonly nonce: string;
  readonly isSandbox: boolean;
  /** How many suspensions are left for today, where that is fewer than could be done from here. */
  readonly suspensionsLeft?: Left;
  /** What was refused just now. */
  readonly problem?: string;
  /** What was done just now. */
  readonly notice?: string;
  /** Shows a part of the whole list, from this line on, counted from 1; else all at a glance. */
  readonly from?: number;
}

/** So many lines of each group at a glance; the whole list has them all. */
const SHOWN_LINES = { blocks: 10, 'may-block': 5, 'to-know': 5 } as const;
/** Of each thing to do about what stands in the way there are at least so many among them. */
const SHOWN_OF_EACH = 2;
/** Lines of a page of the whole list. */
const PAGE = 12;

/** What removal does, and everything that stands in the way, with what can be done about it from here. */
export const readinessCard = (view: ReadinessView, texts: Texts): AdaptiveCard =>
  fitting((room) => {
    const isGone = view.isNoLongerOurs === true;
    if (view.from !== undefined && !(isGone && hasDoneNothing(view))) return drawPage(view, view.from, texts, room);
    return isGone ? drawGone(view, texts, room) : drawReadiness(view, texts, room);
  });

const hasDoneNothing = ({ steps, left }: ReadinessView): boolean => steps.length === 0 && left === undefined;

/** Of a customer that is said to be none of ours there is only what was done from here, and nothing to change of it. */
const ofGone = (view: ReadinessView): ReadinessView => ({
  ...view,
  ...{ readiness: { ...view.readiness, lines: [] }, offers: [] },
  ...(view.left && { left: { items: view.left.items } }),
});

const seenLast = (texts: Texts): Element =>
  sentence(texts.say('readiness.gone-seen'), { spacing: 'small', isSubtle: true });

/**
 * There is nothing to remove, and nothing of the customer to change. What is suspended from here is shown all the same:
 * one such answer does not mean that it is over.
 */
function drawGone(view: ReadinessView, texts: Texts, room: Room): AdaptiveCard {
  const { customer, readiness, nonce } = view;
  const data = { customerId: customer.id, nonce };
  const gone = ofGone(view);
  return card(texts, texts.say('readiness.summary-gone', { domain: plainName(customer) }), [
    problemBox(view.problem),
    noticeBox(view.notice),
    heading(texts.say('readiness.title')),
    ...customerLines(customer, texts),
    ...noLongerOurs(readiness, texts),
    ...progress(gone, texts, room),
    ...leftSuspended(gone, texts, room),
    ...(hasDoneNothing(view) ? [] : [seenLast(texts)]),
    ...wholeList(gone, texts, room),
    ...buttons(
      view.open && execute('request.show', texts.say('button.show-request'), view.open, { style: 'positive' }),
      execute('readiness.check', texts.say('button.check-again'), data),
      view.watching === 'on' ? execute('watch.stop', texts.say('button.stop-watching'), data) : undefined,
      view.draft && execute('request.withdraw', texts.say('button.drop-draft'), view.draft),
    ),
  ]);
}

/** A part of the whole list, a screen or two long; each page says where it begins, since not all are of one length. */
function drawPage(whole: ReadinessView, asked: number, texts: Texts, room: Room): AdaptiveCard {
  const isGone = whole.isNoLongerOurs === true;
  const view = isGone ? ofGone(whole) : whole;
  const { customer, readiness, nonce } = view;
  const lines = inOrder(readiness.lines);
  const done = toldSteps(view);
  const left = view.left?.items ?? [];
  const total = lines.length + done.length + left.length;
  const from = Math.min(asked, Math.max(1, total));
  const to = Math.min(total, from - 1 + room(PAGE));
  const shown = lines.slice(from - 1, to);
  const steps = done.slice(Math.max(0, from - 1 - lines.length), Math.max(0, to - lines.length));
  const before = lines.length + done.length;
  const stillLeft = left.slice(Math.max(0, from - 1 - before), Math.max(0, to - before));
  const turn = (title: 'button.back' | 'button.more', page?: number): Action =>
    execute('readiness.show', texts.say(title), {
      ...{ customerId: customer.id, nonce },
      ...(page !== undefined && { page }),
    });
  const summary = isGone ? 'readiness.summary-gone' : 'readiness.summary';
  return card(texts, texts.say(summary, { domain: plainName(customer) }), [
    heading(texts.say('readiness.title')),
    ...customerLines(customer, texts),
    ...(isGone ? noLongerOurs(whole.readiness, texts) : [verdictBox(readiness.verdict, texts)]),
    sentence(texts.say('readiness.lines', { from, to, total }), { isSubtle: true }),
    ...lineGroups(shown, lines, (line) => lineElement(line, view, texts), texts),
    ...(steps.length === 0 ? [] : [stepsTitle(view, texts), ...steps.flatMap((one) => stepElements(one, view, texts))]),
    ...(stillLeft.length === 0 ? [] : [leftTitle(texts), ...stillLeft.map((item) => leftRow(item, view, texts))]),
    ...(isGone ? [seenLast(texts)] : []),
    ...buttons(
      turn('button.back', from === 1 ? undefined : Math.max(1, from - PAGE)),
      to < total ? turn('button.more', to + 1) : undefined,
    ),
  ]);
}

function drawReadiness(view: ReadinessView, texts: Texts, room: Room): AdaptiveCard {
  const { customer, readiness, nonce, canChange } = view;
  const customerId = customer.id;
  return card(texts, texts.say('readiness.summary', { domain: plainName(customer) }), [
    problemBox(view.problem),
    noticeBox(view.notice),
    heading(texts.say('readiness.title')),
    ...customerLines(customer, texts),
    sandboxBox(view.isSandbox, texts),
    isBeingCleared(view) ? beingCleared(texts) : verdictBox(readiness.verdict, texts),
    openTransfersBox(readiness.lines, texts),
    ...(view.suspensionsLeft === undefined
      ? []
      : [sentence(suspensionsLeft(view.suspensionsLeft, texts), { spacing: 'small' })]),
    ...progress(view, texts, room),
    ...leftSuspended(view, texts, room),
    ...GROUPS.flatMap((name) => groupAtAGlance(name, view, texts, room)),
    ...wholeList(view, texts, room),
    ...transferAbout(readiness.lines, texts),
    ...suspendAnyway(view, texts, room),
    ...consequences(granularAdmin(readiness), texts),
    timeLine(texts.say('readiness.read-at', { moment: texts.moment(readiness.readAt) })),
    ...buttons(
      view.open && execute('request.show', texts.say('button.show-request'), view.open, { style: 'positive' }),
      view.canRequest
        ? execute('removal.form', texts.say('button.request-removal'), { customerId, nonce }, { style: 'positive' })
        : undefined,
      canChange && !view.suspendLast && view.legacy > 1 ? suspendLegacy(view, texts) : undefined,
      canChange && view.cancellable.length > 1
        ? execute('cancellation.form', texts.say('button.cancel-several', { count: view.cancellable.length }), {
            customerId,
            nonce,
          })
        : undefined,
      execute('readiness.check', texts.say('button.check-again'), { customerId, nonce }),
    ),
    ...buttons(
      view.canDryRun ? execute('dry-run.show', texts.say('button.dry-run'), { customerId, nonce }) : undefined,
      view.watching === 'on'
        ? execute('watch.stop', texts.say('button.stop-watching'), { customerId, nonce })
        : undefined,
      view.watching === 'off' ? execute('watch.start', texts.say('button.watch'), { customerId, nonce }) : undefined,
      view.draft && execute('request.withdraw', texts.say('button.drop-draft'), view.draft),
      ...placesToGo(readiness.lines).map((place) => openUrl(texts.say(`button.${place}`), LINKS[place])),
    ),
  ]);
}

type Place = keyof typeof LINKS;

/** Where what cannot be cleared here is cleared. */
function placesToGo(lines: readonly Line[]): readonly Place[] {
  const remedies = lines.flatMap((line) => (line.kind === 'holding' ? line.remedies : []));
  const places = remedies.flatMap((remedy): readonly Place[] => {
    if (remedy.kind === 'elsewhere') return [remedy.where];
    return remedy.kind === 'transfer' ? ['partner-center'] : [];
  });
  return [...new Set(places)].sort();
}

/** While the service is being asked: the same card follows in its place. */
export function readingCard(customer: Customer, nonce: string, texts: Texts): AdaptiveCard {
  return card(texts, texts.say('readiness.summary-reading', { domain: plainName(customer) }), [
    heading(texts.say('readiness.title')),
    ...customerLines(customer, texts),
    sentence(texts.say('readiness.reading'), { spacing: 'medium' }),
    ...buttons(execute('readiness.check', texts.say('button.check-again'), { customerId: customer.id, nonce })),
  ]);
}

/** It is not said that nothing stands in the way while what was confirmed was not seen to be done. */
const isBeingCleared = ({ readiness, underWay }: ReadinessView): boolean =>
  readiness.verdict.kind === 'clear' && underWay.some(({ state }) => state !== 'done' && state !== 'failed');

const beingCleared = (texts: Texts): Element =>
  box('accent', sentence(texts.say('readiness.verdict-being-cleared'), { weight: 'bolder' }));

function progress(view: ReadinessView, texts: Texts, room: Room): readonly Element[] {
  const { steps } = view;
  if (steps.length === 0) return [];
  const count = { done: steps.filter(({ state }) => state === 'done').length, total: steps.length };
  const told = toldSteps(view);
  const shown = told.slice(0, room(SHOWN_LINES.blocks));
  const data = { customerId: view.customer.id, nonce: view.nonce };
  return [
    ...(view.signIn === undefined
      ? []
      : waitingPart(view.signIn.name, execute('readiness.check', texts.say('button.sign-in'), data), texts)),
    stepsTitle(view, texts),
    sentence(texts.say(isOnlySuspended(view) ? 'readiness.progress' : 'readiness.progress-done', count), {
      spacing: 'small',
    }),
    ...(view.signIn === undefined ? goingOn(steps, texts) : []),
    ...shown.flatMap((one) => stepElements(one, view, texts)),
    ...more(told.length - shown.length, texts),
  ];
}

/** What is suspended still, though nothing was removed: users have no access meanwhile, and Microsoft's time runs. */
function leftSuspended(view: ReadinessView, texts: Texts, room: Room): readonly Element[] {
  if (view.left === undefined) return [];
  const { items, by } = view.left;
  const shown = items.toSorted(byName).slice(0, room(SHOWN_LINES.blocks));
  return [
    leftTitle(texts),
    sentence(texts.say('readiness.left-suspended'), { spacing: 'small' }),
    ...shown.map((item) => leftRow(item, view, texts)),
    ...more(items.length - shown.length, texts),
    ...buttons(by !== undefined && items.length > 1 ? allBack(by, texts) : undefined),
  ];
}

const leftTitle = (texts: Texts): Element => subheading(texts.say('readiness.suspended-here'));

/** For whoever has it suspended; for others what is offered of it now. What stands in the way suspended has its button there. */
function leftRow(item: UndoItem, view: ReadinessView, texts: Texts): Element {
  const by = view.left?.by;
  if (by !== undefined) return undoRow(item, itemBack(item.holdingId, by, texts), texts);
  const offer = view.offers.find((one) => one.holdingId === item.holdingId && isBack(one));
  const back = offer === undefined || hasLine(item, view) ? undefined : offerButton(offer, view, texts);
  return undoRow(item, back, texts);
}

const isOnlySuspended = ({ steps }: ReadinessView): boolean => steps.every(({ action }) => action === 'suspend');

const stepsTitle = (view: ReadinessView, texts: Texts): Element =>
  subheading(texts.say(isOnlySuspended(view) ? 'readiness.suspended-here' : 'readiness.done-here'));

const collator = new Intl.Collator('en');
const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
  collator.compare(one.name, other.name);

/** What was done from here, in the order in which it is told: what is under way as it comes, what is done by name. Of many, what is under way and still stands in the way says so there only. */
function toldSteps(view: ReadinessView): readonly ClearingStep[] {
  const isFew = view.steps.length <= SHOWN_LINES.blocks;
  const isSaidThere = (one: ClearingStep): boolean => view.underWay.includes(one) && hasLine(one, view);
  return view.steps
    .filter((one) => isFew || !isSaidThere(one))
    .toSorted((one, other) => byUrgency(one, other) || (one.state === 'done' ? byName(one, other) : 0));
}

/** What did not work first, then what is under way. */
const byUrgency = (one: ClearingStep, other: ClearingStep): number => urgency(one) - urgency(other);
const urgency = ({ state }: ClearingStep): number => (state === 'failed' ? 0 : state === 'done' ? 2 : 1);

/** A step, and beside it how to take it back. */
function stepElements(step: ClearingStep, view: ReadinessView, texts: Texts): readonly Element[] {
  const told = [
    sentence(`•  ${texts.say('line.named', { name: step.name, said: stepState(step, texts) })}`, { spacing: 'small' }),
    ...stepFault(step, texts).map((line) => sentence(line, { size: 'small', isSubtle: true, spacing: 'none' })),
  ];
  // New commerce stands in the way as before, and has its button there.
  const back = hasLine(step, view)
    ? undefined
    : view.offers.find((offer) => offer.holdingId === step.holdingId && isBack(offer));
  const button = back && offerButton(back, view, texts);
  return button === undefined ? told : [lineRow(told, [button], 'small')];
}

const hasLine = ({ holdingId }: Pick<ClearingStep, 'holdingId'>, { readiness }: ReadinessView): boolean =>
  readiness.lines.some((line) => line.kind === 'holding' && line.holdingId === holdingId);

const isBack = ({ action }: Offer): boolean => action === 'reactivate';

/** The first lines of a group, with something of each sort among them. */
function groupAtAGlance(name: Line['group'], view: ReadinessView, texts: Texts, room: Room): readonly Element[] {
  const lines = inOrder(view.readiness.lines).filter(({ group }) => group === name);
  if (lines.length === 0) return [];
  const sorts = atMost(sorted(lines, lines), room(SHOWN_LINES[name]));
  const shown = sorts.reduce((count, { lines: some }) => count + some.length, 0);
  return [
    ...groupTitle(name, texts),
    ...sorts.flatMap((sort) => sortLines(sort, (line) => lineElement(line, view, texts), texts)),
    ...more(lines.length - shown, texts),
  ];
}

/** So many lines of all sorts: a few of each, then the rest in order. */
function atMost(sorts: readonly Sort[], most: number): readonly Sort[] {
  const ofEach = Math.max(1, Math.min(SHOWN_OF_EACH, Math.floor(most / sorts.length)));
  const fewOf = ({ lines }: Sort): number => Math.min(lines.length, ofEach);
  let left = most - sorts.reduce((count, sort) => count + fewOf(sort), 0);
  return sorts.map((sort) => {
    const few = fewOf(sort);
    const others = Math.max(0, Math.min(sort.lines.length - few, left));
    left -= others;
    return { ...sort, lines: sort.lines.slice(0, few + others) };
  });
}

/** Leads to the list of everything, where not all is seen here. */
function wholeList(view: ReadinessView, texts: Texts, room: Room): readonly Element[] {
  const { readiness, customer, nonce } = view;
  const lengths = GROUPS.map((name) => ({
    name,
    length: readiness.lines.filter(({ group }) => group === name).length,
  }));
  const isAll =
    lengths.every(({ name, length }) => length <= room(SHOWN_LINES[name])) &&
    toldSteps(view).length <= room(SHOWN_LINES.blocks) &&
    (view.left?.items.length ?? 0) <= room(SHOWN_LINES.blocks);
  return isAll
    ? []
    : buttons(execute('readiness.show', texts.say('button.more'), { customerId: customer.id, nonce, page: 1 }));
}

function lineElement(line: Line, view: ReadinessView, texts: Texts): Element {
  if (line.kind !== 'holding') return lineRow(toldOf(line, lineDetails(line, texts), texts), []);
  const busy = view.underWay.find(({ holdingId }) => holdingId === line.holdingId);
  if (busy !== undefined) return lineRow(toldOf(line, [stepState(busy, texts)], texts), []);
  const offers = view.offers.filter((one) => one.holdingId === line.holdingId && isInSight(one, view));
  const actions = offers.flatMap((one) => offerButton(one, view, texts) ?? []);
  // What the button beside it says is not said twice.
  const isSaid = actions.length > 0 && offers.some(({ action }) => action === 'suspend');
  const suspending = isSaid ? 'button' : view.suspendLast ? 'last' : 'here';
  return lineRow(toldOf(line, lineDetails(line, texts, suspending), texts), actions);
}

/** Suspending is in sight where it clears something and nothing else is waited for. */
const isInSight = ({ action, clears }: Offer, { suspendLast }: ReadinessView): boolean =>
  action !== 'suspend' || (clears && !suspendLast);

const HIDDEN = 'suspend-all-the-same';

/** Suspending is advised against while it gains nothing, and sits one level down. */
function suspendAnyway(view: ReadinessView, texts: Texts, room: Room): readonly Element[] {
  const offers = view.offers.filter((one) => one.action === 'suspend' && !isInSight(one, view));
  if (!view.canChange || offers.length === 0) return [];
  const shown = offers.slice(0, room(SHOWN_LINES.blocks));
  const isAnyCleared = offers.some(({ clears }) => clears);
  const isAnyKept = offers.some(({ clears }) => !clears);
  return [
    ...(isAnyCleared ? [sentence(texts.say('readiness.suspend-last'), { spacing: 'medium' })] : []),
    ...(isAnyKept
      ? [sentence(texts.say('readiness.suspend-access-about'), { spacing: isAnyCleared ? 'small' : 'medium' })]
      : []),
    ...buttons({
      type: 'Action.ToggleVisibility',
      title: texts.say('button.suspend-all-the-same'),
      targetElements: [HIDDEN],
    }),
    {
      type: 'Container',
      id: HIDDEN,
      isVisible: false,
      items: [
        ...shown.map((one) =>
          lineRow(
            [sentence(texts.say('line.name', { name: one.name, quantity: one.quantity }))],
            [offerButton(one, view, texts)].flatMap((action) => action ?? []),
          ),
        ),
        ...more(offers.length - shown.length, texts),
        ...buttons(view.legacy > 1 ? suspendLegacy(view, texts) : undefined),
      ],
    },
  ];
}

const suspendLegacy = ({ legacy, customer, nonce }: ReadinessView, texts: Texts): Action =>
  execute('legacy.suspend', texts.say('button.suspend-legacy', { count: legacy }), { customerId: customer.id, nonce });

/** The button that asks for a step, where this person may take it now. */
function offerButton(offer: Offer, view: ReadinessView, texts: Texts): Action | undefined {
  const { action, holdingId, class: holdingClass } = offer;
  const data = { customerId: view.customer.id, holdingId, nonce: view.nonce };
  if (!view.canChange) return undefined;
  switch (action) {
    case 'suspend': {
      const title = holdingClass === 'new-commerce-licence' ? 'button.suspend-access' : 'button.suspend';
      return execute('subscription.suspend', texts.say(title), data);
    }
    case 'reactivate':
      return execute('subscription.reactivate', texts.say('button.reactivate'), data);
    case 'auto-renew-off':
      return execute('subscription.auto-renew-off', texts.say('button.auto-renew-off'), data);
    case 'cancel': {
      const title = offer.order === undefined ? 'button.cancel-subscription' : 'button.cancel-order';
      const isOpen = view.cancellable.includes(holdingId);
      return isOpen ? execute('cancellation.form', texts.say(title), data) : undefined;
    }
  }
}

const more = (count: number, texts: Texts): readonly Element[] =>
  count <= 0 ? [] : [sentence(texts.say('readiness.more-lines', { count }), { isSubtle: true, spacing: 'small' })];
