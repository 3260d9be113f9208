import type { Customer } from '../services/partner-center/partner-center.ts';
import type { Line, Offer, Readiness, Verdict } from '../services/readiness/readiness.ts';
import type { PersonRef } from '../services/people/person.ts';
import type { Left } from '../services/requests/clearing/suspensions-today.ts';
import type { ClearingStep } from '../services/requests/clearing/clearing-step.ts';
import { execute } from './actions.ts';
import type { Action, AdaptiveCard, Element, RichTextBlock } from './adaptive-card.ts';
import { customerLines, noticeBox, plainName, problemBox, sandboxBox } from './customer-parts.ts';
import { box, bullets, buttons, card, heading, lineRow, openUrl, sentence, subheading, timeLine } from './elements.ts';
import { fitting, type Room } from './fitting.ts';
import { lineDetails, lineTitle } from './holding-lines.ts';
import { suspensionsLeft } from './limit-texts.ts';
import { LINKS } from './links.ts';
import { stepFault, stepState, waitingPart } from './step-lines.ts';
import type { Texts } from './texts/texts.ts';

export interface ReadinessView {
  readonly customer: Customer;
  readonly readiness: Readiness;
  /** What was asked for from here, and how far it is. */
  readonly steps: readonly ClearingStep[];
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
}

/** So many lines of each group; the rest is counted. */
const SHOWN_LINES = { blocks: 10, 'may-block': 5, 'to-know': 5 } as const;

/** What removal does, and everything that stands in the way, with what can be done about it from here. */
export const readinessCard = (view: ReadinessView, texts: Texts): AdaptiveCard =>
  fitting((room) => drawReadiness(view, texts, room));

