import { z } from 'zod';
import { entryKinds } from '../../cards/audit-entry-parts.ts';
import type { AuditLog } from '../../services/audit/audit-log.ts';
import { PROCESS_CHAINS, REQUEST_CHAINS } from '../../services/audit/chains.ts';
import { entriesOf, type ExportedPart } from '../../services/audit/export-record.ts';
import { EXPORT_FORMATS, exportText } from '../../services/audit/export-text.ts';
import type { Refusals } from '../../services/audit/refusals.ts';
import { isSearched, searchRecord, type RecordPlace } from '../../services/audit/search-record.ts';
import { namesOf } from '../../services/audit/verify-record.ts';
import { wholeRecord } from '../../services/audit/whole-record.ts';
import { DAY_MS, later, type Clock } from '../../services/clock.ts';
import type { People } from '../../services/people/people.ts';
import type { PersonRef } from '../../services/people/person.ts';
import type { AllRequests } from '../../services/requests/overview/all-requests.ts';
import type { RequestSummary } from '../../services/requests/overview/request-summary.ts';
import type { Store } from '../../services/storage/store.ts';
import type { Page } from '../channel/page.ts';
import { TabRefusal, type Asker } from './asker.ts';
import { entryViews } from './entry-views.ts';
import type { OneAtATime } from './one-at-a-time.ts';
import { recordFirst } from './record-first.ts';

export interface RecordAnswersParts {
  readonly store: Pick<Store, 'read' | 'partitions' | 'archiveMonths' | 'archived'>;
  readonly all: AllRequests;
  readonly people: Pick<People, 'find'>;
  readonly log: Pick<AuditLog, 'record'>;
  readonly refusals: Pick<Refusals, 'note'>;
  readonly clock: Clock;
  /** Searches and exports read much. */
  readonly oneAtATime: OneAtATime;
}

const id = z.guid().toLowerCase();
/** A day of UTC. */
const day = z.iso.date();
const Part = { request: id.optional(), from: day.optional(), to: day.optional() };
const Search = z.object({
  ...Part,
  person: id.optional(),
  action: z
    .string()
    .regex(/^[a-z.-]{1,60}$/)
    .optional(),
  after: z.string().max(200).optional(),
});
const Export = z.object({ ...Part, format: z.enum(EXPORT_FORMATS) });

/** The record, for auditors. Who has searched or exported it is recorded, and nothing leaves before that is stored. */
export function createRecordAnswers({ store, all, people, log, refusals, clock, oneAtATime }: RecordAnswersParts) {
  const auditorsOnly = async ({ id: person, isAuditor }: Asker, what: string): Promise<void> => {
    if (isAuditor) return;
    await refusals.note(person, { what, why: 'not-an-auditor' });
    throw new TabRefusal(403, 'not-an-auditor');
  };

  /** Archived ones last: what is archived meanwhile is there twice rather than not at all. */
  const chainsToSearch = async (): Promise<Iterable<string>> => {
    await all.look();
    if (!all.isListed()) throw new TabRefusal(503, 'not-listed');
    const chains = all.ids().map((one) => `${REQUEST_CHAINS}:${one}`);
    chains.push(...(await namesOf(store, PROCESS_CHAINS)));
    for (const month of await store.archiveMonths())
      for await (const name of store.archived(month)) if (isSearched(name)) chains.push(name);
    return chains;
  };

  return {
    /** What may be looked for: what can have happened, and who has asked or is waited for, by name. */
    async kinds(asker: Asker) {
      await auditorsOnly(asker, 'tab.record');
      await all.look();
      return { kinds: entryKinds(asker.texts), people: peopleIn(all.summaries()) };
    },

    async search(asker: Asker, query: unknown) {
      await auditorsOnly(asker, 'tab.search');
      const { request, person, action, after, ...days } = Search.parse(query);
      const wanted = { ...instantsOf(days), ...(person && { person }), ...(action && { action }) };
      const place = after === undefined ? undefined : placeIn(after, request);
      const done = oneAtATime.begin(asker.id);
      try {
        // Each part: the place from which to go on and what is wanted come from the browser, and so may be anything.
        const detail = { ...wanted, ...(request && { request }), ...(after && { after }) };
        await recordFirst(log, asker, { action: 'audit.searched', detail });
        const chains = request === undefined ? await chainsToSearch() : [`${REQUEST_CHAINS}:${request}`];
        const found = await searchRecord(store, chains, wanted, place);
        const { texts } = asker;
        const views = await entryViews(found.entries, texts, people);
        return {
          entries: views.map((view, at) => ({ ...view, ...requestOf(found.entries[at]?.chain) })),
          ...(found.next && { next: `${found.next.seq} ${found.next.chain}` }),
          looked: texts.say('tab.looked', { looked: found.looked, total: found.chains }),
          ...(found.unreadable.length > 0 && {
            notes: [texts.say('tab.unreadable', { count: found.unreadable.length })],
          }),
        };
      } finally {
        done();
      }
    },

    async export(asker: Asker, body: unknown): Promise<Page> {
      await auditorsOnly(asker, 'tab.export');
      const { format, request, ...days } = Export.parse(body);
      const part: ExportedPart = { ...instantsOf(days), ...(request && { request }) };
      const done = oneAtATime.begin(asker.id);
      try {
        await recordFirst(log, asker, { action: 'audit.exported', detail: { format, ...part } });
      } catch (error) {
        done();
        throw error;
      }
      const entries = entriesOf(wholeRecord(store), part, (_chain, error) => {
        // A record with a hole in it is not to look whole.
        throw error;
      });
      return {
        status: 200,
        headers: {
          'Content-Type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
          'Content-Disposition': `attachment; filename="record-${clock().toISOString().slice(0, 10)}.${format}"`,
        },
        body: exportText(entries, format),
        onEnd: done,
      };
    },
  };
}

function peopleIn(summaries: readonly RequestSummary[]): readonly PersonRef[] {
  const all = summaries.flatMap(({ requester, wait }) => [requester, ...(wait?.people ?? [])]);
  return [...new Map(all.map(({ id, name }) => [id, { id, name }])).values()].sort((a, b) =>
    a.name.localeCompare(b.name),
  );
}

/** `to` is the last day. */
const instantsOf = ({ from, to }: { readonly from?: string | undefined; readonly to?: string | undefined }) => ({
  ...(from && { from: `${from}T00:00:00.000Z` }),
  ...(to && { before: later(new Date(`${to}T00:00:00.000Z`), DAY_MS) }),
});

const PLACE = /^(?<seq>\d{1,15}) (?<chain>\S+)$/;

/** @throws {TabRefusal} 400 for what is no place, or none in what is searched. */
function placeIn(after: string, request: string | undefined): RecordPlace {
  const { seq, chain = '' } = PLACE.exec(after)?.groups ?? {};
  const isThere = request === undefined ? isSearched(chain) : chain === `${REQUEST_CHAINS}:${request}`;
  if (!isThere) throw new TabRefusal(400, 'malformed');
  return { chain, seq: Number(seq) };
}

function requestOf(chain = ''): { readonly request?: string } {
  const [kind, request] = chain.split(':');
  return kind === REQUEST_CHAINS && request !== undefined ? { request } : {};
}
