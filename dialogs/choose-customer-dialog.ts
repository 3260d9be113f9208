import { ComponentDialog } from './sdk-dialogs.ts';
import type { PickFor } from '../cards/actions.ts';
import { customerPickerCard, type CustomerPickerView } from '../cards/customer-picker-card.ts';
import { cleanText } from '../services/clean-text.ts';
import type { CustomerFinder, FoundCustomers } from '../services/customers/find-customers.ts';
import type { Directory } from '../services/customers/directory.ts';
import type { Resellers } from '../services/customers/resellers.ts';
import { asPerson, PartnerCenterError, type ActAs } from '../services/partner-center/partner-center.ts';
import { LOOKED_THROUGH, removedAmong, removedLike } from '../services/requests/overview/removed-among.ts';
import type { RemovalRequests } from '../services/requests/removal-requests.ts';
import type { UserId } from '../services/ids.ts';
import { CardPrompt, type Pressed, type Typed } from './card-prompt.ts';
import { directoryStateOf, ofReseller, PAGE_SIZE, pageOfAll, resellersOf } from './picker-views.ts';
import { factsOf } from './turn-facts.ts';
import { waterfall, type Awaits, type Begins, type Turn } from './waterfall.ts';

/** What the customer is chosen for, where it is not a removal. The card says so, and the button of a card counts. */
type Purpose = { readonly then?: PickFor };

export type ChooseCustomerShape = {
  readonly options: {
    readonly words?: string;
    readonly page?: number;
    /** Only customers of this indirect reseller, by its tenant id. */
    readonly reseller?: string;
    readonly problem?: string;
  } & Purpose;
  readonly result:
    | ({ readonly kind: 'chosen'; readonly customerId: string } & Purpose)
    /** Only where words are taken: whom they mean could not be read. */
    | { readonly kind: 'named'; readonly words: string };
};
type Step<Answer> = Turn<ChooseCustomerShape, Answer>;
type PickerAnswer = Pressed<'customer.search' | 'customer.page' | 'customer.choose'> | Typed;

export interface ChooseCustomerParts {
  readonly finder: CustomerFinder;
  readonly directory: Directory;
  /** Indirect providers' only: nobody else has any. */
  readonly resellers?: Resellers;
  /** Where somebody names a customer whom nobody finds any more. */
  readonly removals: Pick<RemovalRequests, 'ofPerson'>;
  /** Where Partner Center cannot be searched, words are an answer by themselves (no). */
  readonly takesWords?: boolean;
}

/** Resellers that are offered beside the customers. */
const MOST_RESELLERS = 3;
/** Nobody means more than this, and all of it is shown again. */
const LONGEST_WORDS = 100;

/** Leads to one customer: by words, by what is offered while somebody types, or by a list to go through. */
export class ChooseCustomerDialog extends ComponentDialog implements Begins<ChooseCustomerShape> {
  declare readonly shape?: ChooseCustomerShape;
  readonly #parts: ChooseCustomerParts;
  readonly #picker = CardPrompt.ofButtonsAndText('picker', ['customer.search', 'customer.page', 'customer.choose']);

