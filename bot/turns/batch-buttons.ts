import type { ActionData, PressedButton, Verb } from '../../cards/actions.ts';
import type { RemovalFilledIn } from '../../cards/request-form-card.ts';
import type { FormField, FormProblem } from '../../cards/form-inputs.ts';
import { openRequests } from '../../cards/limit-texts.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import type { BatchScreen } from '../../dialogs/batch-screen.ts';
import { LONGEST_WAIT_MS } from '../../dialogs/later.ts';
import { doesConfirm, doesName, withoutNames } from '../../dialogs/named-nonce.ts';
import { cleanText } from '../../services/clean-text.ts';
import { later, type Clock } from '../../services/clock.ts';
import type { BatchRecord, Member } from '../../services/batches/batch.ts';
import { isClearable, isReady, namesToClear } from '../../services/batches/batch-rules.ts';
import {
  HELD_MS,
  type BatchAnswer,
  type BatchClick,
  type Batches,
  type OpenedSlot,
} from '../../services/batches/batches.ts';
import { sameCase } from '../../services/ids.ts';
import type { Person } from '../../services/people/person.ts';
import type { Roles } from '../../services/people/roles.ts';
import type { Refusals } from '../../services/audit/refusals.ts';
import type { Nonces } from '../../services/requests/nonces.ts';
import type { RemovalRequests } from '../../services/requests/removal-requests.ts';
import type { RequestRecord } from '../../services/requests/request.ts';
import { approverIds, ownSlot } from '../../services/requests/moves.ts';
import { noApproverOf } from '../../services/requests/who-may.ts';
import { isDomain, reasonFault, TICKET_LENGTH } from '../../services/requests/sending/sending.ts';
import { canBeAsked, refOfApprover } from '../../services/requests/sending/whom-to-ask.ts';
import type { ButtonAnswer } from './button-answer.ts';

type BatchVerb = Extract<Verb, `batch.${string}` | `list.${string}`>;
export type BatchButton = Extract<PressedButton, { readonly verb: BatchVerb }>;
type Handler<V extends BatchVerb> = (data: ActionData<V>, person: Person, texts: Texts) => Promise<ButtonAnswer>;
/** One handler for every verb of a batch: leave one out and the bot does not compile. */
type Handlers = { readonly [V in BatchVerb]: Handler<V> };

export interface BatchButtonParts {
  readonly batches: Batches;
  readonly screen: BatchScreen;
  readonly removals: Pick<RemovalRequests, 'find' | 'approversFor' | 'cannotAsk' | 'openOf'>;
  readonly roles: Roles;
  readonly nonces: Nonces;
  readonly refusals: Pick<Refusals, 'note'>;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
}

export const isBatchButton = (button: PressedButton): button is BatchButton =>
  button.verb.startsWith('batch.') || button.verb.startsWith('list.');
/** Of an approver's card, which lists what they are asked to decide. */
export const isListButton = ({ verb }: PressedButton): boolean => verb.startsWith('list.');

/** Longer than any form takes: what is too long is refused in words, with what was typed still there. */
const LONGEST_INPUT = 2_000;

