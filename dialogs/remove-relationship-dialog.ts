import { ComponentDialog, DialogTurnStatus, type DialogContext, type DialogTurnResult } from './sdk-dialogs.ts';
import type { PickFor, PressedButton } from '../cards/actions.ts';
import type { Nonces } from '../services/requests/nonces.ts';
import {
  ChooseCustomerDialog,
  listOf,
  purposeOf,
  type ChooseCustomerParts,
  type ChooseCustomerShape,
} from './choose-customer-dialog.ts';
import { ClearBlockersDialog, type ClearBlockersParts, type ClearBlockersShape } from './clear-blockers-dialog.ts';
import type { ProviderScreen } from './provider-screen.ts';
import {
  RequestCancellationDialog,
  type RequestCancellationParts,
  type RequestCancellationShape,
} from './request-cancellation-dialog.ts';
import { RequestRemovalDialog, type RequestRemovalParts, type RequestRemovalShape } from './request-removal-dialog.ts';
import { factsOf, reply } from './turn-facts.ts';
import { waterfall, type Awaits, type Begins, type Memory, type Turn } from './waterfall.ts';

/** Where the way to a request can be entered: at its beginning, or from a button of a card, however old. */
export type RemoveRelationshipShape = {
  readonly options: {
    readonly at: 'pick' | 'readiness' | 'form' | 'cancellation';
    readonly words?: string;
    readonly page?: number;
    readonly reseller?: string;
    readonly customerId?: string;
    readonly pressed?: { readonly verb: string; readonly data: Memory };
    /** What is done once a customer is chosen, as if its button had been pressed. */
    readonly then?: PickFor;
    readonly problem?: string;
  };
  readonly result: { readonly kind: 'asked' } | { readonly kind: 'told' };
};
type Step<Answer> = Turn<RemoveRelationshipShape, Answer>;

export type RemoveRelationshipParts = ChooseCustomerParts &
  ClearBlockersParts &
  RequestRemovalParts &
  RequestCancellationParts & {
    /** In an indirect reseller's tenant: whatever is wanted, this is shown, and nothing else is there to be done. */
    readonly provider?: ProviderScreen;
  };

/** Leads a requester from *remove …* to a request that an approver can decide on. */
export class RemoveRelationshipDialog extends ComponentDialog implements Begins<RemoveRelationshipShape> {
  declare readonly shape?: RemoveRelationshipShape;
  readonly #choose: ChooseCustomerDialog;
  readonly #clear: ClearBlockersDialog;
  readonly #request: RequestRemovalDialog;
  readonly #cancel: RequestCancellationDialog;
  readonly #nonces: Nonces;

  constructor(parts: RemoveRelationshipParts) {
    super('remove-relationship');
    const { provider } = parts;
    this.#nonces = parts.nonces;
    this.#choose = new ChooseCustomerDialog({ ...parts, takesWords: provider !== undefined });
    this.#clear = new ClearBlockersDialog(parts);
    this.#request = new RequestRemovalDialog(parts);
    this.#cancel = new RequestCancellationDialog(parts);
    this.addDialog(this.#choose);
    if (provider === undefined) this.#addRemoval();
    else this.#addAsking(provider);
  }

  #addRemoval(): void {
    for (const dialog of [this.#clear, this.#request, this.#cancel]) this.addDialog(dialog);
    this.addDialog(
      waterfall<RemoveRelationshipShape>('remove-relationship@1')
        .step((turn) => this.#chooseCustomer(turn))
        .step((turn) => this.#clearBlockers(turn))
        .step((turn) => this.#ask(turn))
        .step((turn) => this.#conclude(turn))
        .build(),
    );
    this.initialDialogId = 'remove-relationship@1';
  }

  /** Of another id, and without the dialogs that change something: a chat that waits in one of them is left. */
  #addAsking(provider: ProviderScreen): void {
    this.addDialog(
      waterfall<RemoveRelationshipShape>('ask-provider@1')
        .step((turn) => this.#chooseCustomer(turn))
        .step((turn) => this.#tell(turn, provider))
        .build(),
    );
    this.initialDialogId = 'ask-provider@1';
  }

  /**
   * Steps are stored by their number, so a chat that waits in another version of any of these dialogs is left: as
   * if nobody had waited.
   */
  override async continueDialog(outer: DialogContext): Promise<DialogTurnResult> {
    if (isOfThisVersion(outer.child)) return super.continueDialog(outer);
    await outer.cancelAllDialogs();
    return { status: DialogTurnStatus.empty };
  }

  #chooseCustomer(turn: Step<undefined>): Promise<Awaits<ChooseCustomerShape['result']>> {
    const { at, customerId, words, page, reseller, problem, then } = turn.options;
    if (at !== 'pick' && customerId !== undefined) return turn.pass({ kind: 'chosen', customerId });
    return turn.run(this.#choose, {
      ...(words !== undefined && { words }),
      ...(page !== undefined && { page }),
      ...listOf({ reseller }),
      ...(then !== undefined && { then }),
      ...(problem !== undefined && { problem }),
    });
  }

  async #tell(turn: Step<ChooseCustomerShape['result']>, provider: ProviderScreen): Promise<Awaits<never>> {
    const { person, texts } = factsOf(turn.context);
    await reply(turn.context, await provider(turn.answer, person, texts));
    return turn.end({ kind: 'told' });
  }

  #clearBlockers(turn: Step<ChooseCustomerShape['result']>): Promise<Awaits<ClearBlockersShape['result']>> {
    const { at, pressed, problem } = turn.options;
    if (turn.answer.kind === 'named') throw new Error('only an indirect provider is asked by words alone');
    const { customerId, then } = turn.answer;
    if (at === 'form') return turn.pass({ kind: 'ask', customerId });
    if (at === 'cancellation') return turn.pass({ kind: 'cancel', customerId });
    if (then !== undefined) {
      const nonce = this.#nonces.ofCustomer(factsOf(turn.context).person.id, customerId);
      return turn.run(this.#clear, { customerId, pressed: { verb: then, data: { customerId, nonce } } });
    }
    const isEntered = at === 'readiness';
    return turn.run(this.#clear, {
      customerId,
      ...(at === 'pick' && { anew: true }),
      ...(isEntered && pressed !== undefined && { pressed }),
      ...(isEntered && problem !== undefined && { problem }),
    });
  }

  #ask(turn: Step<ClearBlockersShape['result']>): Promise<Awaits<Asked>> {
    const { at, pressed } = turn.options;
    const { customerId } = turn.answer;
    if (turn.answer.kind === 'cancel') {
      const { holdingIds } = turn.answer;
      return turn.run(this.#cancel, {
        customerId,
        ...(holdingIds && { holdingIds }),
        ...(at === 'cancellation' && pressed !== undefined && { pressed }),
      });
    }
    return turn.run(this.#request, {
      customerId,
      ...(at === 'form' && pressed !== undefined && { pressed }),
    });
  }

