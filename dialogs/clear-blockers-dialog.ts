import { ComponentDialog } from 'botbuilder-dialogs';
import { readButton } from '../cards/actions.ts';
import { confirmSuspendCard } from '../cards/confirm-suspend-card.ts';
import { dryRunCard } from '../cards/dry-run-card.ts';
import { dryRun } from '../services/readiness/dry-run.ts';
import type { HoldingLine } from '../services/readiness/readiness.ts';
import { isFinal } from '../services/requests/life.ts';
import type { Nonces } from '../services/requests/nonces.ts';
import { legacyLines, suspendableLines, type RemovalRequests } from '../services/requests/removal-requests.ts';
import type { Watches } from '../services/watching/watches.ts';
import { CardPrompt, type Pressed } from './card-prompt.ts';
import { soonOr, type Waiting } from './later.ts';
import { doesName, naming, withoutNames } from './named-nonce.ts';
import type { ReadinessScreen } from './readiness-screen.ts';
import { factsOf } from './turn-facts.ts';
import { waterfall, type Awaits, type Begins, type Memory, type Turn } from './waterfall.ts';

const READINESS_VERBS = [
  'readiness.show',
  'readiness.check',
  'subscription.suspend',
  'legacy.suspend',
  'dry-run.show',
  'watch.start',
  'watch.stop',
  'removal.form',
] as const;
const CONFIRM_VERBS = ['readiness.show', 'subscription.confirm-suspend', 'legacy.confirm-suspend'] as const;
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
    readonly problem?: string;
    readonly notice?: string;
  };
  readonly result: { readonly kind: 'ask'; readonly customerId: string };
};
type Step<Answer> = Turn<ClearBlockersShape, Answer>;