/** Answers the buttons of batches, each with the present card, and a sentence on top where something was refused. */
export function createBatchButtons(parts: BatchButtonParts) {
  const { batches, screen, removals, roles, nonces, clock } = parts;

  const missing = (texts: Texts): ButtonAnswer => ({ sentence: texts.say('batch.refused-unknown') });
  const clickOf = (nonce: string, person: Person): BatchClick => ({
    person,
    isCurrent: (batch) => nonces.isOfRequest(withoutNames(nonce), person.id, batch),
  });

  /** The batch, where it is this person's. */
  const own = async (batchId: string, verb: Verb, person: Person): Promise<BatchRecord | undefined> => {
    const record = await batches.find(batchId);
    if (record === undefined || record.batch.requester.id === person.id) return record;
    await parts.refusals.note(person.id, { what: verb, why: 'not-theirs', target: batchId });
    return undefined;
  };

  const present = async (
    record: BatchRecord,
    person: Person,
    texts: Texts,
    problem?: string,
    page?: number,
  ): Promise<ButtonAnswer> => {
    const known = await batches.shown(record.batch.id, person.id, 'batch');
    const said = { page: page ?? known?.page ?? 0, ...(problem !== undefined && { problem }) };
    return { shown: await screen.show(record, person, texts, said) };
  };

  const answered = async (
    answer: BatchAnswer | undefined,
    verb: Verb,
    person: Person,
    texts: Texts,
  ): Promise<ButtonAnswer> => {
    if (answer === undefined) return missing(texts);
    if (answer.kind === 'done') return present(answer.record, person, texts);
    if (answer.why === 'not-yours') {
      await parts.refusals.note(person.id, { what: verb, why: 'not-theirs', target: answer.record.batch.id });
      return { sentence: texts.say('batch.refused-not-yours') };
    }
    await batches.looks(answer.record.batch.id, { recipient: person.id, slot: 'batch', heldUntil: null });
    return present(answer.record, person, texts, texts.say(`batch.refused-${answer.why}`));
  };

  /** A view that asks something: until it is answered, no newer picture takes its place by itself. */
  const asking = async (record: BatchRecord, person: Person): Promise<void> => {
    const heldUntil = later(clock(), HELD_MS);
    await batches.looks(record.batch.id, { recipient: person.id, slot: 'batch', heldUntil });
  };

  const open = async (
    data: ActionData<'batch.open'>,
    slotOf: (request: RequestRecord['request']) => OpenedSlot,
    person: Person,
    texts: Texts,
    isTheirs: (record: RequestRecord) => boolean,
    back: (batch: BatchRecord) => Promise<ButtonAnswer>,
  ): Promise<ButtonAnswer> => {
    const record = await removals.find(data.requestId);
    if (record === undefined) return { sentence: texts.say('request.refused-unknown') };
    if (!isTheirs(record)) {
      await parts.refusals.note(person.id, { what: 'request.show', why: 'not-theirs', target: data.requestId });
      return { sentence: texts.say('request.refused-not-yours') };
    }
    await batches.open(data.requestId, person, slotOf(record.request));
    const batchId = record.request.batch?.id;
    const batch = batchId === undefined ? undefined : await batches.find(batchId);
    return batch === undefined ? { sentence: texts.say('batch.opened') } : back(batch);
  };

  const isAskedOf = (request: RequestRecord['request'], person: Person): boolean =>
    approverIds(request).includes(person.id) && noApproverOf(request, person, roles) === undefined;

  const handlers: Handlers = {
    async 'batch.show'({ batchId, page }, person, texts) {
      const record = await own(batchId, 'batch.show', person);
      if (record === undefined) return missing(texts);
      await batches.looks(batchId, {
        ...{ recipient: person.id, slot: 'batch', heldUntil: null },
        ...(page !== undefined && { page }),
      });
      return present(record, person, texts, undefined, page);
    },
    'batch.check': async ({ batchId, nonce }, person, texts) =>
      answered(await batches.check(batchId, clickOf(nonce, person)), 'batch.check', person, texts),
    async 'batch.customer'({ batchId, customerId, page = 0 }, person, texts) {
      const record = await own(batchId, 'batch.customer', person);
      const member = record?.members.find(({ customer }) => customer.id === customerId);
      if (record === undefined) return missing(texts);
      if (member === undefined) return present(record, person, texts, texts.say('batch.refused-changed'));
      await asking(record, person);
      const wanted = screen.customer(record, member, person, texts, page).then((shown) => ({ shown }));
      const first = await Promise.race([wanted, parts.sleep(LONGEST_WAIT_MS)]);
      if (first !== undefined) return first;
      return { shown: screen.readingCustomer(record, member, person, texts), later: wanted };
    },
    async 'batch.clear'({ batchId, nonce, page = 0 }, person, texts) {
      const record = await own(batchId, 'batch.clear', person);
      if (record === undefined) return missing(texts);
      const members = record.members.filter(isClearable);
      if (members.length === 0 || record.batch.stoppedAt !== undefined)
        return present(record, person, texts, texts.say('batch.refused-nothing'));
      if (!nonces.isOfRequest(withoutNames(nonce), person.id, record.batch))
        return present(record, person, texts, texts.say('batch.refused-changed'));
      await asking(record, person);
      // What has come since the first page stands on none that was shown: they begin anew.
      const isSame = page === 0 || doesName(nonce, namesToClear(members));
      const said = isSame ? { page } : { problem: texts.say('batch.refused-changed') };
      return { shown: await screen.clear(record, person, texts, said) };
    },
    'batch.confirm-clear': async ({ batchId, nonce }, person, texts) =>
      answered(
        await batches.clear(batchId, clickOf(nonce, person), (names) => doesConfirm(nonce, names)),
        'batch.confirm-clear',
        person,
        texts,
      ),
    async 'batch.form'({ batchId }, person, texts) {
      const record = await own(batchId, 'batch.form', person);
      if (record === undefined) return missing(texts);
      if (record.members.filter(isReady).length === 0 || record.batch.stoppedAt !== undefined)
        return present(record, person, texts, texts.say('batch.refused-nothing'));
      const places = await removals.openOf(person.id);
      if (places.count >= places.most && record.batch.forms.length === 0)
        return present(record, person, texts, openRequests(places, texts));
      await asking(record, person);
      return { shown: await screen.form(record, person, texts) };
    },
    async 'batch.send'({ batchId, nonce, ...typed }, person, texts) {
      const record = await own(batchId, 'batch.send', person);
      if (record === undefined) return missing(texts);
      const filledIn = cleaned(typed);
      const ready = record.members.filter(isReady);
      const problems = await problemsOf(filledIn, ready, person, texts);
      if (ready.length > 0 && record.batch.stoppedAt === undefined && problems.length > 0) {
        await asking(record, person);
        return { shown: await screen.form(record, person, texts, filledIn, problems) };
      }
      const { reason, ticket, approver, notice, nextProvider, endDelegatedAdmin } = filledIn;
      const answer = await batches.ask(
        batchId,
        clickOf(nonce, person),
        {
          ...{ reason, notice, nextProvider },
          ...(ticket !== '' && { ticket }),
          ...(approver !== '' && { approver }),
          ...(endDelegatedAdmin !== undefined && { endDelegatedAdmin }),
        },
        (names) => doesName(nonce, names),
      );
      // Somebody else is ready now, or no longer: what was typed is kept, and who is asked for is shown anew.
      if (answer?.kind === 'refused' && answer.why === 'changed' && answer.record.members.some(isReady)) {
        const again = { ...filledIn, count: '', domain: '' };
        const changed = [{ text: texts.say('batch.refused-changed') }];
        return { shown: await screen.form(answer.record, person, texts, again, changed) };
      }
      return answered(answer, 'batch.send', person, texts);
    },
    async 'batch.stop'({ batchId }, person, texts) {
      const record = await own(batchId, 'batch.stop', person);
      if (record === undefined) return missing(texts);
      if (record.batch.stoppedAt !== undefined) return present(record, person, texts);
      await asking(record, person);
      return { shown: await screen.stop(record, person, texts) };
    },
    // Stopping is never too old: whatever has come since is stopped too.
    'batch.confirm-stop': async ({ batchId, nonce }, person, texts) =>
      answered(
        await batches.stop(batchId, { ...clickOf(nonce, person), isCurrent: () => true }),
        'batch.confirm-stop',
        person,
        texts,
      ),
    'batch.open': (data, person, texts) =>
      open(
        data,
        ownSlot,
        person,
        texts,
        ({ request }) => request.requester.id === person.id,
        (batch) => present(batch, person, texts),
      ),
    'list.open': (data, person, texts) =>
      open(
        data,
        () => 'approval',
        person,
        texts,
        // Those who were not asked would have a card that nobody keeps up to date.
        ({ request }) => isAskedOf(request, person),
        (batch) => listed(batch, person, texts),
      ),
    async 'list.show'({ batchId, page }, person, texts) {
      const record = await batches.find(batchId);
      if (record === undefined) return missing(texts);
      const all = [...(await batches.requestsOf(record)).values()];
      if (!all.some(({ request }) => isAskedOf(request, person))) {
        await parts.refusals.note(person.id, { what: 'list.show', why: 'not-theirs', target: batchId });
        return { sentence: texts.say('batch.refused-not-yours') };
      }
      if (page !== undefined) await batches.looks(batchId, { recipient: person.id, slot: 'list', page });
      return listed(record, person, texts, page);
    },
  };

  async function listed(record: BatchRecord, person: Person, texts: Texts, page?: number): Promise<ButtonAnswer> {
    const known = await batches.shown(record.batch.id, person.id, 'list');
    return { shown: await screen.list(record, person, texts, { page: page ?? known?.page ?? 0 }) };
  }

  async function problemsOf(
    { reason, ticket, approver, ...byHand }: ReturnType<typeof cleaned>,
    ready: readonly Member[],
    person: Person,
    texts: Texts,
  ): Promise<readonly FormProblem[]> {
    const approvers = await removals.approversFor(person.id);
    const cannotAsk = await removals.cannotAsk(person.id);
    const chosen = approvers.find(({ id }) => id === approver);
    const why = reasonFault(reason);
    const problem = (field: FormField, text: string): FormProblem => ({ field, text });
    return [
      ...(cannotAsk === undefined ? [] : [{ text: texts.say(`form.fault-${cannotAsk}`) }]),
      ...(why === undefined ? [] : [problem('reason', texts.say(`form.fault-${why}`))]),
      ...typedByHand(byHand, ready, texts),
      ...(ticket.length > TICKET_LENGTH ? [problem('ticket', texts.say('form.fault-ticket-too-long'))] : []),
      ...(approver !== '' && chosen === undefined
        ? [problem('approver', texts.say('form.fault-not-an-approver'))]
        : []),
      ...(chosen !== undefined && !canBeAsked(chosen)
        ? [problem('approver', texts.say('form.fault-approver-unreachable', { name: refOfApprover(chosen).name }))]
        : []),
    ];
  }

  /** The table's types tie a verb to its data; here they are taken apart, so the tie is taken on trust once. */
  return (button: BatchButton, person: Person, texts: Texts): Promise<ButtonAnswer> => {
    const handle = handlers[button.verb] as (data: unknown, person: Person, texts: Texts) => Promise<ButtonAnswer>;
    return handle(button.data, person, texts);
  };
}

