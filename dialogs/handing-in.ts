import type { TurnContext } from 'botbuilder';
import type { FormField, FormProblem } from '../cards/form-inputs.ts';
import { openRequests } from '../cards/limit-texts.ts';
import type { Texts } from '../cards/texts/texts.ts';
import { cleanText } from '../services/clean-text.ts';
import type { Customer } from '../services/partner-center/partner-center.ts';
import type { Person } from '../services/people/person.ts';
import { isNoLongerOurs } from '../services/readiness/relationship.ts';
import type { Nonces } from '../services/requests/nonces.ts';
import type { RemovalRequests } from '../services/requests/removal-requests.ts';
import type { SendRefusal } from '../services/requests/sending/hand-in.ts';
import { isDomain, reasonFault, TICKET_LENGTH } from '../services/requests/sending/sending.ts';
import type { Changed, Refused } from '../services/requests/request-store.ts';
import { canBeAsked, refOfApprover, type Approver } from '../services/requests/sending/whom-to-ask.ts';
import type { BackTo } from './begin-form.ts';
import type { ReadinessScreen } from './readiness-screen.ts';
import type { RequestScreen } from './request-screen.ts';
import { factsOf, reply } from './turn-facts.ts';

/** Longer than any form takes: what is too long is refused in words, with what was typed still there. */
const LONGEST_INPUT = 2_000;

interface Typed {
  readonly reason?: string | undefined;
  readonly domain?: string | undefined;
  readonly ticket?: string | undefined;
  readonly approver?: string | undefined;
}

/** What every form asks for, as it was typed, without what nobody types. */
export function cleanedForm({ reason, domain, ticket, approver }: Typed) {
  const text = (typed: string | undefined): string => cleanText(typed ?? '', LONGEST_INPUT);
  return { reason: text(reason), domain: text(domain), ticket: text(ticket), approver: text(approver).toLowerCase() };
}

/** A form as the services take it: what was left empty is left out. */
export const formOf = ({ reason, domain, ticket, approver }: ReturnType<typeof cleanedForm>) => ({
  reason,
  domain,
  ...(ticket !== '' && { ticket }),
  ...(approver !== '' && { approver }),
});

/** That what was filled in is not looked at: its form is out of date, or the customer is none of ours. */
export async function barsForm(
  context: TurnContext,
  { customerId, nonce }: { readonly customerId: string; readonly nonce: string },
  { screen, nonces }: { readonly screen: Pick<ReadinessScreen, 'removed' | 'readiness'>; readonly nonces: Nonces },
): Promise<BackTo | undefined> {
  const { person, texts } = factsOf(context);
  if (!nonces.isOfCustomer(nonce, person.id, customerId))
    return { kind: 'back', customerId, problem: texts.say('request.refused-stale-card') };
  const removed = await screen.removed({ person, customerId });
  if (removed !== undefined) return { kind: 'back', customerId };
  const isGone = isNoLongerOurs(await screen.readiness({ person, customerId }));
  return isGone ? { kind: 'back', customerId, problem: texts.say('form.fault-no-relationship') } : undefined;
}

type OfOthers = Extract<SendRefusal, 'taken' | 'request-open' | 'not-a-requester'>;

/** What became of a form that was handed in. */
export type HandedIn<Why> =
  /** The request is on its way, and its card was shown. */
  | { readonly kind: 'asked' }
  /** Nothing can be asked for now. */
  | { readonly kind: 'back'; readonly problem: string }
  /** It can be mended. */
  | { readonly kind: 'mend'; readonly why: Exclude<Why, OfOthers> };

