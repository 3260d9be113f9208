import { ComponentDialog } from 'botbuilder-dialogs';
import { readButton } from '../cards/actions.ts';
import { openRequests } from '../cards/limit-texts.ts';
import { requestFormCard, type RequestFormView } from '../cards/request-form-card.ts';
import type { Texts } from '../cards/texts/texts.ts';
import { cleanText } from '../services/clean-text.ts';
import type { Readiness } from '../services/readiness/readiness.ts';
import type { Nonces } from '../services/requests/nonces.ts';
import type { Approver, RemovalRequests, SendRefusal } from '../services/requests/removal-requests.ts';
import { CardPrompt, type Pressed } from './card-prompt.ts';
import type { RequestScreen } from './request-screen.ts';
import type { ReadinessScreen } from './readiness-screen.ts';
import { factsOf, reply } from './turn-facts.ts';
import { waterfall, type Awaits, type Begins, type Memory, type Turn } from './waterfall.ts';

type FormAnswer = Pressed<'removal.send' | 'readiness.show'>;

export type RequestRemovalShape = {
  readonly options: {
    readonly customerId: string;
    /** A filled-in form of a card that another turn showed. */
    readonly pressed?: { readonly verb: string; readonly data: Memory };
    readonly filledIn?: Memory;
    readonly problem?: string;
  };
  readonly result:
    { readonly kind: 'asked' } | { readonly kind: 'back'; readonly customerId: string; readonly problem?: string };
};
type Step<Answer> = Turn<RequestRemovalShape, Answer>;

export interface RequestRemovalParts {
  readonly screen: ReadinessScreen;
  readonly requestScreen: RequestScreen;
  readonly removals: Pick<RemovalRequests, 'send' | 'approversFor' | 'cannotAsk' | 'ofCustomer' | 'openOf'>;
  readonly nonces: Nonces;
  readonly isSandbox: boolean;
}