export interface ClearBlockersParts {
  readonly screen: ReadinessScreen;
  readonly removals: Pick<RemovalRequests, 'suspend' | 'ofCustomer' | 'approversFor'>;
  readonly watches: Pick<Watches, 'start' | 'stop'>;
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
      waterfall<ClearBlockersShape>('clear-blockers@1')
        .step((turn) => this.#show(turn))
        .step((turn) => this.#act(turn))
        .step((turn) => this.#suspend(turn))
        .build(),
    );
    this.initialDialogId = 'clear-blockers@1';
  }

  async #show(turn: Step<undefined>): Promise<Awaits<ClearingAnswer>> {
    const pressed = pressedIn(turn.options);
    if (pressed !== undefined) return turn.pass(pressed);

    const { customerId, fresh = false, problem, notice } = turn.options;
    const { person, texts } = factsOf(turn.context);
    const said = { ...(problem !== undefined && { problem }), ...(notice !== undefined && { notice }) };
    const asked = { person, customerId, texts, ...said };
    const { screen, nonces, waiting } = this.#parts;
    const nonce = nonces.ofCustomer(person.id, customerId);
    const { shown, followUp } = await soonOr(
      turn.context,
      screen.show(asked, { fresh }),
      () => screen.reading(asked),
      { customer: screen.customerOf(customerId, undefined), nonce },
      waiting,
    );
    return turn.ask(this.#readiness, { shown, nonce, onShown: followUp });
  }

  async #act(turn: Step<ClearingAnswer>): Promise<Awaits<ConfirmAnswer>> {
    const { answer } = turn;
    const { customerId } = turn.options;
    switch (answer.verb) {
      case 'readiness.show':
        return turn.again({ customerId });
      case 'readiness.check':
        return turn.again({ customerId, fresh: true });
      case 'removal.form':
        return turn.end({ kind: 'ask', customerId });
      case 'watch.start':
      case 'watch.stop':
        return this.#watch(turn, answer);
      case 'dry-run.show':
        return this.#dryRun(turn);
      case 'subscription.suspend':
      case 'legacy.suspend':
        return this.#askToConfirm(turn, answer);
      case 'subscription.confirm-suspend':
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
    const isNew = await watches.start(screen.customerOf(customerId, readiness), person.id);
    return turn.again({ customerId, notice: texts.say(isNew ? 'watch.started' : 'watch.already') });
  }

  async #dryRun(turn: Step<ClearingAnswer>): Promise<Awaits<ConfirmAnswer>> {
    const { customerId } = turn.options;
    const { person, texts } = factsOf(turn.context);
    const { screen, removals, nonces, isSandbox } = this.#parts;
    const [readiness, approvers] = await Promise.all([
      screen.readiness({ person, customerId }),
      removals.approversFor(person.id),
    ]);
    const nonce = nonces.ofCustomer(person.id, customerId);
    const card = dryRunCard(
      {
        customer: screen.customerOf(customerId, readiness),
        run: dryRun(readiness),
        approvers: approvers.map(({ id, person: approver }) => approver?.name ?? id),
        nonce,
        isSandbox,
      },
      texts,
    );
    return turn.ask(this.#confirm, { shown: { card, summary: texts.say('dry-run.title') }, nonce });
  }

  async #askToConfirm(
    turn: Step<ClearingAnswer>,
    answer: Pressed<'subscription.suspend' | 'legacy.suspend'>,
  ): Promise<Awaits<ConfirmAnswer>> {
    const { customerId } = turn.options;
    const { person, texts } = factsOf(turn.context);
    const lines = await this.#linesOf(turn, answer);
    if (lines.length === 0) return turn.again({ customerId, problem: texts.say('suspend.refused-nothing') });
    const { screen, nonces, isSandbox } = this.#parts;
    const readiness = await screen.readiness({ person, customerId });
    const ids = new Set(lines.map(({ holdingId }) => holdingId));
    const all = answer.verb === 'legacy.suspend';
    const own = nonces.ofCustomer(person.id, customerId);
    const nonce = all ? naming(own, [...ids]) : own;
    const card = confirmSuspendCard(
      {
        customer: screen.customerOf(customerId, readiness),
        lines,
        takesAddOns: readiness.lines.some(
          (line) =>
            line.kind === 'holding' &&
            line.remedies.some((remedy) => remedy.kind === 'with-parent' && ids.has(remedy.parentId)),
        ),
        all,
        nonce,
        isSandbox,
      },
      texts,
    );
    return turn.ask(this.#confirm, { shown: { card, summary: texts.say('suspend.title') }, nonce });
  }

  async #suspend(turn: Step<ConfirmAnswer>): Promise<Awaits<never>> {
    const { answer } = turn;
    const { customerId } = turn.options;
    if (answer.verb === 'readiness.show') return turn.again({ customerId });
    const { person, texts } = factsOf(turn.context);
    const { screen, removals, nonces } = this.#parts;
    const { nonce } = answer.data;
    const stale = { customerId, problem: texts.say('request.refused-stale-card') };
    if (!nonces.isOfCustomer(withoutNames(nonce), person.id, customerId)) return turn.again(stale);

    const lines = await this.#linesOf(turn, answer);
    const ids = lines.map(({ holdingId }) => holdingId);
    if (answer.verb === 'legacy.confirm-suspend' && !doesName(nonce, ids)) {
      const begun = await this.#begun(turn);
      if (ids.some((id) => !begun.has(id))) return turn.again(stale);
      // The same yes again, while what it began goes on.
      if (begun.size > 0) return turn.again({ customerId });
    }
    const readiness = await screen.readiness({ person, customerId });
    const { replyToId } = turn.context.activity;
    const asked = await removals.suspend({
      person,
      readiness,
      customer: screen.customerOf(customerId, readiness),
      holdingIds: ids,
      ...(replyToId !== undefined && { messageId: replyToId }),
    });
    if (asked.kind === 'changed') return turn.again({ customerId });
    // Who has the customer is said by the screen itself, by name, as soon as it is known.
    const key = asked.why === 'nothing-to-suspend' ? 'nothing' : asked.why === 'taken' ? 'just-taken' : asked.why;
    return turn.again({ customerId, problem: texts.say(`suspend.refused-${key}`) });
  }

  /** Ids of what this person is having suspended, or has had, in a request that is still open. */
  async #begun(turn: Step<unknown>): Promise<ReadonlySet<string>> {
    const record = await this.#parts.removals.ofCustomer(turn.options.customerId);
    const isOwn = record?.request.requester.id === factsOf(turn.context).person.id && !isFinal(record.request.state);
    return new Set(isOwn ? record.suspensions.map(({ holdingId }) => holdingId) : []);
  }

  async #linesOf(turn: Step<unknown>, { verb, data }: ClearingAnswer): Promise<readonly HoldingLine[]> {
    const { person } = factsOf(turn.context);
    const readiness = await this.#parts.screen.readiness({ person, customerId: turn.options.customerId });
    if (verb === 'legacy.suspend' || verb === 'legacy.confirm-suspend') return legacyLines(readiness);
    return suspendableLines(readiness).filter((line) => 'holdingId' in data && line.holdingId === data.holdingId);
  }
}

function pressedIn({ pressed }: ClearBlockersShape['options']): ClearingAnswer | undefined {
  const button = readButton(pressed?.verb, pressed?.data);
  return button !== undefined && isClearing(button) ? button : undefined;
}

const isClearing = (button: { readonly verb: string }): button is ClearingAnswer =>
  (CLEARING_VERBS as readonly string[]).includes(button.verb);
