import type { ActionData } from '../../cards/actions.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import type { AuditScreen } from '../../dialogs/audit-screen.ts';
import type { FoundEntriesScreen } from '../../dialogs/found-entries-screen.ts';
import type { AuditLog } from '../../services/audit/audit-log.ts';
import { instantsOf, placeIn, type RecordSearch } from '../../services/audit/record-search.ts';
import type { Refusals } from '../../services/audit/refusals.ts';
import { fold } from '../../services/customers/fold.ts';
import { isGuid, sameCase, type CustomerId } from '../../services/ids.ts';
import type { People } from '../../services/people/people.ts';
import type { Person } from '../../services/people/person.ts';
import type { Roles } from '../../services/people/roles.ts';
import type { AllRequests } from '../../services/requests/overview/all-requests.ts';
import type { RemovalRequests } from '../../services/requests/removal-requests.ts';
import type { ButtonAnswer } from './button-answer.ts';
import { readSought } from './sought-words.ts';

export interface AuditAnswerParts {
  readonly roles: Roles;
  readonly removals: Pick<RemovalRequests, 'find' | 'ofCustomer'>;
  readonly people: Pick<People, 'find'>;
  readonly all: Pick<AllRequests, 'look' | 'summaries'>;
  readonly search: RecordSearch;
  readonly screen: AuditScreen;
  readonly foundScreen: FoundEntriesScreen;
  readonly log: AuditLog;
  readonly refusals: Pick<Refusals, 'note'>;
}

/** What of the record an auditor is shown in the chat. */
export interface AuditAnswers {
  /** What they have typed behind the word. */
  typed(words: string, person: Person, texts: Texts): Promise<ButtonAnswer>;
  /** The record of one request. */
  show(requestId: string, page: number | undefined, person: Person, texts: Texts): Promise<ButtonAnswer>;
  /** What is found over all of it. */
  search(sought: ActionData<'audit.search'>, person: Person, texts: Texts): Promise<ButtonAnswer>;
}

/** So many entries have room on a card. */
const SHOWN_ENTRIES = 8;

/**
 * Shows an auditor the record: of a request by its number, or what is found over all of it by customer, person and days. Who has
 * seen or searched it is recorded too, and who wanted to.
 */
export function createAuditAnswers(parts: AuditAnswerParts): AuditAnswers {
  const { roles, removals, people, all, screen, foundScreen, log, refusals } = parts;

  const refused = async (person: Person, texts: Texts, target?: string): Promise<ButtonAnswer | undefined> => {
    if (roles.isAuditor(person.id)) return undefined;
    await refusals.note(person.id, { what: 'audit', why: 'not-an-auditor', ...(target !== undefined && { target }) });
    return { sentence: texts.say('audit.refused') };
  };

  /** Customers of requests by a part of their names or domains; by the whole of it only that one. */
  const customersBy = async (words: string): Promise<readonly CustomerId[]> => {
    await all.look();
    const wanted = fold(words);
    const named = all
      .summaries()
      .map(({ customer: { id, companyName, domain } }) => ({ id, names: [companyName, domain].map(fold) }));
    const exact = named.filter(({ names }) => names.includes(wanted));
    const found = exact.length > 0 ? exact : named.filter(({ names }) => names.some((name) => name.includes(wanted)));
    return [...new Set(found.map(({ id }) => id))];
  };

  const show: AuditAnswers['show'] = async (requestId, page, person, texts) => {
    const no = await refused(person, texts, requestId);
    if (no !== undefined) return no;
    const record = await removals.find(requestId);
    if (record === undefined) return { sentence: texts.say('request.refused-unknown') };
    const shown = await screen(record, page, person, texts);
    const isRecorded = await log.record({ action: 'audit.shown', actor: `person:${person.id}`, target: requestId });
    return isRecorded ? { shown } : { sentence: texts.say('audit.not-recorded') };
  };

  const search: AuditAnswers['search'] = async (sought, person, texts) => {
    const no = await refused(person, texts);
    if (no !== undefined) return no;
    const { after, from, to, requestId: request, customerId: customer, personId } = sought;
    const place = after === undefined ? undefined : placeIn(after, request);
    const about = { ...(request && { request }), ...(customer && { customer }), ...(personId && { person: personId }) };
    const detail = { ...instantsOf({ from, to }), ...about, ...(after !== undefined && { after }) };
    const found = await parts.search({ ...about, from, to }, { after: place, most: SHOWN_ENTRIES });
    const isRecorded = await log.record({ action: 'audit.searched', actor: `person:${person.id}`, detail });
    if (!isRecorded) return { sentence: texts.say('audit.not-recorded') };
    return { shown: await foundScreen(sought, found, person, texts) };
  };

  return {
    show,
    search,
    async typed(words, person, texts) {
      const { about, ...days } = readSought(words);
      const id = sameCase(about);
      const no = await refused(person, texts, isGuid(id) ? id : undefined);
      if (no !== undefined) return no;
      const isOfDays = days.from !== undefined;
      if (about === '') return isOfDays ? search(days, person, texts) : { sentence: texts.say('audit.which') };
      if (isGuid(id)) {
        if ((await removals.find(id)) !== undefined)
          return isOfDays ? search({ ...days, requestId: id }, person, texts) : show(id, undefined, person, texts);
        if ((await removals.ofCustomer(id)) !== undefined) return search({ ...days, customerId: id }, person, texts);
        if ((await people.find(id)) !== undefined) return search({ ...days, personId: id }, person, texts);
        return { sentence: texts.say('request.refused-unknown') };
      }
      const [customer, ...others] = await customersBy(about);
      if (customer === undefined) return { sentence: texts.say('audit.found-no-customer') };
      if (others.length > 0) return { sentence: texts.say('audit.found-several', { count: others.length + 1 }) };
      return search({ ...days, customerId: customer }, person, texts);
    },
  };
}
