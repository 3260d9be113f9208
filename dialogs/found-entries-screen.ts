import type { ActionData } from '../cards/actions.ts';
import { foundEntriesCard, type FoundEntryView } from '../cards/found-entries-card.ts';
import type { TabLink } from '../cards/links.ts';
import type { Texts } from '../cards/texts/texts.ts';
import { placeText, requestOfChain } from '../services/audit/record-search.ts';
import { placeOf, type FoundEntry, type SearchedRecord } from '../services/audit/search-record.ts';
import type { People } from '../services/people/people.ts';
import type { Person } from '../services/people/person.ts';
import type { Nonces } from '../services/requests/nonces.ts';
import type { RemovalRequests } from '../services/requests/removal-requests.ts';
import type { RequestRecord } from '../services/requests/request.ts';
import { namesOfThings } from './names-of-things.ts';
import type { Shown } from './turn-facts.ts';

export interface FoundEntriesScreenParts {
  readonly removals: Pick<RemovalRequests, 'find'>;
  readonly people: Pick<People, 'find'>;
  readonly nonces: Nonces;
  readonly tabLink?: TabLink;
}

/** What an auditor has found in the record. */
export type FoundEntriesScreen = (
  sought: ActionData<'audit.search'>,
  found: SearchedRecord,
  person: Person,
  texts: Texts,
  /** Whether the customer may be another one than was meant. */
  mayBeOther?: boolean,
) => Promise<Shown>;

const PERSON = 'person:';

export const createFoundEntriesScreen =
  ({ removals, people, nonces, tabLink }: FoundEntriesScreenParts): FoundEntriesScreen =>
  async ({ after, ...sought }, { entries, next, unreadable }, person, texts, mayBeOther = false) => {
    const actors = entries.flatMap(({ actor }) => (actor.startsWith(PERSON) ? [actor.slice(PERSON.length)] : []));
    const names = await named([...actors, ...(sought.personId === undefined ? [] : [sought.personId])], people);
    const ids = new Set([
      ...entries.flatMap(({ chain }) => requestOfChain(chain) ?? []),
      ...definite(sought.requestId),
    ]);
    const records = new Map<string, RequestRecord>();
    for (const id of ids) for (const record of definite(await removals.find(id))) records.set(id, record);
    const viewOf = (entry: FoundEntry): FoundEntryView => {
      const record = records.get(requestOfChain(entry.chain) ?? '');
      const customer = record === undefined ? (entry.customer?.domain ?? entry.customer?.id) : nameOf(record);
      return {
        entry,
        place: placeText(placeOf(entry)),
        who: entry.actor === 'bot' ? texts.say('audit.bot') : nameIn(entry.actor.slice(PERSON.length), names),
        ...(customer !== undefined && { customer }),
        ...(record !== undefined && {
          request: { requestId: record.request.id, nonce: nonces.ofRequest(person.id, record.request) },
          things: namesOfThings(record),
        }),
      };
    };
    const tabUrl = tabLink?.();
    const ofThem = [...records.values()].find(({ request }) => request.customer.id === sought.customerId);
    return {
      card: foundEntriesCard(
        {
          sought,
          ...(sought.customerId !== undefined && {
            customer: ofThem === undefined ? sought.customerId : nameOf(ofThem),
          }),
          ...(sought.personId !== undefined && { person: nameIn(sought.personId, names) }),
          entries: entries.map(viewOf),
          isFurther: after !== undefined,
          ...(next && { next: { after: placeText(next), at: next.at } }),
          unreadable: unreadable.length,
          mayBeOther,
          ...(tabUrl && { tabUrl }),
        },
        texts,
      ),
      summary: texts.say('audit.found-title'),
    };
  };

const definite = <T>(one: T | undefined): readonly T[] => (one === undefined ? [] : [one]);

async function named(ids: readonly string[], people: Pick<People, 'find'>): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all([...new Set(ids)].map((id) => people.find(id)));
  return new Map(found.flatMap((one) => (one === undefined ? [] : [[one.id, one.name] as const])));
}

const nameIn = (id: string, names: ReadonlyMap<string, string>): string => names.get(id) ?? id;

function nameOf({ request: { customer } }: RequestRecord): string {
  const { companyName, domain, id } = customer;
  const parts = [companyName, domain].filter((part) => part !== '');
  return parts.length === 0 ? id : [...new Set(parts)].join(' · ');
}
