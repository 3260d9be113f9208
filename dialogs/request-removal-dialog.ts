import { ComponentDialog } from './sdk-dialogs.ts';
import { readButton } from '../cards/actions.ts';
import type { FormField } from '../cards/form-inputs.ts';
import { requestFormCard, type RequestFormView } from '../cards/request-form-card.ts';
import type { Readiness } from '../services/readiness/readiness.ts';
import type { Nonces } from '../services/requests/nonces.ts';
import type { RemovalRequests } from '../services/requests/removal-requests.ts';
import { beginForm } from './begin-form.ts';
import { CardPrompt, type Pressed } from './card-prompt.ts';
import { answerHandedIn, barsForm, cleanedForm, formOf, formProblems } from './handing-in.ts';
import type { RequestScreen } from './request-screen.ts';
import type { ReadinessScreen } from './readiness-screen.ts';
import { factsOf } from './turn-facts.ts';
import { waterfall, type Awaits, type Begins, type Memory, type Turn } from './waterfall.ts';

type FormAnswer = Pressed<'removal.send' | 'readiness.show'>;

export type RequestRemovalShape = {
  readonly options: {
    readonly customerId: string;
    /** A filled-in form of a card that another turn showed. */
    readonly pressed?: { readonly verb: string; readonly data: Memory };
    readonly filledIn?: Memory;
    readonly problems?: readonly { readonly field?: FormField; readonly text: string }[];
  };
  readonly result:
    { readonly kind: 'asked' } | { readonly kind: 'back'; readonly customerId: string; readonly problem?: string };
};
type Step<Answer> = Turn<RequestRemovalShape, Answer>;

export interface RequestRemovalParts {
  readonly screen: ReadinessScreen;
  readonly requestScreen: RequestScreen;
  readonly removals: Pick<
    RemovalRequests,
    'send' | 'approversFor' | 'cannotAsk' | 'ofCustomer' | 'wasShown' | 'openOf'
  >;
  readonly nonces: Nonces;
  readonly isSandbox: boolean;
}

/** Asks for the reason and the domain, and hands the request in. */
export class RequestRemovalDialog extends ComponentDialog implements Begins<RequestRemovalShape> {
  declare readonly shape?: RequestRemovalShape;
  readonly #parts: RequestRemovalParts;
  readonly #form = CardPrompt.ofButtons('form', ['removal.send', 'readiness.show']);

  constructor(parts: RequestRemovalParts) {
    super('request-removal');
    this.#parts = parts;
    this.addDialog(this.#form);
    this.addDialog(
      waterfall<RequestRemovalShape>('request-removal@1')
        .step((turn) => this.#show(turn))
        .step((turn) => this.#send(turn))
        .build(),
    );
    this.initialDialogId = 'request-removal@1';
  }

  async #show(turn: Step<undefined>): Promise<Awaits<FormAnswer>> {
    const { customerId, pressed } = turn.options;
    const sent = readButton(pressed?.verb, pressed?.data);
    if (sent?.verb === 'removal.send') return turn.pass(sent);

    const { person, texts } = factsOf(turn.context);
    const { screen, removals, nonces, isSandbox } = this.#parts;
    if ((await screen.bar({ person, customerId, texts })) !== undefined) return turn.end({ kind: 'back', customerId });
    const readiness = await screen.readiness({ person, customerId }, { young: true });
    // The service layer has the word: the form is there only while nothing blocks.
    if (readiness.verdict.kind !== 'clear') return turn.end({ kind: 'back', customerId });
    const begun = await beginForm(turn.context, turn.options, { removals, nonces });
    if (begun.kind === 'back') return turn.end(begun);
    const { form } = begun;
    const card = requestFormCard(
      {
        customer: screen.customerOf(customerId, readiness),
        ...form,
        ...delegatedAdminOn(readiness),
        isSandbox,
      },
      texts,
    );
    return turn.ask(this.#form, { shown: { card, summary: texts.say('form.title') }, nonce: form.nonce });
  }

  async #send(turn: Step<FormAnswer>): Promise<Awaits<never>> {
    const { answer } = turn;
    const { customerId } = turn.options;
    if (answer.verb === 'readiness.show') return turn.end({ kind: 'back', customerId });
    const { person, texts } = factsOf(turn.context);
    const { screen, removals, nonces, requestScreen } = this.#parts;
    const barred = await barsForm(turn.context, { customerId, nonce: answer.data.nonce }, { screen, nonces });
    if (barred !== undefined) return turn.end(barred);

    const filledIn = cleaned(answer.data);
    const readiness = await screen.readiness({ person, customerId });
    const { replyToId } = turn.context.activity;
    const { notice, nextProvider, endDelegatedAdmin } = filledIn;
    const customer = screen.customerOf(customerId, readiness);
    const sent = await removals.send({
      person,
      customer,
      form: {
        ...{ ...formOf(filledIn), notice, nextProvider },
        ...(endDelegatedAdmin !== undefined && { endDelegatedAdmin }),
      },
      ...(replyToId !== undefined && { messageId: replyToId }),
    });
    const answered = await answerHandedIn(turn.context, sent, { customerId, removals, requestScreen });
    switch (answered.kind) {
      case 'asked':
        return turn.end({ kind: 'asked' });
      case 'back':
        return turn.end({ kind: 'back', customerId, problem: answered.problem });
      case 'mend': {
        const problems = await formProblems(answered.why, filledIn, customer, person, removals, texts);
        return turn.again({ customerId, filledIn, problems });
      }
    }
  }
}

/** The tick to end delegated administration is there where there is some, and where that is not known, which is said. */
function delegatedAdminOn({ delegatedAdmin }: Readiness): Pick<RequestFormView, 'delegatedAdmin'> {
  if (delegatedAdmin === undefined) return {};
  if (delegatedAdmin.kind === 'unread') return { delegatedAdmin };
  const names = delegatedAdmin.live.map(({ name }) => name);
  return names.length === 0 ? {} : { delegatedAdmin: { kind: 'live', names } };
}

const cleaned = ({ notice, nextProvider, endDelegatedAdmin, ...typed }: Pressed<'removal.send'>['data']) => ({
  ...cleanedForm(typed),
  notice: notice === 'true',
  nextProvider: nextProvider === 'true',
  // Missing where the form had no such tick.
  ...(endDelegatedAdmin !== undefined && { endDelegatedAdmin: endDelegatedAdmin === 'true' }),
});
