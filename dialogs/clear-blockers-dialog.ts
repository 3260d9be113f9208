import { ComponentDialog } from './sdk-dialogs.ts';
import { readButton, type Verb } from '../cards/actions.ts';
import { confirmStepCard, confirmTitle } from '../cards/confirm-step-card.ts';
import { suspensionsLeft } from '../cards/limit-texts.ts';
import { dryRunCard } from '../cards/dry-run-card.ts';
import type { Texts } from '../cards/texts/texts.ts';
import { dryRun } from '../services/readiness/dry-run.ts';
import type { Offer } from '../services/readiness/readiness.ts';
import { isNoLongerOurs } from '../services/readiness/relationship.ts';
import { legacySuspendable } from '../services/readiness/suspending.ts';
import { isFinal } from '../services/requests/life.ts';
import { addOnsWith } from '../services/requests/clearing/clearing.ts';
import type { Nonces } from '../services/requests/nonces.ts';
import type { RemovalRequests } from '../services/requests/removal-requests.ts';
import type { OwnAction } from '../services/requests/clearing/clearing-step.ts';
import type { RequestRecord } from '../services/requests/request.ts';
import { MOST_ASKED, refOfApprover } from '../services/requests/sending/whom-to-ask.ts';
import type { Watches } from '../services/watching/watches.ts';
import { CardPrompt, type Pressed } from './card-prompt.ts';
import { soonOr, type Waiting } from './later.ts';
import { confirming, doesConfirm, doesName, naming, withoutNames } from './named-nonce.ts';
import type { ReadinessScreen } from './readiness-screen.ts';
import { factsOf } from './turn-facts.ts';
import { waterfall, type Awaits, type Begins, type Memory, type Turn } from './waterfall.ts';

/** What the buttons that ask for a step, and those that confirm it, are about. */
const ASKED = {
  'subscription.suspend': 'suspend',
  'subscription.reactivate': 'reactivate',
  'subscription.auto-renew-off': 'auto-renew-off',
  'legacy.suspend': 'suspend',
} as const satisfies Partial<Record<Verb, OwnAction>>;
const CONFIRMED = {
  'subscription.confirm-suspend': 'suspend',
  'subscription.confirm-reactivate': 'reactivate',
  'subscription.confirm-auto-renew-off': 'auto-renew-off',
  'legacy.confirm-suspend': 'suspend',
} as const satisfies Partial<Record<Verb, OwnAction>>;
type AskedVerb = keyof typeof ASKED;
type ConfirmedVerb = keyof typeof CONFIRMED;
const verbsOf = <V extends string>(table: Readonly<Record<V, OwnAction>>): readonly V[] => Object.keys(table) as V[];

const READINESS_VERBS = [
  ...(['readiness.show', 'readiness.check', 'dry-run.show', 'watch.start', 'watch.stop'] as const),
  ...(['removal.form', 'cancellation.form'] as const),
  ...verbsOf<AskedVerb>(ASKED),
] as const;
/** Buttons that lead from one page of what is asked, or shown, to another. */
const PAGED_VERBS = ['legacy.suspend', 'subscription.reactivate', 'dry-run.show'] as const;
const CONFIRM_VERBS = ['readiness.show' as const, ...PAGED_VERBS, ...verbsOf<ConfirmedVerb>(CONFIRMED)] as const;
/** Every button by which somebody can come into this dialog, from whichever card. */
export const CLEARING_VERBS = [...READINESS_VERBS, ...CONFIRM_VERBS] as const;
type ClearingAnswer = Pressed<(typeof CLEARING_VERBS)[number]>;
type ConfirmAnswer = Pressed<(typeof CONFIRM_VERBS)[number]>;

export type ClearBlockersShape = {
  readonly options: {
    readonly customerId: string;
    /** A button that was pressed on a card of another conversation with this dialog: it goes on from there. */
    readonly pressed?: { readonly verb: string; readonly data: Memory };
    readonly fresh?: boolean;
    /** Nothing is shown that was read before: somebody has asked by name how the customer stands. */
    readonly anew?: boolean;
    readonly problem?: string;
    readonly notice?: string;
    /** Of the list of everything, the line with which what is shown begins. */
    readonly page?: number;
  };
  readonly result:
    | { readonly kind: 'ask'; readonly customerId: string }
    /** Without `holdingIds` all that can be cancelled. */
    | { readonly kind: 'cancel'; readonly customerId: string; readonly holdingIds?: readonly string[] };
};
type Step<Answer> = Turn<ClearBlockersShape, Answer>;

