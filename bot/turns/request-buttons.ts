import type { PressedButton, Verb } from '../../cards/actions.ts';
import type { TextKey } from '../../cards/texts/en.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import type { RequestScreen, Said } from '../../dialogs/request-screen.ts';
import type { Shown } from '../../dialogs/turn-facts.ts';
import type { Batches } from '../../services/batches/batches.ts';
import { cleanText } from '../../services/clean-text.ts';
import type { Clock } from '../../services/clock.ts';
import { sameCase } from '../../services/ids.ts';
import type { Person } from '../../services/people/person.ts';
import { barsCarryingOut } from '../../services/requests/removing/carrying-out.ts';
import { barsClosing } from '../../services/requests/removing/closing.ts';
import {
  barsWithdrawal,
  type Click,
  type Decision,
  type DecisionRefusal,
} from '../../services/requests/deciding/deciding.ts';
import { mayDecide } from '../../services/requests/who-may.ts';
import { executorOf } from '../../services/requests/removing/executor.ts';
import type { Nonces } from '../../services/requests/nonces.ts';
import { barsPassing, isWithEnough } from '../../services/requests/deciding/passing.ts';
import type { RemovalRequests } from '../../services/requests/removal-requests.ts';
import type { RequestRecord } from '../../services/requests/request.ts';
import type { Refusals } from '../../services/audit/refusals.ts';
import type { Roles } from '../../services/people/roles.ts';
import { COMMENT_LENGTH } from '../../services/requests/sending/sending.ts';
import { canBeAsked, isReachable, MOST_ASKED, refOfApprover } from '../../services/requests/sending/whom-to-ask.ts';
import type { ReceiptFiles } from '../receipts/receipt-files.ts';
import type { ButtonAnswer } from './button-answer.ts';
import { createFollowUpButtons } from './follow-up-buttons.ts';
import { createUndoButtons } from './undo-buttons.ts';

type RequestVerb = Extract<Verb, `request.${string}` | `approval.${string}`>;
export type RequestButton = Extract<PressedButton, { readonly verb: RequestVerb }>;
type Handler<V extends RequestVerb> = (
  data: Extract<RequestButton, { readonly verb: V }>['data'],
  person: Person,
  texts: Texts,
  /** The message that was pressed, where Teams says so. */
  cardId?: string,
) => Promise<ButtonAnswer>;
type Turn = readonly [person: Person, texts: Texts, cardId: string | undefined];
/** One handler for every verb of a request: leave one out and the bot does not compile. */
type Handlers = { readonly [V in RequestVerb]: Handler<V> };

export interface RequestButtonParts {
  readonly removals: RemovalRequests;
  readonly batches: Pick<Batches, 'shows'>;
  readonly screen: RequestScreen;
  readonly roles: Roles;
  readonly nonces: Nonces;
  readonly refusals: Pick<Refusals, 'note'>;
  readonly files: Pick<ReceiptFiles, 'offer' | 'saidOf'>;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
}

/** So long a click waits for Partner Center, which answers sooner as a rule. People wait for no more than a second. */
const APPROVAL_WAIT_MS = 800;
/** More than anybody looks through, and as many as fit a card in any case. */
const MOST_CHOICES = 50;

export const isRequestButton = (button: PressedButton): button is RequestButton =>
  button.verb.startsWith('request.') || button.verb.startsWith('approval.');

/**
 * Answers the buttons of requests: each with the present card, and a sentence on top where something was
 * refused. Whatever a card says besides its request is not believed.
 */
