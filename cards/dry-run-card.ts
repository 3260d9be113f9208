import type { Customer } from '../services/partner-center/partner-center.ts';
import type { DryRun, DryStep } from '../services/readiness/dry-run.ts';
import type { Line } from '../services/readiness/readiness.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, Element } from './adaptive-card.ts';
import { customerLines, sandboxBox } from './customer-parts.ts';
import { box, bullets, buttons, card, heading, sentence, subheading } from './elements.ts';
import { fitting, type Room } from './fitting.ts';
import { lineDetails, lineTitle } from './holding-lines.ts';
import { pageOf } from './pages.ts';
import { groupTitle } from './readiness-lines.ts';
import { someNames } from './some-names.ts';
import type { Texts } from './texts/texts.ts';
import { GROUPS } from './what-to-do.ts';

export interface DryRunView {
  readonly customer: Customer;
  readonly run: DryRun;
  /** Everything that was read and matters. */
  readonly lines: readonly Line[];
  /** Who could be asked. */
  readonly approvers: readonly string[];
  readonly nonce: string;
  readonly isSandbox: boolean;
  /** Of the list of everything, counted from 1; missing where what matters is shown at a glance. */
  readonly page?: number;
}

/** So many lines at a glance; the rest is counted, and *More* leads to the list of everything. */
const SHOWN_STEPS = 12;
const SHOWN_LINES = 8;
/** Lines of a page of that list. */
const PAGE = 12;
const SHOWN_NAMES = 5;

/** Everything that matters, what would stop a removal, and what it would do and send, step by step. Nothing was sent. */
export const dryRunCard = (view: DryRunView, texts: Texts): AdaptiveCard =>
  view.page === undefined
    ? fitting((room) => drawDryRun(view, texts, room))
    : drawPage(view, partsOf(view, texts), view.page - 1, texts);

/** One of the lists on it, with what a line of it looks like. */
interface Part {
  readonly head: readonly Element[];
  readonly lines: readonly (readonly Element[])[];
  readonly most: number;
}

function partsOf(view: DryRunView, texts: Texts): readonly Part[] {
  const { customer, run, approvers } = view;
  const steps = run.steps.map((step, at) => `${at + 1}.  ${stepText(step, customer, approvers, texts)}`);
  return [
    ...GROUPS.map((group) => groupPart(group, view, texts)),
    ...(run.kind === 'would-stop' ? [stopPart(run.because, texts)] : []),
    {
      head: [subheading(texts.say(run.kind === 'would-stop' ? 'dry-run.once-clear' : 'dry-run.would-remove'))],
      lines: steps.map((text) => [sentence(text, { spacing: 'small' })]),
      most: SHOWN_STEPS,
    },
  ].filter(({ lines }) => lines.length > 0);
}

function drawPage(view: DryRunView, parts: readonly Part[], asked: number, texts: Texts): AdaptiveCard {
  const { customer, nonce, isSandbox } = view;
  const all = parts.flatMap(({ head, lines }) => lines.map((line) => ({ head, line })));
  const { shown, page, from, to, total, isLast } = pageOf(all, asked, PAGE, ({ line }) => line);
  const turn = (title: 'button.back' | 'button.more', page?: number) =>
    execute('dry-run.show', texts.say(title), {
      ...{ customerId: customer.id, nonce },
      ...(page !== undefined && { page }),
    });
  return card(texts, texts.say('dry-run.title'), [
    heading(texts.say('dry-run.title')),
    ...customerLines(customer, texts),
    sandboxBox(isSandbox, texts),
    box('emphasis', sentence(texts.say('dry-run.about'), { weight: 'bolder' })),
    sentence(texts.say('readiness.lines', { from, to, total }), { isSubtle: true }),
    ...shown.flatMap(({ head, line }, at) => [...(head === shown[at - 1]?.head ? [] : head), ...line]),
    ...buttons(turn('button.back', page === 0 ? undefined : page), isLast ? undefined : turn('button.more', page + 2)),
  ]);
}

function drawDryRun(view: DryRunView, texts: Texts, room: Room): AdaptiveCard {
  const { customer, nonce, isSandbox } = view;
  const parts = partsOf(view, texts);
  const isAll = parts.every(({ lines, most }) => lines.length <= room(most));
  return card(texts, texts.say('dry-run.title'), [
    heading(texts.say('dry-run.title')),
    ...customerLines(customer, texts),
    sandboxBox(isSandbox, texts),
    box('emphasis', sentence(texts.say('dry-run.about'), { weight: 'bolder' })),
    ...parts.flatMap(({ head, lines, most }) => [
      ...head,
      ...lines.slice(0, room(most)).flat(),
      ...more(lines.length - room(most), texts),
    ]),
    ...buttons(
      execute('readiness.show', texts.say('button.back'), { customerId: customer.id, nonce }),
      isAll
        ? undefined
        : execute('dry-run.show', texts.say('button.more'), { customerId: customer.id, nonce, page: 1 }),
    ),
  ]);
}

/** One group of what matters: what it is, and what clears it; suspending comes last where something else is waited for. */
function groupPart(group: Line['group'], view: DryRunView, texts: Texts): Part {
  const suspending = view.run.kind === 'would-stop' ? 'last' : 'here';
  return {
    head: groupTitle(group, texts),
    lines: view.lines
      .filter((line) => line.group === group)
      .map((line) => [
        ...bullets([lineTitle(line, texts)]),
        ...lineDetails(line, texts, suspending).map((detail) =>
          sentence(detail, { size: 'small', isSubtle: true, spacing: 'none' }),
        ),
      ]),
    most: SHOWN_LINES,
  };
}

const stopPart = (because: readonly Line[], texts: Texts): Part => ({
  head: [subheading(texts.say('dry-run.would-stop'))],
  lines: because.map((line) => bullets([lineTitle(line, texts)])),
  most: SHOWN_LINES,
});

const more = (count: number, texts: Texts): readonly Element[] =>
  count <= 0 ? [] : [sentence(texts.say('readiness.more-lines', { count }), { isSubtle: true, spacing: 'small' })];

function stepText(step: DryStep, customer: Customer, approvers: readonly string[], texts: Texts): string {
  switch (step.kind) {
    case 'suspend':
      return texts.say('dry-run.suspend', { name: step.name, id: step.subscriptionId });
    case 'with-parent':
      return texts.say('dry-run.with-parent', { name: step.name, parent: step.parentName });
    case 'cancel':
      return step.order === undefined
        ? texts.say('dry-run.cancel', { name: step.name, id: step.holdingId })
        : texts.say('dry-run.cancel-order', { name: step.name, id: step.order.orderId });
    case 'ask-for-cancellation':
      return approvers.length === 0
        ? texts.say('dry-run.no-approver')
        : texts.say('dry-run.ask-for-cancellation', { approvers: texts.list(approvers) });
    case 'ask-for-approval':
      return approvers.length === 0
        ? texts.say('dry-run.no-approver')
        : texts.say('dry-run.ask-for-approval', { approvers: texts.list(approvers) });
    case 'remove':
      return texts.say('dry-run.remove', { id: customer.id });
    case 'end-delegated-admin':
      return texts.say('dry-run.end-delegated-admin', {
        names: someNames(step.names, SHOWN_NAMES, texts),
        count: step.names.length,
      });
    case 'read-again':
    case 'read-back':
      return texts.say(`dry-run.${step.kind}`);
  }
}
