import { detailsOf, whatText, type NamesOfThings } from '../../cards/audit-entry-parts.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import type { AuditEntry } from '../../services/audit/audit-chain.ts';
import type { Instant } from '../../services/clock.ts';
import type { UserId } from '../../services/ids.ts';
import type { People } from '../../services/people/people.ts';

/** What the page shows of one entry of the record. `who` and values are foreign text. */
export interface EntryView {
  readonly seq: number;
  readonly what: string;
  readonly who: string;
  readonly at: Instant;
  readonly details: readonly (readonly [label: string, value: string])[];
  /** The request it is about, where it is shown beside others. */
  readonly request?: string;
  /** Whom that request is for; foreign text. */
  readonly customer?: string;
}

/**
 * Who did something is called by their name, where it is known, or by their object id.
 *
 * @param thingsOf the names of what an entry is about.
 */
export async function entryViews<Entry extends AuditEntry>(
  entries: readonly Entry[],
  texts: Texts,
  people: Pick<People, 'find'>,
  thingsOf: (entry: Entry) => NamesOfThings | undefined,
): Promise<readonly EntryView[]> {
  const ids = new Set(entries.flatMap(({ actor }) => personIn(actor) ?? []));
  const found = await Promise.all([...ids].map((id) => people.find(id)));
  const names = new Map(found.filter((one) => one !== undefined).map(({ id, name }) => [id, name]));
  return entries.map((entry) => {
    const person = personIn(entry.actor);
    return {
      seq: entry.seq,
      what: whatText(entry, texts),
      who: person === undefined ? texts.say('audit.bot') : (names.get(person) ?? person),
      at: entry.at,
      details: detailsOf(entry, texts, thingsOf(entry)),
    };
  });
}

const PERSON = 'person:';
const personIn = (actor: AuditEntry['actor']): UserId | undefined =>
  actor.startsWith(PERSON) ? actor.slice(PERSON.length) : undefined;