export function createRequestButtons(parts: RequestButtonParts) {
  const { removals, screen, roles, nonces } = parts;

  const present = async (
    record: RequestRecord,
    person: Person,
    texts: Texts,
    problem?: string,
    notice?: string,
  ): Promise<ButtonAnswer> => {
    const said = { ...(problem !== undefined && { problem }), ...(notice !== undefined && { notice }) };
    const shown = await screen.of(record, person, texts, said);
    if (shown !== undefined) return { shown };
    await parts.refusals.note(person.id, { what: 'request.show', why: 'not-theirs', target: record.request.id });
    return { sentence: texts.say('request.refused-not-yours') };
  };
  const missing = (texts: Texts): ButtonAnswer => ({ sentence: texts.say('request.refused-unknown') });
  const clickOf = (nonce: string, person: Person, cardId?: string): Click => ({
    person,
    ...(cardId !== undefined && { messageId: cardId }),
    isCurrent: (request) => nonces.isOfRequest(nonce, person.id, request),
  });

  const decided = async (decision: Decision | undefined, person: Person, texts: Texts): Promise<ButtonAnswer> => {
    if (decision === undefined) return missing(texts);
    return present(decision.record, person, texts, problemOf(decision, texts));
  };

  /** A reason that is too short or too long can be mended where it was typed. */
  const withReason = async (
    decision: Decision | undefined,
    typed: string,
    person: Person,
    texts: Texts,
    view: (record: RequestRecord, person: Person, texts: Texts, said: Said) => Shown,
  ): Promise<ButtonAnswer> => {
    if (decision?.kind !== 'refused' || (decision.why !== 'reason-too-short' && decision.why !== 'reason-too-long'))
      return decided(decision, person, texts);
    const problem = texts.say(`approval.refused-${decision.why}`);
    return { shown: view(decision.record, person, texts, { problem, typed }) };
  };

  /** Partner Center is waited for as long as the turn may take. After that it is said that nothing has come of it yet. */
  const approving = async (
    decision: Promise<Decision | undefined>,
    requestId: string,
    person: Person,
    texts: Texts,
    reading: TextKey,
  ): Promise<ButtonAnswer> => {
    const answer = decision.then((made) => decided(made, person, texts));
    const first = await Promise.race([answer, parts.sleep(APPROVAL_WAIT_MS)]);
    if (first !== undefined) return first;
    const record = await removals.find(requestId);
    if (record === undefined) return missing(texts);
    const now = await present(record, person, texts, undefined, texts.say(reading));
    return 'shown' in now ? { shown: { ...now.shown, isProvisional: true }, later: answer } : now;
  };

  /** A confirm view, where this person may do it now; else the card as it is, and why not. */
  const confirming = async (
    verb: RequestVerb,
    { requestId, nonce }: { readonly requestId: string; readonly nonce: string },
    person: Person,
    texts: Texts,
    barred: (record: RequestRecord) => DecisionRefusal | undefined,
    view: (record: RequestRecord) => Shown,
  ): Promise<ButtonAnswer> => {
    const record = await removals.find(requestId);
    if (record === undefined) return missing(texts);
    const why = barred(record) ?? (nonces.isOfRequest(nonce, person.id, record.request) ? undefined : 'stale-card');
    if (why === undefined) return { shown: view(record) };
    await removals.noteRefused(requestId, person, why, verb);
    // What is shown is the present card; that it was an old one matters only where it would have done something.
    return present(record, person, texts, refusalText(why, record, texts));
  };

  /** Who can be asked instead is chosen from those whom a card can reach, or could once they have the app. */
  const passing = async (
    record: RequestRecord,
    person: Person,
    texts: Texts,
    said: Said = {},
  ): Promise<ButtonAnswer> => {
    const others = await removals.othersToAsk(record.request);
    const able = others.filter(canBeAsked).toSorted((a, b) => Number(isReachable(b)) - Number(isReachable(a)));
    const shown = able.slice(0, MOST_CHOICES).map(refOfApprover);
    const enough = isWithEnough(record.request) ? refusalText('with-enough', record, texts) : undefined;
    const view = { ...(enough !== undefined && { problem: enough }), ...said };
    if (shown.length > 0) return { shown: screen.pass(record, shown, person, texts, view) };
    const nobody = others.length > 0 ? 'approval.pass-unreachable' : 'approval.pass-nobody';
    return present(record, person, texts, enough ?? texts.say(nobody));
  };

  const barsRemoving =
    (person: Person) =>
    ({ request }: RequestRecord): DecisionRefusal | undefined =>
      barsCarryingOut(request, parts.clock(), roles, { person, isCurrent: () => true });
  const barsDecision =
    (person: Person) =>
    ({ request }: RequestRecord): DecisionRefusal | undefined =>
      mayDecide(request, person, roles) ?? (request.state === 'pending' ? undefined : 'already-decided');

  /** In the name of whoever pressed, where the request waits for them. */
  const carriesOut = (
    { requestId, nonce }: Pick<RequestButton['data'], 'requestId'> & { readonly nonce: string },
    ...[person, texts, cardId]: Turn
  ): Promise<ButtonAnswer> =>
    approving(
      removals.carryOut(requestId, clickOf(nonce, person, cardId)),
      requestId,
      person,
      texts,
      'request.reading',
    );

  const handlers: Handlers = {
    ...createUndoButtons({ removals, screen, nonces, present, missing, refusalText }),
    ...createFollowUpButtons({ removals, screen, files: parts.files, clickOf, decided, present, missing }),
    async 'request.show'({ requestId, page }, person, texts) {
      const record = await removals.find(requestId);
      if (record === undefined) return missing(texts);
      const listed = page === undefined ? undefined : screen.listed(record, person, texts, page);
      if (listed !== undefined) return { shown: listed };
      return present(record, person, texts, undefined, parts.files.saidOf(requestId, person, texts));
    },
    'request.withdraw': (data, person, texts) =>
      confirming(
        'request.withdraw',
        data,
        person,
        texts,
        ({ request }) => barsWithdrawal(request, person, roles),
        (record) => screen.withdraw(record, person, texts),
      ),
    'request.confirm-withdraw': async ({ requestId, nonce }, person, texts, cardId) =>
      decided(await removals.withdraw(requestId, clickOf(nonce, person, cardId)), person, texts),
    'request.continue': async ({ requestId, nonce }, person, texts, cardId) =>
      decided(await removals.continueAfterRefusal(requestId, clickOf(nonce, person, cardId)), person, texts),
    'request.sign-in': carriesOut,
    'request.remove': (data, person, texts) =>
      confirming('request.remove', data, person, texts, barsRemoving(person), (record) =>
        screen.remove(record, person, texts),
      ),
    'request.confirm-remove': carriesOut,
    'request.close': (data, person, texts) =>
      confirming(
        'request.close',
        data,
        person,
        texts,
        (record) => barsClosing(record, person, roles),
        (record) => screen.close(record, person, texts),
      ),
    async 'request.confirm-close'({ requestId, nonce, reason = '' }, person, texts, cardId) {
      const typed = cleanText(reason, COMMENT_LENGTH * 4);
      const decision = await removals.close(requestId, { ...clickOf(nonce, person, cardId), reason: typed });
      return withReason(decision, typed, person, texts, (...shown) => screen.close(...shown));
    },
    'approval.approve': (data, person, texts) =>
      confirming('approval.approve', data, person, texts, barsDecision(person), (record) =>
        screen.approve(record, person, texts),
      ),
    'approval.decline': (data, person, texts) =>
      confirming('approval.decline', data, person, texts, barsDecision(person), (record) =>
        screen.decline(record, person, texts),
      ),
    async 'approval.pass'({ requestId, nonce }, person, texts) {
      const record = await removals.find(requestId);
      if (record === undefined) return missing(texts);
      const { request } = record;
      const why =
        barsPassing(request, person, roles) ??
        (nonces.isOfRequest(nonce, person.id, request) ? undefined : ('stale-card' as const));
      if (why === undefined) return passing(record, person, texts);
      await removals.noteRefused(requestId, person, why, 'approval.pass');
      return present(record, person, texts, refusalText(why, record, texts));
    },
    async 'approval.confirm-pass'({ requestId, nonce, approver = '', instead = '' }, person, texts, cardId) {
      const to = sameCase(approver);
      const from = sameCase(instead);
      const click = { ...clickOf(nonce, person, cardId), to, ...(from !== '' && { instead: from }) };
      const decision = await removals.pass(requestId, click);
      if (decision?.kind !== 'refused' || decision.why !== 'not-available') return decided(decision, person, texts);
      const problem = texts.say('approval.refused-not-available');
      return passing(decision.record, person, texts, { problem, typed: to });
    },
    async 'approval.confirm-approve'({ requestId, nonce, comment }, person, texts, cardId) {
      const said = cleanText(comment ?? '', COMMENT_LENGTH);
      const click = { ...clickOf(nonce, person, cardId), ...(said !== '' && { comment: said }) };
      return approving(removals.approve(requestId, click), requestId, person, texts, 'approval.reading');
    },
    async 'approval.confirm-decline'({ requestId, nonce, reason = '' }, person, texts, cardId) {
      const typed = cleanText(reason, COMMENT_LENGTH * 4);
      const decision = await removals.decline(requestId, { ...clickOf(nonce, person, cardId), reason: typed });
      return withReason(decision, typed, person, texts, (...shown) => screen.decline(...shown));
    },
  };

  /** Whatever it shows of a request is settled with it, on whichever message it was asked for. */
  const placed = (answer: ButtonAnswer, button: RequestButton, person: Person, list?: string): ButtonAnswer => {
    if ('sentence' in answer) return answer;
    const { requestId } = button.data;
    const isCard = button.verb === 'request.show' && button.data.page === undefined;
    let seen: number | undefined;
    return {
      ...answer,
      ...(answer.later && { later: answer.later.then((later) => placed(later, button, person, list)) }),
      ...(list !== undefined && { isAside: true }),
      isShownBy: async (messageId) => {
        if (messageId === list) return;
        const where = { messageId, isCard, ...(seen !== undefined && { seen }) };
        seen = await removals.wasShown(requestId, person, where);
      },
    };
  };

  /** The table's types tie a verb to its data; here they are taken apart, so the tie is taken on trust once. */
  return async (button: RequestButton, person: Person, texts: Texts, cardId?: string): Promise<ButtonAnswer> => {
    const { requestId } = button.data;
    // The card of several has no such button. Whatever is answered, it stays what it is, and the card of no request.
    const isList = cardId !== undefined && (await parts.batches.shows(requestId, person.id, cardId));
    const handle = handlers[button.verb] as (data: unknown, ...turn: Turn) => Promise<ButtonAnswer>;
    const answer = await handle(button.data, person, texts, isList ? undefined : cardId);
    return placed(answer, button, person, isList ? cardId : undefined);
  };
}

