import type { Customer } from '../services/partner-center/partner-center.ts';
import type { DryRun, DryStep } from '../services/readiness/dry-run.ts';
import type { Line } from '../services/readiness/readiness.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, Element } from './adaptive-card.ts';
import { customerLines, sandboxBox } from './customer-parts.ts';
import { cut } from './cut.ts';
import { box, bullets, buttons, card, heading, sentence, subheading } from './elements.ts';
import { fitting, type Room } from './fitting.ts';
import { lineDetails, lineTitle } from './holding-lines.ts';
import type { Texts } from './texts/texts.ts';

export interface DryRunView {
  readonly customer: Customer;
  readonly run: DryRun;
  /** Everything that was read and matters. */
  readonly lines: readonly Line[];
  /** Who could be asked. */
  readonly approvers: readonly string[];
  readonly nonce: string;
  readonly isSandbox: boolean;
}

const SHOWN_STEPS = 20;
/** So many lines of each list; the rest is counted. */
const SHOWN_LINES = 8;
const SHOWN_NAMES = 5;
const LONGEST_NAME = 80;

/** Everything that matters, what would stop a removal, and what it would do and send, step by step. Nothing was sent. */
export const dryRunCard = (view: DryRunView, texts: Texts): AdaptiveCard =>
  fitting((room) => drawDryRun(view, texts, room));

function drawDryRun(view: DryRunView, texts: Texts, room: Room): AdaptiveCard {
  const { customer, run, approvers, nonce, isSandbox } = view;
  const steps = run.steps.map((step) => stepText(step, customer, approvers, texts));
  const shown = steps.slice(0, room(SHOWN_STEPS));
  return card(texts, texts.say('dry-run.title'), [
    heading(texts.say('dry-run.title')),
    ...customerLines(customer, texts),
    sandboxBox(isSandbox, texts),
    box('emphasis', sentence(texts.say('dry-run.about'), { weight: 'bolder' })),
    ...GROUPS.flatMap((group) => groupPart(group, view, texts, room)),
    ...(run.kind === 'would-stop' ? stopPart(run.because, texts, room) : []),
    subheading(texts.say(run.kind === 'would-stop' ? 'dry-run.once-clear' : 'dry-run.would-remove')),
    ...shown.map((text, index) => sentence(`${index + 1}.  ${text}`, { spacing: 'small' })),
    ...more(steps.length - shown.length, texts),
    ...buttons(execute('readiness.show', texts.say('button.back'), { customerId: customer.id, nonce })),
  ]);
}

const GROUPS = ['blocks', 'may-block', 'to-know'] as const satisfies readonly Line['group'][];

/** One group of what matters: what it is, and what clears it. */
function groupPart(group: Line['group'], view: DryRunView, texts: Texts, room: Room): readonly Element[] {
  const lines = view.lines.filter((line) => line.group === group);
  if (lines.length === 0) return [];
  const shown = lines.slice(0, room(SHOWN_LINES));
  return [
    subheading(texts.say(`readiness.group-${group}`)),
    ...(group === 'may-block' ? [sentence(texts.say('readiness.group-may-block-about'), { spacing: 'none' })] : []),
    ...shown.flatMap((line) => [
      ...bullets([lineTitle(line, texts)]),
      ...lineDetails(line, texts).map((detail) => sentence(detail, { size: 'small', isSubtle: true, spacing: 'none' })),
    ]),
    ...more(lines.length - shown.length, texts),
  ];
}

function stopPart(because: readonly Line[], texts: Texts, room: Room): readonly Element[] {
  const shown = because.slice(0, room(SHOWN_LINES));
  return [
    subheading(texts.say('dry-run.would-stop')),
    ...bullets(shown.map((line) => lineTitle(line, texts))),
    ...more(because.length - shown.length, texts),
  ];
}

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
        names: texts.list(step.names.slice(0, SHOWN_NAMES).map((name) => cut(name, LONGEST_NAME))),
        count: step.names.length,
      });
    case 'read-again':
    case 'read-back':
      return texts.say(`dry-run.${step.kind}`);
  }
}
