import { ComponentDialog } from 'botbuilder-dialogs';
import type { PickFor } from '../cards/actions.ts';
import { customerPickerCard, type CustomerPickerView } from '../cards/customer-picker-card.ts';
import type { Texts } from '../cards/texts/texts.ts';
import { cleanText } from '../services/clean-text.ts';
import type { CustomerFinder } from '../services/customers/find-customers.ts';
import type { Directory } from '../services/customers/directory.ts';
import { asPerson, PartnerCenterError } from '../services/partner-center/partner-center.ts';
import { CardPrompt, type Pressed, type Typed } from './card-prompt.ts';
import { factsOf } from './turn-facts.ts';
import { waterfall, type Awaits, type Begins, type Turn } from './waterfall.ts';

/** What the customer is chosen for, where it is not a removal. The card says so, and the button of a card counts. */
type Purpose = { readonly then?: PickFor };

export type ChooseCustomerShape = {
  readonly options: { readonly words?: string; readonly page?: number; readonly problem?: string } & Purpose;
  readonly result: { readonly kind: 'chosen'; readonly customerId: string } & Purpose;
};
type Step<Answer> = Turn<ChooseCustomerShape, Answer>;
type PickerAnswer = Pressed<'customer.search' | 'customer.page' | 'customer.choose'> | Typed;

export interface ChooseCustomerParts {
  readonly finder: CustomerFinder;
  readonly directory: Directory;
}

const PAGE_SIZE = 8;
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
    const { page = 0, problem } = turn.options;
    const words = cleanText(turn.options.words ?? '', LONGEST_WORDS);
    const { texts, person } = factsOf(turn.context);
    if (words === '') return this.#ask(turn, this.#page(page, problem), texts);

    const found = await this.#parts.finder.find(words, PAGE_SIZE, asPerson(person.id));
    if (found.kind === 'own-tenant') return this.#ask(turn, this.#page(0, texts.say('pick.own-tenant')), texts);
    if (found.kind === 'unknown-id')
      return this.#ask(turn, this.#page(0, texts.say('pick.unknown-id', { id: found.id })), texts);
    const [only, ...others] = found.customers;
    if (only !== undefined && others.length === 0 && found.kind === 'matches' && !found.more)
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
      directory: this.#directoryState(),
      ...(problem !== undefined && { problem }),
    };
    return this.#ask(turn, view, texts);
  }

  async #answer(turn: Step<PickerAnswer>): Promise<Awaits<never>> {
    const { answer } = turn;
    switch (answer.verb) {
      case 'typed':
        return turn.again({ words: answer.text, ...purposeOf(turn.options) });
      case 'customer.search':
        return turn.again({ words: answer.data.search ?? '', ...purposeOf(answer.data) });
      case 'customer.page':
        return turn.again({ page: answer.data.page, ...purposeOf(answer.data) });
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
    const next = chosen.trim() === '' ? { problem: texts.say('pick.nothing-chosen') } : { words: chosen };
    return turn.again({ ...next, ...purposeOf(data) });
  }

  #page(page: number, problem?: string): CustomerPickerView {
    const { directory } = this.#parts;
    const total = directory.state().known;
    const last = Math.max(0, Math.ceil(total / PAGE_SIZE) - 1);
    const shown = Math.min(page, last);
    const from = shown * PAGE_SIZE;
    return {
      customers: directory.page(from, PAGE_SIZE),
      found: { kind: 'page', page: shown, from, total },
      hasMore: shown < last,
      directory: this.#directoryState(),
      ...(problem !== undefined && { problem }),
    };
  }

  #directoryState(): CustomerPickerView['directory'] {
    const state = this.#parts.directory.state();
    switch (state.kind) {
      case 'ready':
        return { kind: 'ready' };
      case 'loading':
        return { kind: 'loading', known: state.known };
      case 'failed':
        return { kind: 'failed', ...(state.error instanceof PartnerCenterError && { unread: state.error }) };
    }
  }

  #ask(turn: Step<undefined>, view: CustomerPickerView, texts: Texts): Promise<Awaits<PickerAnswer>> {
    return turn.ask(this.#picker, {
      shown: {
        card: customerPickerCard({ ...view, ...purposeOf(turn.options) }, texts),
        summary: texts.say('pick.summary'),
      },
    });
  }
}

export const purposeOf = ({ then }: { readonly then?: PickFor | undefined }): Purpose =>
  then === undefined ? {} : { then };