  constructor(parts: ChooseCustomerParts) {
    super('choose-customer');
    this.#parts = parts;
    this.addDialog(this.#picker);
    this.addDialog(
      waterfall<ChooseCustomerShape>('choose-customer@1')
        .step((turn) => this.#offer(turn))
        .step((turn) => this.#answer(turn))
        .build(),
    );
    this.initialDialogId = 'choose-customer@1';
  }

  async #offer(turn: Step<undefined>): Promise<Awaits<PickerAnswer>> {
    const { page = 0, reseller, problem } = turn.options;
    const words = cleanText(turn.options.words ?? '', LONGEST_WORDS);
    const { texts, person } = factsOf(turn.context);
    const actAs = asPerson(person.id);
    const all = (why?: string): Promise<Awaits<PickerAnswer>> =>
      this.#ask(turn, pageOfAll(this.#parts.directory, page), why ?? problem);
    if (reseller !== undefined) return this.#offerOf(turn, reseller, { words, page });
    if (words === '') return all();

    const [found, resellers] = await Promise.all([
      this.#find(words, actAs),
      this.#parts.resellers?.matching(words, MOST_RESELLERS, actAs),
    ]);
    if (found.kind === 'named') return turn.end(found);
    if (found.kind === 'own-tenant') return all(texts.say('pick.own-tenant'));
    const isReseller = resellers?.kind === 'read' && resellers.resellers.length > 0;
    const removed = isReseller ? undefined : await this.#removed(found, words, person.id);
    if (removed !== undefined) return turn.end({ kind: 'chosen', customerId: removed, ...purposeOf(turn.options) });
    if (found.kind === 'unknown-id') return all(texts.say('pick.unknown-id', { id: found.id }));
    const [only, ...others] = found.customers;
    if (only !== undefined && others.length === 0 && found.kind === 'matches' && !found.more && !isReseller)
      return turn.end({ kind: 'chosen', customerId: only.id, ...purposeOf(turn.options) });
    const view: CustomerPickerView = {
      customers: found.customers,
      found: {
        kind: 'search',
        words,
        more: found.more,
        ...(found.kind === 'unread' && { unread: found.error }),
      },
      hasMore: false,
      directory: directoryStateOf(this.#parts.directory),
      ...(resellers && { resellers: resellersOf(resellers) }),
    };
    return this.#ask(turn, view, problem);
  }

  /** Customers by words; where nothing is known of any, the words themselves if they are taken. */
  async #find(
    words: string,
    actAs: ActAs,
  ): Promise<FoundCustomers | { readonly kind: 'named'; readonly words: string }> {
    const { finder, takesWords = false } = this.#parts;
    const named = { kind: 'named', words } as const;
    try {
      const found = await finder.find(words, PAGE_SIZE, actAs);
      return takesWords && found.kind === 'unread' && found.customers.length === 0 ? named : found;
    } catch (error) {
      if (takesWords && error instanceof PartnerCenterError) return named;
      throw error;
    }
  }

  /**
   * Where nobody is found: the customer of that name or id whom this person has had removed. The next step says when,
   * and by which request.
   */
  async #removed(found: FoundCustomers, words: string, person: UserId): Promise<string | undefined> {
    if (found.kind === 'unread' || found.kind === 'own-tenant') return undefined;
    if (found.kind === 'matches' && found.customers.length > 0) return undefined;
    const records = await this.#parts.removals.ofPerson(person, LOOKED_THROUGH);
    const removed =
      found.kind === 'unknown-id'
        ? removedAmong(records, [found.id])
        : (removedAmong(records, [words]) ?? removedLike(records, words));
    return removed?.request.customer.id;
  }

  /** Among the customers of one reseller, read now; where that cannot be had, everybody, and why. */
  async #offerOf(
    turn: Step<undefined>,
    reseller: string,
    asked: { readonly words: string; readonly page: number },
  ): Promise<Awaits<PickerAnswer>> {
    const { texts, person } = factsOf(turn.context);
    const { resellers, directory } = this.#parts;
    const found = (await resellers?.customersOf(reseller, asPerson(person.id))) ?? ({ kind: 'unknown' } as const);
    if (found.kind !== 'read') {
      const why = texts.say(`pick.reseller-${found.kind}`);
      const id = found.kind === 'unread' ? [texts.say('fault.reference', { id: found.error.ids.correlationId })] : [];
      return this.#ask(turn, pageOfAll(directory, 0), [why, ...id].join(' '));
    }
    const view = ofReseller(found, asked);
    const [only, ...others] = view.customers;
    if (asked.words !== '' && only !== undefined && others.length === 0)
      return turn.end({ kind: 'chosen', customerId: only.id, ...purposeOf(turn.options) });
    return this.#ask(turn, view, turn.options.problem);
  }

  async #answer(turn: Step<PickerAnswer>): Promise<Awaits<never>> {
    const { answer } = turn;
    switch (answer.verb) {
      case 'typed':
        return turn.again({ words: answer.text, ...purposeOf(turn.options) });
      case 'customer.search':
        return turn.again({ words: answer.data.search ?? '', ...listOf(answer.data), ...purposeOf(answer.data) });
      case 'customer.page':
        return turn.again({ page: answer.data.page, ...listOf(answer.data), ...purposeOf(answer.data) });
      case 'customer.choose':
        return this.#choose(turn, answer.data);
    }
  }

  /**
   * What is offered while somebody types comes back as an id; a client that offers nothing sends the words. An id is
   * looked for like words: it may be of a customer that is gone, or of nobody.
   */
  #choose(turn: Step<PickerAnswer>, data: Pressed<'customer.choose'>['data']): Promise<Awaits<never>> {
    const { texts } = factsOf(turn.context);
    const chosen = data.customerId ?? data.customer ?? '';
    // Whoever has chosen nothing keeps what is in sight.
    const next =
      chosen.trim() === '' ? { ...turn.options, problem: texts.say('pick.nothing-chosen') } : { words: chosen };
    return turn.again({ ...next, ...purposeOf(data) });
  }

  #ask(turn: Step<undefined>, view: CustomerPickerView, problem: string | undefined): Promise<Awaits<PickerAnswer>> {
    const { texts } = factsOf(turn.context);
    const whole = { ...view, ...purposeOf(turn.options), ...(problem !== undefined && { problem }) };
    return turn.ask(this.#picker, {
      shown: { card: customerPickerCard(whole, texts), summary: texts.say('pick.summary') },
    });
  }
}

export const purposeOf = ({ then }: { readonly then?: PickFor | undefined }): Purpose =>
  then === undefined ? {} : { then };

/** Whose customers a button is about, where it is not everybody. */
export const listOf = ({ reseller }: { readonly reseller?: string | undefined }): { readonly reseller?: string } =>
  reseller === undefined ? {} : { reseller };
