import type { Customer } from '../services/partner-center/partner-center.ts';
import type { Offer, StepAction } from '../services/readiness/readiness.ts';
import type { Left } from '../services/requests/clearing/suspensions-today.ts';
import { execute } from './actions.ts';
import type { Action, AdaptiveCard } from './adaptive-card.ts';
import { customerLines, problemBox, sandboxBox } from './customer-parts.ts';
import { box, bullets, buttons, card, confirmButtons, heading, sentence, subheading } from './elements.ts';
import { suspensionsLeft } from './limit-texts.ts';
import { pageOf } from './pages.ts';
import type { TextKey } from './texts/en.ts';
import type { Texts } from './texts/texts.ts';

export interface ConfirmStepView {
  readonly customer: Customer;
  readonly action: Exclude<StepAction, 'cancel'>;
  /** Exactly what it is done with when the person says yes. */
  readonly offers: readonly Offer[];
  /** Names of the add-ons that come back with it. Foreign text. */
  readonly addOnsBack?: readonly string[];
  /** All legacy subscriptions at once, or one. */
  readonly all: boolean;
  readonly nonce: string;
  /** Of the *Yes* alone, which stands on the last page. */
  readonly yesNonce: string;
  readonly isSandbox: boolean;
  /** Of all that is named, counted from 0 (0). */
  readonly page?: number;
  readonly problem?: string;
  /** How many suspensions are left for today, where these are more. */
  readonly suspensionsLeft?: Left;
  /** Where what is given back was left suspended by a request that came to nothing, or that Partner Center refused. */
  readonly ofRequest?: { readonly id: string; readonly isBlocked: boolean };
}

/** Names on one page. */
const NAMES_A_PAGE = 12;

/** What is asked, for the heading and for the toast. */
export const confirmTitle = ({ action, offers }: Pick<ConfirmStepView, 'action' | 'offers'>, texts: Texts): string =>
  texts.say(action === 'suspend' && offers.every(isNewCommerce) ? 'step.title-suspend-access' : `step.title-${action}`);

/** Names everything that a step is taken with, page by page where it is much; the last one says what it means, and asks. */
export function confirmStepCard(view: ConfirmStepView, texts: Texts): AdaptiveCard {
  const { customer, offers, nonce, action, addOnsBack = [] } = view;
  const title = confirmTitle(view, texts);
  const heads = {
    own: texts.say(`step.names-${action}`, { count: offers.length }),
    addOns: texts.say('step.consequence-add-ons-back'),
  };
  const all = [
    ...offers.map(({ name, quantity }) => ({ head: heads.own, name: texts.say('line.name', { name, quantity }) })),
    ...addOnsBack.map((name) => ({ head: heads.addOns, name })),
  ];
  const { shown, page, from, to, total, isLast } = pageOf(all, view.page ?? 0, NAMES_A_PAGE, ({ name }) =>
    bullets([name]),
  );
  const back =
    view.ofRequest === undefined
      ? execute('readiness.show', texts.say('button.back'), { customerId: customer.id, nonce })
      : execute('request.show', texts.say('button.back'), { requestId: view.ofRequest.id, nonce });
  return card(texts, title, [
    problemBox(view.problem),
    heading(title),
    ...customerLines(customer, texts),
    sandboxBox(view.isSandbox, texts),
    ...shown.flatMap(({ head, name }, at) => [
      ...(head === shown[at - 1]?.head ? [] : [subheading(head)]),
      ...bullets([name]),
    ]),
    ...(shown.length === total
      ? []
      : [
          sentence(texts.say('readiness.lines', { from, to, total }), { isSubtle: true, spacing: 'medium' }),
          ...buttons(
            page === 0 ? undefined : turnButton(view, 'button.previous', page - 1, texts),
            isLast ? undefined : turnButton(view, 'button.next', page + 1, texts),
          ),
        ]),
    ...(view.suspensionsLeft === undefined
      ? []
      : [sentence(suspensionsLeft(view.suspensionsLeft, texts), { weight: 'bolder', spacing: 'small' })]),
    ...(isLast
      ? [
          box('warning', ...consequences(view, texts).map((line) => sentence(line))),
          ...confirmButtons(yesButton(view, texts), back),
        ]
      : buttons(back)),
  ]);
}