  #conclude(turn: Step<Asked>): Promise<Awaits<never>> {
    const { answer } = turn;
    if (answer.kind === 'asked') return turn.end({ kind: 'asked' });
    const { customerId, problem } = answer;
    return turn.again({ at: 'readiness', customerId, ...(problem !== undefined && { problem }) });
  }
}

type Asked = RequestRemovalShape['result'] | RequestCancellationShape['result'];

/** Whether everything that waits in here, however deep, is a dialog that there is. */
const isOfThisVersion = (dc: DialogContext | undefined): boolean =>
  dc === undefined || (dc.stack.every(({ id }) => dc.dialogs.find(id) !== undefined) && isOfThisVersion(dc.child));

/** Where a typed word with a customer's name after it leads; without a name, to the choice of one. */
export function startOfWord(word: 'remove' | 'watch' | 'dry-run', words: string): RemoveRelationshipShape['options'] {
  const named = words === '' ? {} : { words };
  switch (word) {
    case 'remove':
      return { at: 'pick', ...named };
    case 'watch':
      return { at: 'pick', then: 'watch.start', ...named };
    case 'dry-run':
      return { at: 'pick', then: 'dry-run.show', ...named };
  }
}

/** Where a button of a card leads when the conversation is not at that card (any more). */
export function startOf(button: PressedButton): RemoveRelationshipShape['options'] | undefined {
  const { verb, data } = button;
  switch (verb) {
    case 'customer.pick':
      return { at: 'pick' };
    case 'customer.search':
      return { at: 'pick', words: data.search ?? '', ...listOf(data), ...purposeOf(data) };
    case 'customer.page':
      return { at: 'pick', page: data.page, ...listOf(data), ...purposeOf(data) };
    case 'customer.choose':
      return { at: 'pick', words: data.customerId ?? data.customer ?? '', ...purposeOf(data) };
    case 'readiness.show':
    case 'readiness.check':
    case 'subscription.suspend':
    case 'subscription.confirm-suspend':
    case 'subscription.reactivate':
    case 'subscription.confirm-reactivate':
    case 'subscription.auto-renew-off':
    case 'subscription.confirm-auto-renew-off':
    case 'legacy.suspend':
    case 'legacy.confirm-suspend':
    case 'dry-run.show':
    case 'watch.start':
    case 'watch.stop':
    case 'removal.form':
    case 'cancellation.form':
      return { at: 'readiness', customerId: data.customerId, pressed: { verb, data } };
    case 'removal.send':
      return { at: 'form', customerId: data.customerId, pressed: { verb, data } };
    case 'cancellation.send':
      return { at: 'cancellation', customerId: data.customerId, pressed: { verb, data } };
    case 'help.show':
    case 'watches.list':
    case 'watches.stop':
    case 'batch.show':
    case 'batch.check':
    case 'batch.clear':
    case 'batch.confirm-clear':
    case 'batch.form':
    case 'batch.customer':
    case 'batch.send':
    case 'batch.stop':
    case 'batch.confirm-stop':
    case 'batch.open':
    case 'list.open':
    case 'list.show':
    case 'requests.list':
    case 'request.tick':
    case 'request.untick':
    case 'request.notice':
    case 'request.pdf':
    case 'request.show':
    case 'request.withdraw':
    case 'request.confirm-withdraw':
    case 'request.continue':
    case 'request.sign-in':
    case 'request.remove':
    case 'request.confirm-remove':
    case 'request.close':
    case 'request.confirm-close':
    case 'request.reactivate':
    case 'request.confirm-reactivate':
    case 'request.go-on':
    case 'audit.show':
    case 'audit.search':
    case 'approval.approve':
    case 'approval.confirm-approve':
    case 'approval.decline':
    case 'approval.confirm-decline':
    case 'approval.pass':
    case 'approval.confirm-pass':
      return undefined; // answered outside the dialogs
  }
}
