import type { ActionData } from '../../cards/actions.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import type { AuditScreen } from '../../dialogs/audit-screen.ts';
import type { FoundEntriesScreen } from '../../dialogs/found-entries-screen.ts';
import type { PlainEvent } from '../../services/audit/audit-chain.ts';
import type { AuditLog } from '../../services/audit/audit-log.ts';
import { instantsOf, placeIn, type RecordSearch, type SoughtEntries } from '../../services/audit/record-search.ts';
import type { Refusals } from '../../services/audit/refusals.ts';
import { fold } from '../../services/customers/fold.ts';
import { isGuid, sameCase, type CustomerId } from '../../services/ids.ts';
import type { People } from '../../services/people/people.ts';
import type { Person } from '../../services/people/person.ts';
import type { Roles } from '../../services/people/roles.ts';
import type { AllRequests } from '../../services/requests/overview/all-requests.ts';
import type { RemovalRequests } from '../../services/requests/removal-requests.ts';
import { ARCHIVED_AFTER_DAYS } from '../../services/retention/archiving.ts';
import type { OneAtATime } from '../one-at-a-time.ts';
import type { ButtonAnswer } from './button-answer.ts';
import { readSought } from './sought-words.ts';

export interface AuditAnswerParts {
  readonly roles: Roles;
  readonly removals: Pick<RemovalRequests, 'find' | 'ofCustomer'>;
  readonly people: Pick<People, 'find'>;
  readonly all: Pick<AllRequests, 'look' | 'summaries' | 'isListed' | 'unread'>;
  readonly search: RecordSearch;
  /** Searches read much. */
  readonly oneAtATime: OneAtATime;
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
  const isAllRead = (): boolean => all.isListed() && all.unread() === 0;

  /** Nothing of the record is told before it is recorded to whom. */
  const onceRecorded = async (event: Omit<PlainEvent, 'actor'>, person: Person, texts: Texts, answer: ButtonAnswer) => {
    const isRecorded = await log.record({ ...event, actor: `person:${person.id}` });
    return isRecorded ? answer : { sentence: texts.say('audit.not-recorded') };
  };

  const show: AuditAnswers['show'] = async (requestId, page, person, texts) => {
    const no = await refused(person, texts, requestId);
    if (no !== undefined) return no;
    const record = await removals.find(requestId);
    if (record === undefined) return { sentence: texts.say('request.refused-unknown') };
    const shown = await screen(record, page, person, texts);
    return onceRecorded({ action: 'audit.shown', target: requestId }, person, texts, { shown });
  };

  const searchFor = async (
    sought: ActionData<'audit.search'>,
    person: Person,
    texts: Texts,
    mayBeOther = false,
  ): Promise<ButtonAnswer> => {
    const { after, from, to, requestId: request, customerId: customer, personId, anyId } = sought;
    const place = after === undefined ? undefined : placeIn(after, request);
    const about = { ...(request && { request }), ...(customer && { customer }), ...(personId && { person: personId }) };
    const done = parts.oneAtATime.begin(person.id);
    if (done === undefined) return { sentence: texts.say('tab.error-busy') };
    try {
      const found = await parts.search({ ...about, anyId, from, to }, { after: place, most: SHOWN_ENTRIES });
      const shown = await foundScreen(sought, found, person, texts, mayBeOther);
      const detail = { ...instantsOf({ from, to }), ...about, ...(anyId && { id: anyId }), ...(after && { after }) };
      return await onceRecorded({ action: 'audit.searched', detail }, person, texts, { shown });
    } finally {
      done();
    }
  };

  const searchByName = async (
    name: string,
    days: Pick<SoughtEntries, 'from' | 'to'>,
    person: Person,
    texts: Texts,
  ): Promise<ButtonAnswer> => {
    const [customer, ...others] = await customersBy(name);
    if (customer !== undefined && others.length === 0)
      return searchFor({ ...days, customerId: customer }, person, texts, !isAllRead());
    const sentence =
      customer !== undefined
        ? texts.say('audit.found-several', { count: others.length + 1 })
        : isAllRead()
          ? texts.say('audit.found-no-customer', { days: ARCHIVED_AFTER_DAYS })
          : texts.say('audit.found-not-all-read');
    const detail = { ...instantsOf(days), named: name.slice(0, 200) };
    return onceRecorded({ action: 'audit.searched', detail }, person, texts, { sentence });
  };

  return {
    show,
    async search(sought, person, texts) {
      return (await refused(person, texts)) ?? searchFor(sought, person, texts);
    },
    async typed(words, person, texts) {
      const { about, ...days } = readSought(words);
      const id = sameCase(about);
      const no = await refused(person, texts, isGuid(id) ? id : undefined);
      if (no !== undefined) return no;
      const isOfDays = days.from !== undefined || days.to !== undefined;
      if (about === '') return isOfDays ? searchFor(days, person, texts) : { sentence: texts.say('audit.which') };
      if (!isGuid(id)) return searchByName(about, days, person, texts);
      if ((await removals.find(id)) !== undefined)
        return isOfDays ? searchFor({ ...days, requestId: id }, person, texts) : show(id, undefined, person, texts);
      if ((await removals.ofCustomer(id)) !== undefined) return searchFor({ ...days, customerId: id }, person, texts);
      if ((await people.find(id)) !== undefined) return searchFor({ ...days, personId: id }, person, texts);
      return searchFor({ ...days, anyId: id }, person, texts);
    },
  };
}