export type BatchButtons = ReturnType<typeof createBatchButtons>;

/** Of several how many they are, and of one alone its domain: what ends one relationship is never less than its name. */
function typedByHand(
  { count, domain }: Pick<ReturnType<typeof cleaned>, 'count' | 'domain'>,
  [first, ...others]: readonly Member[],
  texts: Texts,
): readonly FormProblem[] {
  if (first !== undefined && others.length === 0)
    return isDomain(domain, first.customer.domain)
      ? []
      : [{ field: 'domain', text: texts.say('form.fault-wrong-domain') }];
  const isCounted = count !== '' && Number(count) === (first === undefined ? 0 : others.length + 1);
  return isCounted ? [] : [{ field: 'count', text: texts.say('batch.fault-count') }];
}

function cleaned(typed: Omit<ActionData<'batch.send'>, 'batchId' | 'nonce'>) {
  const text = (value: string | undefined): string => cleanText(value ?? '', LONGEST_INPUT);
  const { reason, count, domain, ticket, approver, notice, nextProvider, endDelegatedAdmin } = typed;
  return {
    ...{ reason: text(reason), count: text(count), domain: text(domain), ticket: text(ticket) },
    approver: sameCase(text(approver)),
    notice: notice === 'true',
    nextProvider: nextProvider === 'true',
    ...(endDelegatedAdmin !== undefined && { endDelegatedAdmin: endDelegatedAdmin === 'true' }),
  } satisfies RemovalFilledIn;
}