/** What is more than a page is all legacy subscriptions at once, all that a request has left suspended, or one with its add-ons. */
function turnButton(
  { customer, offers, nonce, all, ofRequest }: ConfirmStepView,
  title: 'button.previous' | 'button.next',
  page: number,
  texts: Texts,
): Action {
  const of = { nonce, page, ...(!all && { holdingId: offers[0]?.holdingId ?? '' }) };
  if (ofRequest !== undefined)
    return execute('request.reactivate', texts.say(title), { requestId: ofRequest.id, ...of });
  const verb = all ? 'legacy.suspend' : 'subscription.reactivate';
  return execute(verb, texts.say(title), { customerId: customer.id, ...of });
}

function yesButton(
  { action, all, customer, offers, yesNonce: nonce, ofRequest }: ConfirmStepView,
  texts: Texts,
): Action {
  const title = texts.say(`button.yes-${action}`);
  const style = { style: 'destructive' } as const;
  const of = { customerId: customer.id, nonce };
  const holdingId = offers[0]?.holdingId ?? '';
  if (ofRequest !== undefined)
    return execute(
      'request.confirm-reactivate',
      title,
      { requestId: ofRequest.id, nonce, ...(!all && { holdingId }) },
      style,
    );
  if (all) return execute('legacy.confirm-suspend', title, of, style);
  const one = { ...of, holdingId };
  switch (action) {
    case 'suspend':
      return execute('subscription.confirm-suspend', title, one, style);
    case 'reactivate':
      return execute('subscription.confirm-reactivate', title, one, style);
    case 'auto-renew-off':
      return execute('subscription.confirm-auto-renew-off', title, one, style);
  }
}

const isNewCommerce = ({ class: holdingClass }: Pick<Offer, 'class'>): boolean =>
  holdingClass === 'new-commerce-licence';
const isAzure = ({ class: holdingClass }: Pick<Offer, 'class'>): boolean =>
  holdingClass === 'azure-plan' || holdingClass === 'legacy-azure';

/** What suspending subscriptions of these classes means, one sentence for each kind that is among them. */
export const suspendingMeans = (classes: readonly Offer['class'][], hasAddOns: boolean): readonly TextKey[] => {
  const azure = classes.filter((one) => isAzure({ class: one })).length;
  const newCommerce = classes.filter((one) => isNewCommerce({ class: one })).length;
  return [
    ...(azure + newCommerce < classes.length ? (['step.consequence-legacy'] as const) : []),
    ...(azure > 0 ? (['step.consequence-azure'] as const) : []),
    ...(newCommerce > 0
      ? (['step.consequence-access', 'step.consequence-renewal-ends', 'step.consequence-no-transfer'] as const)
      : []),
    ...(hasAddOns ? (['step.consequence-add-ons'] as const) : []),
  ];
};

/** What it means, in whole sentences. Each kind of subscription has its own. */
function consequences({ action, offers, ofRequest }: ConfirmStepView, texts: Texts): readonly string[] {
  const said = (keys: readonly TextKey[]): readonly string[] => keys.map((key) => texts.say(key));
  const billedUntil = offers[0]?.billedUntil;
  const dated = (key: 'step.consequence-access' | 'step.consequence-auto-renew'): string =>
    billedUntil === undefined ? texts.say(key) : texts.say(`${key}-until`, { date: texts.day(billedUntil) });
  switch (action) {
    case 'suspend': {
      if (offers.every(isNewCommerce))
        return [
          dated('step.consequence-access'),
          ...said(offers.every(({ clears }) => clears) ? [] : ['step.consequence-still-blocks']),
          ...said(['step.consequence-renewal-ends', 'step.consequence-no-transfer']),
        ];
      return said(
        suspendingMeans(
          offers.map((one) => one.class),
          offers.some(({ addOns }) => addOns !== undefined),
        ),
      );
    }
    case 'reactivate':
      return said([
        ...(offers.every(isNewCommerce) ? [] : (['step.consequence-reactivate'] as const)),
        ...(offers.some(isNewCommerce) ? (['step.consequence-reactivate-access'] as const) : []),
        ...(offers.some(isNewCommerce) ? (['step.consequence-not-restored'] as const) : []),
        ...(offers.every(isNewCommerce) ? [] : (['step.consequence-data'] as const)),
        ...(ofRequest?.isBlocked === true ? (['undo.consequence-blocked'] as const) : []),
      ]);
    case 'auto-renew-off':
      return [
        dated('step.consequence-auto-renew'),
        ...said(offers.some(isNewCommerce) ? ['step.consequence-extended'] : []),
        ...said(['step.consequence-auto-renew-back']),
      ];
  }
}
