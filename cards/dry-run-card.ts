import type { Customer } from '../services/partner-center/partner-center.ts';
import type { DryRun, DryStep } from '../services/readiness/dry-run.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { customerLines, sandboxBox } from './customer-parts.ts';
import { cut } from './cut.ts';
import { box, bullets, buttons, card, heading, sentence, subheading } from './elements.ts';
import { fitting, type Room } from './fitting.ts';
import { lineTitle } from './holding-lines.ts';
import type { Texts } from './texts/texts.ts';

export interface DryRunView {
  readonly customer: Customer;
  readonly run: DryRun;
  /** Who could be asked. */
  readonly approvers: readonly string[];
  readonly nonce: string;
  readonly isSandbox: boolean;
}

const SHOWN_STEPS = 30;
const SHOWN_NAMES = 5;
const LONGEST_NAME = 80;

/** What a removal would do and send, step by step, or what would stop it. Nothing was sent. */
export const dryRunCard = (view: DryRunView, texts: Texts): AdaptiveCard =>
  fitting((room) => drawDryRun(view, texts, room));

function drawDryRun(
  { customer, run, approvers, nonce, isSandbox }: DryRunView,
  texts: Texts,
  room: Room,
): AdaptiveCard {
  const steps =
    run.kind === 'would-remove'
      ? run.steps.map((step) => stepText(step, customer, approvers, texts))
      : run.because.map((line) => lineTitle(line, texts));
  const shown = steps.slice(0, room(SHOWN_STEPS));
  return card(texts, texts.say('dry-run.title'), [
    heading(texts.say('dry-run.title')),
    ...customerLines(customer, texts),
    sandboxBox(isSandbox, texts),
    box('emphasis', sentence(texts.say('dry-run.about'), { weight: 'bolder' })),
    subheading(texts.say(`dry-run.${run.kind}`)),
    ...(run.kind === 'would-remove'
      ? shown.map((text, index) => sentence(`${index + 1}.  ${text}`, { spacing: 'small' }))
      : bullets(shown)),
    ...(steps.length > shown.length
      ? [sentence(texts.say('readiness.more-lines', { count: steps.length - shown.length }))]
      : []),
    ...buttons(execute('readiness.show', texts.say('button.back'), { customerId: customer.id, nonce })),
  ]);
}

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
