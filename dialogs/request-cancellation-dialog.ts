import { ComponentDialog } from './sdk-dialogs.ts';
import { readButton } from '../cards/actions.ts';
import { cancellationFormCard } from '../cards/cancellation-form-card.ts';
import type { FormField, FormProblem } from '../cards/form-inputs.ts';
import type { Texts } from '../cards/texts/texts.ts';
import type { Clock } from '../services/clock.ts';
import { isNoLongerOurs } from '../services/readiness/relationship.ts';
import { cancellable, toCancel } from '../services/requests/cancelling/cancellation.ts';
import type { Nonces } from '../services/requests/nonces.ts';
import type { RemovalRequests } from '../services/requests/removal-requests.ts';
import type { CancellationRefusal } from '../services/requests/sending/hand-in.ts';
import { beginForm } from './begin-form.ts';
import { CardPrompt, type Pressed } from './card-prompt.ts';
import { answerHandedIn, barsForm, cleanedForm, formOf, formProblems, type HandedIn } from './handing-in.ts';
import type { ReadinessScreen } from './readiness-screen.ts';
import type { RequestScreen } from './request-screen.ts';
import { factsOf } from './turn-facts.ts';
import { waterfall, type Awaits, type Begins, type Memory, type Turn } from './waterfall.ts';

type FormAnswer = Pressed<'cancellation.send' | 'readiness.show'>;

export type RequestCancellationShape = {
  readonly options: {
    readonly customerId: string;
    /** What is chosen when the form appears; all that can be cancelled, where nothing is named. */
    readonly holdingIds?: readonly string[];
    /** A filled-in form of a card that another turn showed. */
    readonly pressed?: { readonly verb: string; readonly data: Memory };
    readonly filledIn?: Memory;
    readonly problems?: readonly { readonly field?: FormField; readonly text: string }[];
  };
  readonly result:
    { readonly kind: 'asked' } | { readonly kind: 'back'; readonly customerId: string; readonly problem?: string };
};
type Step<Answer> = Turn<RequestCancellationShape, Answer>;

export interface RequestCancellationParts {
  readonly screen: ReadinessScreen;
  readonly requestScreen: RequestScreen;
  readonly removals: Pick<
    RemovalRequests,
    'sendCancellation' | 'approversFor' | 'ofCustomer' | 'wasShown' | 'openOf' | 'cannotAsk'
  >;
  readonly nonces: Nonces;
  readonly clock: Clock;
  readonly isSandbox: boolean;
}

/** Asks what is to be cancelled, why, and whom to ask, and hands the request in. */
export class RequestCancellationDialog extends ComponentDialog implements Begins<RequestCancellationShape> {
  declare readonly shape?: RequestCancellationShape;
  readonly #parts: RequestCancellationParts;
  readonly #form = CardPrompt.ofButtons('form', ['cancellation.send', 'readiness.show']);

  constructor(parts: RequestCancellationParts) {
    super('request-cancellation');
    this.#parts = parts;
    this.addDialog(this.#form);
    this.addDialog(
      waterfall<RequestCancellationShape>('request-cancellation@1')
        .step((turn) => this.#show(turn))
        .step((turn) => this.#send(turn))
        .build(),
    );
    this.initialDialogId = 'request-cancellation@1';
  }

  async #show(turn: Step<undefined>): Promise<Awaits<FormAnswer>> {
    const { customerId, holdingIds, pressed } = turn.options;
    const sent = readButton(pressed?.verb, pressed?.data);
    if (sent?.verb === 'cancellation.send') return turn.pass(sent);

    const { person, texts } = factsOf(turn.context);
    const { screen, removals, nonces, clock, isSandbox } = this.#parts;
    if ((await screen.bar({ person, customerId, texts })) !== undefined) return turn.end({ kind: 'back', customerId });
    const readiness = await screen.readiness({ person, customerId });
    if (isNoLongerOurs(readiness)) return turn.end({ kind: 'back', customerId });
    const begun = await beginForm(turn.context, turn.options, { removals, nonces });
    if (begun.kind === 'back') return turn.end(begun);
    const { form } = begun;
    const cancels = cancellable(readiness, clock()).map(toCancel);
    const card = cancellationFormCard(
      {
        customer: screen.customerOf(customerId, readiness),
        cancels,
        chosen: holdingIds ?? cancels.map(({ holdingId }) => holdingId),
        ...form,
        isSandbox,
      },
      texts,
    );
    return turn.ask(this.#form, { shown: { card, summary: texts.say('cancellation.form-title') }, nonce: form.nonce });
  }

  async #send(turn: Step<FormAnswer>): Promise<Awaits<never>> {
    const { answer } = turn;
    const { customerId } = turn.options;
    if (answer.verb === 'readiness.show') return turn.end({ kind: 'back', customerId });
    const { person, texts } = factsOf(turn.context);
    const { screen, removals, nonces, requestScreen } = this.#parts;
    const barred = await barsForm(turn.context, { customerId, nonce: answer.data.nonce }, { screen, nonces });
    if (barred !== undefined) return turn.end(barred);

    const filledIn = cleanedForm(answer.data);
    const holdingIds = chosenOf(answer.data.holdings ?? '');
    const readiness = await screen.readiness({ person, customerId });
    const { replyToId } = turn.context.activity;
    const customer = screen.customerOf(customerId, readiness);
    const sent = await removals.sendCancellation({
      person,
      customer,
      readiness,
      holdingIds,
      form: formOf(filledIn),
      ...(replyToId !== undefined && { messageId: replyToId }),
    });
    const answered = await answerHandedIn(turn.context, sent, { customerId, removals, requestScreen });
    switch (answered.kind) {
      case 'asked':
        return turn.end({ kind: 'asked' });
      case 'back':
        return turn.end({ kind: 'back', customerId, problem: answered.problem });
      case 'mend': {
        const refused = refusedOf(answered.why, texts);
        const problems = await formProblems(refused, filledIn, customer, person, removals, texts);
        return turn.again({ customerId, holdingIds, filledIn, problems });
      }
    }
  }
}

/** What is wrong with what was chosen; or, as for every request, by its name. */
function refusedOf(why: Mendable, texts: Texts): FormProblem | Exclude<Mendable, OfChoice> {
  switch (why) {
    case 'nothing-chosen':
    case 'too-many':
    case 'not-cancellable':
      return { field: 'holdings', text: texts.say(`cancellation.fault-${why}`) };
    default:
      return why;
  }
}

type OfChoice = 'nothing-chosen' | 'too-many' | 'not-cancellable';
type Mendable = Extract<HandedIn<CancellationRefusal>, { readonly kind: 'mend' }>['why'];

/** What a card's choice of several comes back as. What nobody could have chosen is none of ours. */
function chosenOf(holdings: string): readonly string[] {
  return holdings
    .split(',')
    .filter((one) => one !== '')
    .map(decoded);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