function drawReadiness(view: ReadinessView, texts: Texts, room: Room): AdaptiveCard {
  const { customer, readiness, nonce, canChange } = view;
  const customerId = customer.id;
  const groups = Map.groupBy(readiness.lines, ({ group }) => group);
  return card(texts, texts.say('readiness.summary', { domain: plainName(customer) }), [
    problemBox(view.problem),
    noticeBox(view.notice),
    heading(texts.say('readiness.title')),
    ...customerLines(customer, texts),
    sandboxBox(view.isSandbox, texts),
    isBeingCleared(view) ? beingCleared(texts) : verdictBox(readiness.verdict, texts),
    ...(view.suspensionsLeft === undefined
      ? []
      : [sentence(suspensionsLeft(view.suspensionsLeft, texts), { spacing: 'small' })]),
    ...progress(view, texts, room),
    ...group('blocks', groups.get('blocks'), view, texts, room),
    ...group('may-block', groups.get('may-block'), view, texts, room),
    ...group('to-know', groups.get('to-know'), view, texts, room),
    ...transferAbout(readiness.lines, texts),
    ...suspendAnyway(view, texts, room),
    ...consequences('may-be-asked', texts),
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

/** The normal way out in the middle of a term, in three sentences. */
const transferAbout = (lines: readonly Line[], texts: Texts): readonly Element[] =>
  lines.some((line) => line.kind === 'holding' && line.remedies.some(({ kind }) => kind === 'transfer'))
    ? [
        subheading(texts.say('readiness.transfer-title')),
        sentence(texts.say('readiness.transfer-about'), { spacing: 'small' }),
      ]
    : [];

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

/** What becomes of granular delegated administration: the removal itself leaves it, and a request may ask for its end. */
export type GranularAdmin = 'may-be-asked' | 'left' | 'ended';

/** The four things that removal does, and that it cannot be taken back. */
export const consequences = (granular: GranularAdmin, texts: Texts): readonly Element[] => [
  subheading(texts.say('readiness.consequences')),
  ...bullets([
    texts.say('readiness.consequence-list'),
    texts.say('readiness.consequence-support'),
    texts.say('readiness.consequence-admin'),
    texts.say(`readiness.granular-${granular}`),
    texts.say('readiness.consequence-sales'),
  ]),
  box('warning', sentence(texts.say('readiness.irreversible'), { weight: 'bolder' })),
];

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

function verdictBox(verdict: Verdict, texts: Texts): Element {
  const style = verdict.kind === 'clear' ? 'good' : verdict.kind === 'clear-here' ? 'accent' : 'warning';
  const { cancellations = 0 } = verdict.kind === 'clear-here' ? verdict : {};
  return box(
    style,
    sentence(verdictText(verdict, texts), { weight: 'bolder' }),
    ...(cancellations > 0
      ? [sentence(texts.say('readiness.verdict-cancellations', { count: cancellations }), { spacing: 'small' })]
      : []),
  );
}

function verdictText(verdict: Verdict, texts: Texts): string {
  switch (verdict.kind) {
    case 'clear':
      return texts.say('readiness.verdict-clear');
    case 'clear-here':
    case 'elsewhere':
      return texts.say(`readiness.verdict-${verdict.kind}`, { count: verdict.count });
    case 'not-before':
      return texts.say(verdict.billingEnds ? 'readiness.verdict-not-before' : 'readiness.verdict-not-before-billing', {
        date: texts.day(verdict.date),
      });
    case 'cannot-tell':
      return texts.say('readiness.verdict-cannot-tell', {
        sources: texts.list(verdict.sources.map((source) => texts.say(`source.${source}`))),
      });
  }
}

function progress(view: ReadinessView, texts: Texts, room: Room): readonly Element[] {
  const { steps } = view;
  if (steps.length === 0) return [];
  const isOnlySuspended = steps.every(({ action }) => action === 'suspend');
  const count = { done: steps.filter(({ state }) => state === 'done').length, total: steps.length };
  const shown = steps.slice(0, room(SHOWN_LINES.blocks));
  const data = { customerId: view.customer.id, nonce: view.nonce };
  return [
    ...(view.signIn === undefined
      ? []
      : waitingPart(view.signIn.name, execute('readiness.check', texts.say('button.sign-in'), data), texts)),
    subheading(texts.say(isOnlySuspended ? 'readiness.suspended-here' : 'readiness.done-here')),
    sentence(texts.say(isOnlySuspended ? 'readiness.progress' : 'readiness.progress-done', count), {
      spacing: 'small',
    }),
    ...shown.flatMap((one) => stepElements(one, view, texts)),
    ...more(steps.length - shown.length, texts),
  ];
}

/** A step, and beside it how to take it back. */
function stepElements(step: ClearingStep, view: ReadinessView, texts: Texts): readonly Element[] {
  const told = [
    sentence(`•  ${texts.say('line.named', { name: step.name, said: stepState(step, texts) })}`, { spacing: 'small' }),
    ...stepFault(step, texts).map((line) => sentence(line, { size: 'small', isSubtle: true, spacing: 'none' })),
  ];
  // New commerce stands in the way as before, and has its button there.
  const isListed = view.readiness.lines.some((line) => line.kind === 'holding' && line.holdingId === step.holdingId);
  const back = isListed ? undefined : view.offers.find((offer) => offer.holdingId === step.holdingId && isBack(offer));
  const button = back && offerButton(back, view, texts);
  return button === undefined ? told : [lineRow(told, [button], 'small')];
}

const isBack = ({ action }: Offer): boolean => action === 'reactivate';

function group(
  name: Line['group'],
  lines: readonly Line[] | undefined,
  view: ReadinessView,
  texts: Texts,
  room: Room,
): readonly Element[] {
  if (lines === undefined) return [];
  const shown = lines.slice(0, room(SHOWN_LINES[name]));
  return [
    subheading(texts.say(`readiness.group-${name}`)),
    ...(name === 'may-block' ? [sentence(texts.say('readiness.group-may-block-about'), { spacing: 'none' })] : []),
    ...shown.map((line) => lineElement(line, view, texts)),
    ...more(lines.length - shown.length, texts),
  ];
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

const toldOf = (line: Line, details: readonly string[], texts: Texts): readonly RichTextBlock[] => [
  sentence(lineTitle(line, texts), { spacing: 'none' }),
  ...details.map((detail) => sentence(detail, { size: 'small', isSubtle: true, spacing: 'none' })),
];

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
