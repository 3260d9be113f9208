import { z } from 'zod';
import { entryKinds } from '../../cards/audit-entry-parts.ts';
import type { AuditLog } from '../../services/audit/audit-log.ts';
import { REQUEST_CHAINS } from '../../services/audit/chains.ts';
import { entriesOf, type ExportedPart } from '../../services/audit/export-record.ts';
import { EXPORT_FORMATS, exportText } from '../../services/audit/export-text.ts';
import type { Refusals } from '../../services/audit/refusals.ts';
import type { RecordIndex } from '../../services/audit/newest-chains.ts';
import { isSearched, searchRecord, type FoundEntry, type RecordPlace } from '../../services/audit/search-record.ts';
import { wholeRecord } from '../../services/audit/whole-record.ts';
import { DAY_MS, instant, later, type Clock } from '../../services/clock.ts';
import type { People } from '../../services/people/people.ts';
import type { PersonRef } from '../../services/people/person.ts';
import type { CustomerId } from '../../services/ids.ts';
import type { AllRequests } from '../../services/requests/overview/all-requests.ts';
import type { RequestSummary } from '../../services/requests/overview/request-summary.ts';
import type { Page } from '../channel/page.ts';
import { TabRefusal, type Asker } from './asker.ts';
import { entryViews } from './entry-views.ts';
import type { OneAtATime } from './one-at-a-time.ts';
import { recordFirst } from './record-first.ts';
import { customerView } from './request-views.ts';

export interface RecordAnswersParts {
  readonly store: RecordIndex;
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
  customer: id.optional(),
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

  /** What is known to be of another customer need not be read; all else is looked at. */
  const mayHoldOf = async (customer: CustomerId): Promise<(chain: string) => boolean> => {
    await all.look();
    const others = new Set(
      all.summaries().flatMap((one) => (one.customer.id === customer ? [] : [`${REQUEST_CHAINS}:${one.id}`])),
    );
    return (chain) => !others.has(chain);
  };

  return {
    /** What may be looked for: what can have happened, and by name who has asked or is waited for, and for which customer. */
    async kinds(asker: Asker) {
      await auditorsOnly(asker, 'tab.record');
      await all.look();
      const summaries = all.summaries();
      return { kinds: entryKinds(asker.texts), people: peopleIn(summaries), customers: customersIn(summaries) };
    },

    async search(asker: Asker, query: unknown) {
      await auditorsOnly(asker, 'tab.search');
      const { request, customer, person, action, after, ...days } = Search.parse(query);
      const place = after === undefined ? undefined : placeIn(after, request);
      const asked = {
        ...instantsOf(days),
        ...(customer && { customer }),
        ...(person && { person }),
        ...(action && { action }),
      };
      // What is recorded of this very search is none of what is searched.
      const begun = instant(clock());
      const before = asked.before === undefined || asked.before > begun ? begun : asked.before;
      const done = oneAtATime.begin(asker.id);
      try {
        // Each part: the place from which to go on and what is wanted come from the browser, and so may be anything.
        const detail = { ...asked, ...(request && { request }), ...(after && { after }) };
        await recordFirst(log, asker, { action: 'audit.searched', detail });
        const mayHold = customer === undefined ? undefined : await mayHoldOf(customer);
        const { entries, next, unreadable } = await searchRecord(
          { index: store, now: clock(), ...(mayHold && { mayHold }) },
          { ...asked, before, ...(request && { chain: `${REQUEST_CHAINS}:${request}` }) },
          place,
        );
        const { texts } = asker;
        const views = await entryViews(entries, texts, people);
        const names = new Map(all.summaries().map((one) => [one.customer.id, customerView(one.customer).name]));
        return {
          entries: views.map((view, at) => ({ ...view, ...requestOf(entries[at]), ...customerOf(entries[at], names) })),
          ...(next && { next: placeText(next), lookedBackTo: next.at }),
          ...(unreadable.length > 0 && { notes: [texts.say('tab.unreadable', { count: unreadable.length })] }),
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
  return inOrder(new Map(all.map(({ id, name }) => [id, { id, name }])));
}

/** Two of one name are told apart by their domains. */
function customersIn(summaries: readonly RequestSummary[]): readonly PersonRef[] {
  const all = summaries.map(({ customer }) => {
    const { id, name, domain } = customerView(customer);
    return { id, name: [name, domain].filter((part, at) => part !== '' && (at === 0 || part !== name)).join(' · ') };
  });
  return inOrder(new Map(all.map((one) => [one.id, one])));
}

const inOrder = (named: ReadonlyMap<string, PersonRef>): readonly PersonRef[] =>
  [...named.values()].sort((a, b) => a.name.localeCompare(b.name));

/** `to` is the last day. */
const instantsOf = ({ from, to }: { readonly from?: string | undefined; readonly to?: string | undefined }) => ({
  ...(from && { from: `${from}T00:00:00.000Z` }),
  ...(to && { before: later(new Date(`${to}T00:00:00.000Z`), DAY_MS) }),
});

const PLACE = /^(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)(?: (?<seq>\d{1,6}) (?<chain>\S+))?$/;

const placeText = ({ at, entry }: RecordPlace): string =>
  entry === undefined ? at : `${at} ${entry.seq} ${entry.chain}`;

/** @throws {TabRefusal} 400 for what is no place, or none in what is searched. */
function placeIn(after: string, request: string | undefined): RecordPlace {
  const { at = '', seq, chain } = PLACE.exec(after)?.groups ?? {};
  if (Number.isNaN(Date.parse(at))) throw new TabRefusal(400, 'malformed');
  if (chain === undefined) return { at };
  const isThere = request === undefined ? isSearched(chain) : chain === `${REQUEST_CHAINS}:${request}`;
  if (!isThere) throw new TabRefusal(400, 'malformed');
  return { at, entry: { chain, seq: Number(seq) } };
}

function requestOf(entry: FoundEntry | undefined): { readonly request?: string } {
  const [kind, request] = entry?.chain.split(':') ?? [];
  return kind === REQUEST_CHAINS && request !== undefined ? { request } : {};
}

/** By the name that a request of theirs has, or by what the record itself says. */
function customerOf(
  entry: FoundEntry | undefined,
  names: ReadonlyMap<CustomerId, string>,
): { readonly customer?: string } {
  const { customer } = entry ?? {};
  return customer === undefined ? {} : { customer: names.get(customer.id) ?? customer.domain ?? customer.id };
}
