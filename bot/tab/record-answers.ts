import { z } from 'zod';
import { entryKinds } from '../../cards/audit-entry-parts.ts';
import type { AuditLog } from '../../services/audit/audit-log.ts';
import { CHECKPOINT_CHAINS, PROCESS_CHAINS, REQUEST_CHAINS } from '../../services/audit/chains.ts';
import { entriesOf, type ExportedPart } from '../../services/audit/export-record.ts';
import { EXPORT_FORMATS, exportText } from '../../services/audit/export-text.ts';
import type { Refusals } from '../../services/audit/refusals.ts';
import { searchRecord } from '../../services/audit/search-record.ts';
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

  /** What belongs to no request first, the newest day first; then requests, the newest first; then what is archived. */
  const chainsToSearch = async (): Promise<readonly string[]> => {
    await all.look();
    const archived: string[] = [];
    for (const month of (await store.archiveMonths()).toReversed())
      archived.push(...(await Array.fromAsync(store.archived(month))).sort());
    return [
      ...(await namesOf(store, PROCESS_CHAINS)).toReversed(),
      ...all.ids().map((one) => `${REQUEST_CHAINS}:${one}`),
      ...archived.filter((name) => !name.startsWith(`${CHECKPOINT_CHAINS}:`)),
    ];
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
      const done = oneAtATime.begin(asker.id);
      try {
        if (after === undefined) {
          const told = { ...wanted, ...(request && { request }) };
          await log.record({ action: 'audit.searched', actor: `person:${asker.id}`, detail: told });
        }
        const chains = request === undefined ? await chainsToSearch() : [`${REQUEST_CHAINS}:${request}`];
        const found = await searchRecord(store, chains, wanted, after === undefined ? undefined : placeIn(after));
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
        const isRecorded = await log.record({
          action: 'audit.exported',
          actor: `person:${asker.id}`,
          detail: { format, ...part },
        });
        if (!isRecorded) throw new TabRefusal(503, 'unavailable');
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
        body: andThen(exportText(entries, format), done),
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

function placeIn(after: string) {
  const [seq = '', chain = ''] = after.split(' ');
  const number = Number(seq);
  if (!Number.isSafeInteger(number) || number < 0) throw new TabRefusal(400, 'malformed');
  return { chain, seq: number };
}

function requestOf(chain = ''): { readonly request?: string } {
  const [kind, request] = chain.split(':');
  return kind === REQUEST_CHAINS && request !== undefined ? { request } : {};
}

async function* andThen(pieces: AsyncIterable<string>, done: () => void): AsyncIterable<string> {
  try {
    yield* pieces;
  } finally {
    done();
  }
}
