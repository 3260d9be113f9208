import type { Customer } from '../services/partner-center/partner-center.ts';
import type { HoldingLine, Line, Readiness, Verdict } from '../services/readiness/readiness.ts';
import type { Suspension } from '../services/requests/request.ts';
import { execute } from './actions.ts';
import type { Action, AdaptiveCard, Column, ColumnSet, Element, RichTextBlock } from './adaptive-card.ts';
import { customerLines, noticeBox, plainName, problemBox, sandboxBox } from './customer-parts.ts';
import { box, bullets, buttons, card, heading, openUrl, sentence, subheading, timeLine } from './elements.ts';
import { fitting, type Room } from './fitting.ts';
import { lineDetails, lineTitle } from './holding-lines.ts';
import { LINKS } from './links.ts';
import { suspensionFault, suspensionState } from './suspension-lines.ts';
import type { Texts } from './texts/texts.ts';

export interface ReadinessView {
  readonly customer: Customer;
  readonly readiness: Readiness;
  /** What was asked for from here, and how far it is. */
  readonly suspensions: readonly Suspension[];
  /** Of these, what has not ended, or not when this was read: it still stands in the way here. */
  readonly underWay: readonly Suspension[];
  /** Ids of what can be suspended with a button, and of these the legacy ones. */
  readonly suspendable: readonly string[];
  readonly legacy: readonly string[];
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
  /** The person's own draft, which can be given up. */
  readonly draft?: { readonly requestId: string; readonly nonce: string };
  readonly nonce: string;
  readonly isSandbox: boolean;
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
    verdictBox(readiness.verdict, texts),
    ...progress(view.suspensions, texts, room),
    ...group('blocks', groups.get('blocks'), view, texts, room),
    ...group('may-block', groups.get('may-block'), view, texts, room),
    ...group('to-know', groups.get('to-know'), view, texts, room),
    ...transferAbout(readiness.lines, texts),
    ...suspendLast(view, texts, room),
    ...consequences(texts),
    timeLine(texts.say('readiness.read-at', { moment: texts.moment(readiness.readAt) })),
    ...buttons(
      view.canRequest
        ? execute('removal.form', texts.say('button.request-removal'), { customerId, nonce }, { style: 'positive' })
        : undefined,
      canChange && !view.suspendLast && view.legacy.length > 1 ? suspendLegacy(view, texts) : undefined,
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
    return remedy.kind === 'cancel' || remedy.kind === 'transfer' ? ['partner-center'] : [];
  });
  return [...new Set(places)].sort();
}

/** The four things that removal does, and that it cannot be taken back. */
export const consequences = (texts: Texts): readonly Element[] => [
  subheading(texts.say('readiness.consequences')),
  ...bullets([
    texts.say('readiness.consequence-list'),
    texts.say('readiness.consequence-support'),
    texts.say('readiness.consequence-admin'),
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

function verdictBox(verdict: Verdict, texts: Texts): Element {
  const style = verdict.kind === 'clear' ? 'good' : verdict.kind === 'clear-here' ? 'accent' : 'warning';
  return box(style, sentence(verdictText(verdict, texts), { weight: 'bolder' }));
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

function progress(suspensions: readonly Suspension[], texts: Texts, room: Room): readonly Element[] {
  if (suspensions.length === 0) return [];
  const done = suspensions.filter(({ state }) => state === 'suspended').length;
  const shown = suspensions.slice(0, room(SHOWN_LINES.blocks));
  return [
    subheading(texts.say('readiness.suspended-here')),
    sentence(texts.say('readiness.progress', { done, total: suspensions.length }), { spacing: 'small' }),
    ...shown.flatMap((one) => [
      sentence(`•  ${one.name}: ${suspensionState(one, texts)}`, { spacing: 'small' }),
      ...suspensionFault(one, texts).map((line) => sentence(line, { size: 'small', isSubtle: true, spacing: 'none' })),
    ]),
    ...more(suspensions.length - shown.length, texts),
  ];
}

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
  const busy =
    line.kind === 'holding' ? view.underWay.find(({ holdingId }) => holdingId === line.holdingId) : undefined;
  const mayPress = line.kind === 'holding' && busy === undefined && !view.suspendLast;
  const action = mayPress ? lineAction(line, view, texts) : undefined;
  // What the button beside it says is not said twice.
  const details = busy === undefined ? lineDetails(line, texts, action !== undefined) : [suspensionState(busy, texts)];
  const told: RichTextBlock[] = [
    sentence(lineTitle(line, texts), { spacing: 'none' }),
    ...details.map((detail) => sentence(detail, { size: 'small', isSubtle: true, spacing: 'none' })),
  ];
  return lineRow(told, action);
}

function lineRow(told: readonly RichTextBlock[], action: Action | undefined): ColumnSet {
  const columns: Column[] = [
    { type: 'Column', width: 'stretch', items: told },
    ...(action === undefined
      ? []
      : [
          {
            type: 'Column' as const,
            width: 'auto' as const,
            verticalContentAlignment: 'center' as const,
            items: [{ type: 'ActionSet' as const, actions: [action] }],
          },
        ]),
  ];
  return { type: 'ColumnSet', spacing: 'medium', separator: true, columns };
}

const HIDDEN = 'suspend-all-the-same';

/** Suspending is advised against while it gains nothing, and sits one level down. */
function suspendLast(view: ReadinessView, texts: Texts, room: Room): readonly Element[] {
  const lines = view.readiness.lines.filter(
    (line): line is HoldingLine => line.kind === 'holding' && view.suspendable.includes(line.holdingId),
  );
  if (!view.suspendLast || !view.canChange || lines.length === 0) return [];
  const shown = lines.slice(0, room(SHOWN_LINES.blocks));
  return [
    sentence(texts.say('readiness.suspend-last'), { spacing: 'medium' }),
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
        ...shown.map((line) => lineRow([sentence(lineTitle(line, texts))], lineAction(line, view, texts))),
        ...more(lines.length - shown.length, texts),
        ...buttons(view.legacy.length > 1 ? suspendLegacy(view, texts) : undefined),
      ],
    },
  ];
}

const suspendLegacy = ({ legacy, customer, nonce }: ReadinessView, texts: Texts): Action =>
  execute('legacy.suspend', texts.say('button.suspend-legacy', { count: legacy.length }), {
    customerId: customer.id,
    nonce,
  });

function lineAction(line: HoldingLine, view: ReadinessView, texts: Texts): Action | undefined {
  const { holdingId } = line;
  if (!view.canChange || !view.suspendable.includes(holdingId)) return undefined;
  const { nonce, customer } = view;
  return execute('subscription.suspend', texts.say('button.suspend'), { customerId: customer.id, holdingId, nonce });
}

const more = (count: number, texts: Texts): readonly Element[] =>
  count <= 0 ? [] : [sentence(texts.say('readiness.more-lines', { count }), { isSubtle: true, spacing: 'small' })];