export interface ClearBlockersParts {
  readonly screen: ReadinessScreen;
  readonly removals: Pick<RemovalRequests, 'clear' | 'ofCustomer' | 'approversFor' | 'suspensionsLeft'>;
  readonly watches: Pick<Watches, 'start' | 'stop' | 'isWatching' | 'withoutPeople'>;
  readonly nonces: Nonces;
  readonly waiting: Waiting;
  readonly isSandbox: boolean;
}

/** Shows what stands in the way of a removal, and clears what can be cleared, each with a confirm view. */
export class ClearBlockersDialog extends ComponentDialog implements Begins<ClearBlockersShape> {
  declare readonly shape?: ClearBlockersShape;
  readonly #parts: ClearBlockersParts;
  readonly #readiness = CardPrompt.ofButtons('readiness', READINESS_VERBS);
  readonly #confirm = CardPrompt.ofButtons('confirm', CONFIRM_VERBS);

  constructor(parts: ClearBlockersParts) {
    super('clear-blockers');
    this.#parts = parts;
    this.addDialog(this.#readiness);
    this.addDialog(this.#confirm);
    this.addDialog(
      waterfall<ClearBlockersShape>('clear-blockers@2')
        .step((turn) => this.#show(turn))
        .step((turn) => this.#act(turn))
        .step((turn) => this.#take(turn))
        .build(),
    );
    this.initialDialogId = 'clear-blockers@2';
  }

  async #show(turn: Step<undefined>): Promise<Awaits<ClearingAnswer>> {
    const pressed = pressedIn(turn.options);
    if (pressed !== undefined) return turn.pass(pressed);

    const { customerId, fresh = false, anew = false, problem, notice, page } = turn.options;
    const { person, texts } = factsOf(turn.context);
    const said = { ...(problem !== undefined && { problem }), ...(notice !== undefined && { notice }) };
    const asked = { person, customerId, texts, ...said };
    const { screen, nonces, waiting } = this.#parts;
    const nonce = nonces.ofCustomer(person.id, customerId);
    const customer = await screen.recall(customerId);
    const { shown, followUp } = await soonOr(
      turn.context,
      screen.show(asked, { fresh, anew, ...(page !== undefined && { from: page }) }),
      () => screen.reading(asked),
      { customer, nonce },
      waiting,
    );
    return turn.ask(this.#readiness, { shown, nonce, onShown: followUp });
  }

  async #act(turn: Step<ClearingAnswer>): Promise<Awaits<ConfirmAnswer>> {
    const { answer } = turn;
    const { customerId } = turn.options;
    switch (answer.verb) {
      case 'readiness.show':
        return turn.again({ customerId, ...pageIn(answer) });
      case 'readiness.check':
        return turn.again({ customerId, fresh: true });
      default:
        return (await this.#isRemoved(turn)) ? turn.again({ customerId }) : this.#begin(turn, answer);
    }
  }

  /** What a button begins, where the customer was not removed meanwhile. */
  async #begin(
    turn: Step<ClearingAnswer>,
    answer: Exclude<ClearingAnswer, Pressed<'readiness.show' | 'readiness.check'>>,
  ): Promise<Awaits<ConfirmAnswer>> {
    const { customerId } = turn.options;
    switch (answer.verb) {
      case 'removal.form':
        return turn.end({ kind: 'ask', customerId });
      case 'cancellation.form': {
        const { holdingId } = answer.data;
        return turn.end({ kind: 'cancel', customerId, ...(holdingId !== undefined && { holdingIds: [holdingId] }) });
      }
      case 'watch.start':
      case 'watch.stop':
        return this.#watch(turn, answer);
      case 'dry-run.show':
        return this.#dryRun(turn, answer.data.page);
      case 'subscription.suspend':
      case 'subscription.reactivate':
      case 'subscription.auto-renew-off':
      case 'legacy.suspend':
        return this.#askToConfirm(turn, answer);
      case 'subscription.confirm-suspend':
      case 'subscription.confirm-reactivate':
      case 'subscription.confirm-auto-renew-off':
      case 'legacy.confirm-suspend':
        return turn.pass(answer);
    }
  }

  async #watch(
    turn: Step<ClearingAnswer>,
    { verb, data }: Pressed<'watch.start' | 'watch.stop'>,
  ): Promise<Awaits<ConfirmAnswer>> {
    const { customerId } = turn.options;
    const { person, texts } = factsOf(turn.context);
    const { screen, watches, nonces } = this.#parts;
    if (!nonces.isOfCustomer(data.nonce, person.id, customerId))
      return turn.again({ customerId, problem: texts.say('request.refused-stale-card') });
    if (verb === 'watch.stop') {
      const wasWatching = await watches.stop(customerId, person.id);
      return turn.again({ customerId, notice: texts.say(wasWatching ? 'watch.stopped' : 'watch.not-watching') });
    }
    const readiness = await screen.readiness({ person, customerId });
    if (isNoLongerOurs(readiness) && !(await watches.isWatching(customerId, person.id)))
      return turn.again({ customerId, problem: texts.say('watch.not-ours') });
    const isNew = await watches.start(screen.customerOf(customerId, readiness), person.id, readiness);
    return turn.again({ customerId, notice: isNew ? started(watches, texts) : texts.say('watch.already') });
  }

  async #dryRun(turn: Step<ClearingAnswer>, page?: number): Promise<Awaits<ConfirmAnswer>> {
    const { customerId } = turn.options;
    const { person, texts } = factsOf(turn.context);
    const { screen, removals, nonces, isSandbox } = this.#parts;
    const [readiness, approvers] = await Promise.all([
      screen.readiness({ person, customerId }, { young: true }),
      removals.approversFor(person.id),
    ]);
    // The card that is shown then says so.
    if (isNoLongerOurs(readiness)) return turn.again({ customerId });
    const nonce = nonces.ofCustomer(person.id, customerId);
    const card = dryRunCard(
      {
        customer: screen.customerOf(customerId, readiness),
        run: dryRun(readiness),
        lines: readiness.lines,
        approvers: approvers.slice(0, MOST_ASKED).map((one) => refOfApprover(one).name),
        nonce,
        isSandbox,
        ...(page !== undefined && { page }),
      },
      texts,
    );
    return turn.ask(this.#confirm, { shown: { card, summary: texts.say('dry-run.title') }, nonce });
  }

  async #askToConfirm(turn: Step<ClearingAnswer>, answer: Pressed<AskedVerb>): Promise<Awaits<ConfirmAnswer>> {
    const { customerId } = turn.options;
    const { person, texts } = factsOf(turn.context);
    const action = ASKED[answer.verb];
    const all = answer.verb === 'legacy.suspend';
    const { offers, addOns, names } = await this.#named(turn, action, answer.data, all);
    if (offers.length === 0) return turn.again({ customerId, problem: texts.say('clearing.refused-nothing-to-do') });
    const { screen, removals, nonces, isSandbox } = this.#parts;
    const left = action === 'suspend' ? await removals.suspensionsLeft() : undefined;
    if (left?.count === 0) return turn.again({ customerId, problem: suspensionsLeft(left, texts) });
    const readiness = await screen.readiness({ person, customerId });
    const nonce = nonces.ofCustomer(person.id, customerId);
    const { page = 0 } = 'page' in answer.data ? answer.data : {};
    // What has come since the first page stands on none that was shown: they begin anew.
    const isSame = page === 0 || doesName(answer.data.nonce, names);
    const view = {
      customer: screen.customerOf(customerId, readiness),
      ...{ action, offers, all, isSandbox },
      ...{ nonce: naming(nonce, names), yesNonce: confirming(nonce, names) },
      ...(isSame ? { page } : { problem: texts.say('request.refused-stale-card') }),
      ...(left !== undefined && left.count < offers.length && { suspensionsLeft: left }),
    };
    const card = confirmStepCard({ ...view, addOnsBack: addOns.map(({ name }) => name) }, texts);
    return turn.ask(this.#confirm, { shown: { card, summary: confirmTitle(view, texts) }, nonce });
  }

  async #take(turn: Step<ConfirmAnswer>): Promise<Awaits<never>> {
    const { answer } = turn;
    const { customerId } = turn.options;
    if (answer.verb === 'readiness.show') return turn.again({ customerId, ...pageIn(answer) });
    if (isPaged(answer)) return turn.again({ customerId, pressed: answer });
    if (await this.#isRemoved(turn)) return turn.again({ customerId });
    const { person, texts } = factsOf(turn.context);
    const { screen, removals, nonces } = this.#parts;
    const { nonce } = answer.data;
    const stale = { customerId, problem: texts.say('request.refused-stale-card') };
    if (!nonces.isOfCustomer(withoutNames(nonce), person.id, customerId)) return turn.again(stale);

    const action = CONFIRMED[answer.verb];
    const all = answer.verb === 'legacy.confirm-suspend';
    const { offers, names, record } = await this.#named(turn, action, answer.data, all);
    const ids = offers.map(({ holdingId }) => holdingId);
    if ((all || ids.length > 0) && !doesConfirm(nonce, names)) {
      const steps = (record?.steps ?? []).filter((step) => step.action === action);
      const begun = new Set(steps.map(({ holdingId }) => holdingId));
      if (ids.some((id) => !begun.has(id))) return turn.again(stale);
      // The same yes again, while what it began goes on.
      if (begun.size > 0) return turn.again({ customerId });
    }
    const readiness = await screen.readiness({ person, customerId });
    const { replyToId } = turn.context.activity;
    const asked = await removals.clear({
      person,
      action,
      readiness,
      customer: screen.customerOf(customerId, readiness),
      holdingIds: ids,
      ...(replyToId !== undefined && { messageId: replyToId }),
    });
    if (asked.kind === 'changed') return turn.again({ customerId });
    if (asked.why === 'no-suspensions-left')
      return turn.again({ customerId, problem: suspensionsLeft(await removals.suspensionsLeft(), texts) });
    // Who has the customer is said by the screen itself, by name, as soon as it is known.
    const key = asked.why === 'taken' ? 'just-taken' : asked.why;
    return turn.again({ customerId, problem: texts.say(`clearing.refused-${key}`) });
  }

  #isRemoved(turn: Step<unknown>): Promise<boolean> {
    const asked = { person: factsOf(turn.context).person, customerId: turn.options.customerId };
    return this.#parts.screen.removed(asked).then((record) => record !== undefined);
  }

  /** This person's own request for the customer, while it is open. */
  async #own(turn: Step<unknown>): Promise<RequestRecord | undefined> {
    const record = await this.#parts.removals.ofCustomer(turn.options.customerId);
    const isOwn = record?.request.requester.id === factsOf(turn.context).person.id && !isFinal(record.request.state);
    return isOwn ? record : undefined;
  }

  /** What is offered of what was asked for, and everything that a confirm view of it names. */
  async #named(turn: Step<unknown>, action: OwnAction, data: OfHolding, all: boolean) {
    const [offers, record] = await Promise.all([this.#offersOf(turn, action, data, all), this.#own(turn)]);
    const [only] = offers;
    const addOns = action === 'reactivate' && record && only ? addOnsWith(only.holdingId, record) : [];
    return { offers, addOns, record, names: [...offers, ...addOns].map(({ holdingId }) => holdingId) };
  }

  async #offersOf(turn: Step<unknown>, action: OwnAction, data: OfHolding, all: boolean): Promise<readonly Offer[]> {
    const { person } = factsOf(turn.context);
    const readiness = await this.#parts.screen.readiness({ person, customerId: turn.options.customerId });
    if (all) return legacySuspendable(readiness);
    return readiness.offers.filter((one) => one.action === action && one.holdingId === data.holdingId);
  }
}

/** That it is watched, and what of it is not without a person. */
function started({ withoutPeople }: Pick<Watches, 'withoutPeople'>, texts: Texts): string {
  if (withoutPeople === 'nothing') return texts.say('watch.started-nothing');
  const rest = withoutPeople === 'all' ? [] : [texts.say('watch.started-in-part')];
  return [texts.say('watch.started'), ...rest].join(' ');
}

interface OfHolding {
  readonly customerId: string;
  readonly holdingId?: string;
}

const isPaged = (answer: ConfirmAnswer): answer is Pressed<(typeof PAGED_VERBS)[number]> =>
  PAGED_VERBS.some((verb) => verb === answer.verb);

/** The part of the list that is asked for, where it is not all at a glance. */
const pageIn = ({ data: { page } }: Pressed<'readiness.show'>) => (page === undefined ? {} : { page });

function pressedIn({ pressed }: ClearBlockersShape['options']): ClearingAnswer | undefined {
  const button = readButton(pressed?.verb, pressed?.data);
  return button !== undefined && isClearing(button) ? button : undefined;
}

const isClearing = (button: { readonly verb: string }): button is ClearingAnswer =>
  (CLEARING_VERBS as readonly string[]).includes(button.verb);
