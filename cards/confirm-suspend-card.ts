import type { Customer } from '../services/partner-center/partner-center.ts';
import type { HoldingLine } from '../services/readiness/readiness.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { customerLines, sandboxBox } from './customer-parts.ts';
import { box, bullets, buttons, card, heading, sentence, subheading } from './elements.ts';
import { fitting, type Room } from './fitting.ts';
import { lineTitle } from './holding-lines.ts';
import type { Texts } from './texts/texts.ts';

export interface ConfirmSuspendView {
  readonly customer: Customer;
  /** Exactly what is suspended when the person says yes. */
  readonly lines: readonly HoldingLine[];
  /** Whether add-ons go with them. */
  readonly takesAddOns: boolean;
  /** All legacy subscriptions at once, or one. */
  readonly all: boolean;
  readonly nonce: string;
  readonly isSandbox: boolean;
}

const SHOWN_NAMES = 40;

/** Names what is suspended and what that means, and asks. */
export const confirmSuspendCard = (view: ConfirmSuspendView, texts: Texts): AdaptiveCard =>
  fitting((room) => drawConfirm(view, texts, room));

function drawConfirm(view: ConfirmSuspendView, texts: Texts, room: Room): AdaptiveCard {
  const { customer, lines, nonce, all } = view;
  const customerId = customer.id;
  const yes = texts.say('button.yes-suspend');
  const holdingId = lines[0]?.holdingId ?? '';
  const names = lines.slice(0, room(SHOWN_NAMES)).map((line) => lineTitle(line, texts));
  const isAzure = lines.some((line) => line.class === 'azure-plan' || line.class === 'legacy-azure');
  const isLicence = lines.some((line) => line.class === 'legacy-licence' || line.class === 'legacy-add-on');
  return card(texts, texts.say('suspend.title'), [
    heading(texts.say('suspend.title')),
    ...customerLines(customer, texts),
    sandboxBox(view.isSandbox, texts),
    subheading(texts.say('suspend.names', { count: lines.length })),
    ...bullets(names),
    ...(lines.length > names.length
      ? [sentence(texts.say('readiness.more-lines', { count: lines.length - names.length }))]
      : []),
    box(
      'warning',
      ...(isLicence ? [sentence(texts.say('suspend.consequence-legacy'))] : []),
      ...(isAzure ? [sentence(texts.say('suspend.consequence-azure'))] : []),
      ...(view.takesAddOns ? [sentence(texts.say('suspend.consequence-add-ons'))] : []),
    ),
    ...buttons(
      all
        ? execute('legacy.confirm-suspend', yes, { customerId, nonce }, { style: 'destructive' })
        : execute('subscription.confirm-suspend', yes, { customerId, holdingId, nonce }, { style: 'destructive' }),
      execute('readiness.show', texts.say('button.back'), { customerId, nonce }),
    ),
  ]);
}