export type RequestButtons = ReturnType<typeof createRequestButtons>;

/** What is said on top of the card after a decision, if anything. */
function problemOf(decision: Decision, texts: Texts): string | undefined {
  if (decision.kind === 'changed') return undefined;
  const told = refusalText(decision.why, decision.record, texts, decision.barred?.name);
  if (decision.barred === undefined || told === undefined) return told;
  const { meaning, description, ids } = decision.barred.refused;
  return [
    told,
    ...(meaning === undefined ? [] : [texts.say(`code.${meaning}`)]),
    ...(description === undefined ? [] : [`${texts.say('request.partner-center-says')}: ${description}`]),
    texts.say('fault.reference', { id: ids.correlationId }),
  ].join(' ');
}

/** Why it was refused, in a sentence; the same click again is none. */
function refusalText(
  why: DecisionRefusal,
  { request }: RequestRecord,
  texts: Texts,
  /** In whose name it would be carried out. */
  executing = '',
): string | undefined {
  switch (why) {
    case 'repeated':
      return undefined;
    case 'own-request':
    case 'not-an-approver':
    case 'passed-on':
    case 'not-asked':
    case 'not-available':
    case 'reason-too-short':
    case 'reason-too-long':
      return texts.say(`approval.refused-${why}`);
    case 'not-an-auditor':
    case 'has-a-part':
    case 'not-unknown':
      return texts.say(`close.refused-${why}`);
    case 'not-the-requester':
      return texts.say('request.refused-not-the-requester', { name: request.requester.name });
    case 'with-enough':
      return texts.say('approval.refused-with-enough', { count: MOST_ASKED });
    case 'not-a-requester':
    case 'request-open':
      return texts.say(`clearing.refused-${why}`);
    case 'taken':
    case 'overtaken':
    case 'giving-back':
      return texts.say(`undo.refused-${why}`);
    case 'no-access':
    case 'no-relationship':
    case 'sign-in':
    case 'unread':
      return texts.say(`${request.state === 'pending' ? 'approval' : 'request'}.barred-${why}`, { name: executing });
    case 'taken-over':
      return texts.say('request.refused-taken-over', { name: executorOf(request).name });
    case 'too-late':
      return texts.say(request.kind === 'removal' ? 'request.refused-too-late' : 'cancellation.refused-too-late');
    case 'already-decided':
    case 'expired':
    case 'stale-card':
      return texts.say(`request.refused-${why}`);
  }
}