/** Longer than any form takes: what is too long is refused in words, with what was typed still there. */
const LONGEST_INPUT = 2_000;

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
    const { customerId, pressed, filledIn, problem } = turn.options;
    const sent = readButton(pressed?.verb, pressed?.data);
    if (sent?.verb === 'removal.send') return turn.pass(sent);

    const { person, texts } = factsOf(turn.context);
    const { screen, removals, nonces, isSandbox } = this.#parts;
    if ((await screen.bar({ person, customerId, texts })) !== undefined) return turn.end({ kind: 'back', customerId });
    const readiness = await screen.readiness({ person, customerId });
    // The service layer has the word: the form is there only while nothing blocks.
    if (readiness.verdict.kind !== 'clear') return turn.end({ kind: 'back', customerId });
    // What was filled in already is not lost by it.
    const open = await removals.openOf(person.id);
    if (filledIn === undefined && open.count >= open.most)
      return turn.end({ kind: 'back', customerId, problem: openRequests(open, texts) });
    const approvers = await removals.approversFor(person.id);
    // Said before anything is filled in.
    const cannotAsk = await removals.cannotAsk(person.id);
    const wrong = problem ?? (cannotAsk && texts.say(`form.fault-${cannotAsk}`));
    const nonce = nonces.ofCustomer(person.id, customerId);
    const card = requestFormCard(
      {
        customer: screen.customerOf(customerId, readiness),
        approvers,
        filledIn: filledIn ?? {},
        ...delegatedAdminOn(readiness),
        nonce,
        isSandbox,
        ...(wrong !== undefined && { problem: wrong }),
      },
      texts,
    );
    return turn.ask(this.#form, { shown: { card, summary: texts.say('form.title') }, nonce });
  }

  async #send(turn: Step<FormAnswer>): Promise<Awaits<never>> {
    const { answer } = turn;
    const { customerId } = turn.options;
    if (answer.verb === 'readiness.show') return turn.end({ kind: 'back', customerId });
    const { person, texts } = factsOf(turn.context);
    const { screen, removals, nonces, requestScreen } = this.#parts;
    if (!nonces.isOfCustomer(answer.data.nonce, person.id, customerId))
      return turn.end({ kind: 'back', customerId, problem: texts.say('request.refused-stale-card') });

    const filledIn = cleaned(answer.data);
    const readiness = await screen.readiness({ person, customerId });
    const { replyToId } = turn.context.activity;
    const { approver, ticket, endDelegatedAdmin } = filledIn;
    const sent = await removals.send({
      person,
      customer: screen.customerOf(customerId, readiness),
      form: {
        reason: filledIn.reason,
        domain: filledIn.domain,
        notice: filledIn.notice,
        nextProvider: filledIn.nextProvider,
        ...(endDelegatedAdmin !== undefined && { endDelegatedAdmin }),
        ...(ticket !== '' && { ticket }),
        ...(approver !== '' && { approver }),
      },
      ...(replyToId !== undefined && { messageId: replyToId }),
    });
    if (sent.kind === 'changed') {
      await reply(turn.context, await requestScreen.ofRequester(sent.record, person, texts));
      return turn.end({ kind: 'asked' });
    }
    // Their own is on its way, by this very click perhaps, delivered twice: it is shown as it is.
    const open = sent.why === 'request-open' ? await removals.ofCustomer(customerId) : undefined;
    if (open !== undefined) {
      await reply(turn.context, await requestScreen.ofRequester(open, person, texts));
      return turn.end({ kind: 'asked' });
    }
    if (sent.why === 'taken' || sent.why === 'request-open')
      return turn.end({ kind: 'back', customerId, problem: texts.say('clearing.refused-just-taken') });
    if (sent.why === 'not-a-requester')
      return turn.end({ kind: 'back', customerId, problem: texts.say('clearing.refused-not-a-requester') });
    if (sent.why === 'too-many-open')
      return turn.again({ customerId, filledIn, problem: openRequests(await removals.openOf(person.id), texts) });
    const problem = formProblem(sent.why, filledIn.approver, await removals.approversFor(person.id), texts);
    return turn.again({ customerId, filledIn, problem });
  }
}

/** The tick to end delegated administration is there where there is some, and where that is not known, which is said. */
function delegatedAdminOn({ delegatedAdmin }: Readiness): Pick<RequestFormView, 'delegatedAdmin'> {
  if (delegatedAdmin === undefined) return {};
  if (delegatedAdmin.kind === 'unread') return { delegatedAdmin };
  const names = delegatedAdmin.live.map(({ name }) => name);
  return names.length === 0 ? {} : { delegatedAdmin: { kind: 'live', names } };
}

const cleaned = (data: Pressed<'removal.send'>['data']) => {
  const { reason, domain, ticket, approver, notice, nextProvider, endDelegatedAdmin } = data;
  const text = (typed: string | undefined): string => cleanText(typed ?? '', LONGEST_INPUT);
  return {
    reason: text(reason),
    domain: text(domain),
    ticket: text(ticket),
    approver: text(approver).toLowerCase(),
    notice: notice === 'true',
    nextProvider: nextProvider === 'true',
    // Missing where the form had no such tick.
    ...(endDelegatedAdmin !== undefined && { endDelegatedAdmin: endDelegatedAdmin === 'true' }),
  };
};

function formProblem(
  why: Exclude<SendRefusal, 'taken' | 'request-open' | 'not-a-requester' | 'too-many-open'>,
  chosen: string,
  approvers: readonly Approver[],
  texts: Texts,
): string {
  if (why !== 'approver-unreachable') return texts.say(`form.fault-${why}`);
  const approver = approvers.find(({ id }) => id === chosen) ?? approvers[0];
  const name = approver?.person?.name ?? texts.say('form.unknown-approver', { id: approver?.id ?? chosen });
  return texts.say('form.fault-approver-unreachable', { name });
}
