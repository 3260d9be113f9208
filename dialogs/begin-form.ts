import type { TurnContext } from 'botbuilder';
import type { FormProblem } from '../cards/form-inputs.ts';
import { openRequests } from '../cards/limit-texts.ts';
import type { Nonces } from '../services/requests/nonces.ts';
import type { RemovalRequests } from '../services/requests/removal-requests.ts';
import type { Approver } from '../services/requests/sending/whom-to-ask.ts';
import { factsOf } from './turn-facts.ts';
import type { Memory } from './waterfall.ts';

/** Back to what stands in the way of the customer, where a form is of no use. */
export interface BackTo {
  readonly kind: 'back';
  readonly customerId: string;
  readonly problem?: string;
}

/** What every form begins with: whom it can be sent to, what was filled in already, and what is wrong. */
export interface FormBeginning {
  readonly approvers: readonly Approver[];
  readonly filledIn: Memory;
  readonly nonce: string;
  readonly problems?: readonly FormProblem[];
}

export interface FormParts {
  readonly removals: Pick<RemovalRequests, 'openOf' | 'approversFor' | 'cannotAsk'>;
  readonly nonces: Nonces;
}

/** How a form begins, or that there is none: whoever has too many open requests is told before they fill one in. */
export async function beginForm(
  context: TurnContext,
  {
    customerId,
    filledIn,
    problems,
  }: {
    readonly customerId: string;
    readonly filledIn?: Memory;
    readonly problems?: readonly FormProblem[];
  },
  { removals, nonces }: FormParts,
): Promise<{ readonly kind: 'form'; readonly form: FormBeginning } | BackTo> {
  const { person, texts } = factsOf(context);
  // What was filled in already is not lost by it.
  const open = await removals.openOf(person.id);
  if (filledIn === undefined && open.count >= open.most)
    return { kind: 'back', customerId, problem: openRequests(open, texts) };
  const approvers = await removals.approversFor(person.id);
  // Said before anything is filled in.
  const cannotAsk = await removals.cannotAsk(person.id);
  const wrong = problems ?? (cannotAsk && [{ text: texts.say(`form.fault-${cannotAsk}`) }]);
  const form = { approvers, filledIn: filledIn ?? {}, nonce: nonces.ofCustomer(person.id, customerId) };
  return { kind: 'form', form: { ...form, ...(wrong !== undefined && { problems: wrong }) } };
}