/** Answers a form that was handed in, as far as every kind of request is answered alike. */
export async function answerHandedIn<Why extends string>(
  context: TurnContext,
  sent: Changed | Refused<Why>,
  {
    customerId,
    removals,
    requestScreen,
  }: {
    readonly customerId: string;
    readonly removals: Pick<RemovalRequests, 'ofCustomer' | 'wasShown'>;
    readonly requestScreen: RequestScreen;
  },
): Promise<HandedIn<Why>> {
  const { person, texts } = factsOf(context);
  if (sent.kind === 'changed') {
    await reply(context, await requestScreen.ofRequester(sent.record, person, texts));
    return { kind: 'asked' };
  }
  // Their own is on its way, by this very click perhaps, delivered twice: it is shown as it is.
  const open = sent.why === 'request-open' ? await removals.ofCustomer(customerId) : undefined;
  if (open !== undefined) {
    const messageId = await reply(context, await requestScreen.ofRequester(open, person, texts));
    if (messageId !== undefined) await removals.wasShown(open.request.id, person, { messageId, isCard: true });
    return { kind: 'asked' };
  }
  const { why } = sent;
  if (isMendable(why)) return { kind: 'mend', why };
  const key = why === 'not-a-requester' ? 'not-a-requester' : 'just-taken';
  return { kind: 'back', problem: texts.say(`clearing.refused-${key}`) };
}

const isMendable = <Why extends string>(why: Why): why is Exclude<Why, OfOthers> =>
  why !== 'taken' && why !== 'request-open' && why !== 'not-a-requester';

type FormFault = Exclude<SendRefusal, OfOthers>;

/** What is wrong with what was filled in, each with its field; everything else is wrong with the form as a whole. */
const FIELDS: Readonly<Partial<Record<FormFault, FormField>>> = {
  'reason-too-short': 'reason',
  'reason-too-long': 'reason',
  'wrong-domain': 'domain',
  'ticket-too-long': 'ticket',
  'not-an-approver': 'approver',
  'approver-unreachable': 'approver',
};

/**
 * Everything that is wrong with a form, each in a sentence. The services name what they came upon first; what else
 * somebody would be told after mending that is found here, by the same rules.
 */
export async function formProblems(
  refused: FormFault | FormProblem,
  filledIn: ReturnType<typeof cleanedForm>,
  { domain }: Pick<Customer, 'domain'>,
  { id: personId }: Pick<Person, 'id'>,
  removals: Pick<RemovalRequests, 'approversFor' | 'openOf'>,
  texts: Texts,
): Promise<readonly FormProblem[]> {
  const approvers = await removals.approversFor(personId);
  const named = typeof refused === 'string' ? [refused] : [];
  const faults = new Set([...named, ...faultsIn(filledIn, domain, approvers)]);
  const sentenceOf = async (why: FormFault): Promise<string> => {
    if (why === 'too-many-open') return openRequests(await removals.openOf(personId), texts);
    if (why !== 'approver-unreachable') return texts.say(`form.fault-${why}`);
    const approver = approvers.find(({ id }) => id === filledIn.approver) ?? approvers[0];
    const { id, name } =
      approver === undefined ? { id: filledIn.approver, name: filledIn.approver } : refOfApprover(approver);
    const isAdded = approver?.canBeAdded === true;
    return texts.say(isAdded ? 'form.fault-approver-not-added' : 'form.fault-approver-unreachable', {
      name: name === id ? texts.say('form.unknown-approver', { id }) : name,
    });
  };
  const problems = [...faults].map(async (why): Promise<FormProblem> => {
    const field = FIELDS[why];
    return { ...(field !== undefined && { field }), text: await sentenceOf(why) };
  });
  return [...(typeof refused === 'string' ? [] : [refused]), ...(await Promise.all(problems))];
}

function faultsIn(
  { reason, domain, ticket, approver }: ReturnType<typeof cleanedForm>,
  wanted: string,
  approvers: readonly Approver[],
): readonly FormFault[] {
  const why = reasonFault(reason);
  const chosen = approvers.find(({ id }) => id === approver);
  return [
    ...(why === undefined ? [] : [why]),
    ...(isDomain(domain, wanted) ? [] : ['wrong-domain' as const]),
    ...(ticket.length > TICKET_LENGTH ? ['ticket-too-long' as const] : []),
    ...(approver !== '' && approvers.length > 0 && chosen === undefined ? ['not-an-approver' as const] : []),
    ...(chosen !== undefined && !canBeAsked(chosen) ? ['approver-unreachable' as const] : []),
  ];
}
