import { z } from 'zod';
import { entryKinds } from '../../cards/audit-entry-parts.ts';
import type { AuditLog } from '../../services/audit/audit-log.ts';
import { entriesOf, type ExportedPart } from '../../services/audit/export-record.ts';
import { EXPORT_FORMATS, exportText } from '../../services/audit/export-text.ts';
import type { Refusals } from '../../services/audit/refusals.ts';
import type { RecordIndex } from '../../services/audit/chain-times.ts';
import {
  createRecordSearch,
  instantsOf,
  placeIn,
  placeText,
  requestOfChain,
} from '../../services/audit/record-search.ts';
import type { FoundEntry } from '../../services/audit/search-record.ts';
import { wholeRecord } from '../../services/audit/whole-record.ts';
import type { Clock } from '../../services/clock.ts';
import { ARCHIVED_AFTER_DAYS } from '../../services/retention/archiving.ts';
import type { People } from '../../services/people/people.ts';
import type { Roles } from '../../services/people/roles.ts';
import type { PersonRef } from '../../services/people/person.ts';
import type { CustomerId } from '../../services/ids.ts';
import type { NamesOfThings } from '../../cards/audit-entry-parts.ts';
import { namesOfThings } from '../../dialogs/names-of-things.ts';
import type { AllRequests } from '../../services/requests/overview/all-requests.ts';
import type { RequestSummary } from '../../services/requests/overview/request-summary.ts';
import type { RequestStore } from '../../services/requests/request-store.ts';
import type { Page } from '../channel/page.ts';
import type { OneAtATime } from '../one-at-a-time.ts';
import { TabRefusal, type Asker } from './asker.ts';
import { beginOne } from './begin-one.ts';
import { entryViews } from './entry-views.ts';
import { recordFirst } from './record-first.ts';
import { customerView } from './request-views.ts';

export interface RecordAnswersParts {
  readonly store: RecordIndex;
  readonly all: AllRequests;
  readonly requests: Pick<RequestStore, 'read'>;
  readonly roles: Roles;
  readonly people: Pick<People, 'find'>;
  readonly log: Pick<AuditLog, 'record'>;
  readonly refusals: Pick<Refusals, 'note'>;
  readonly clock: Clock;
  /** Searches and exports read much. */
  readonly oneAtATime: OneAtATime;
}

/** Of so many requests, the newest, customers and people are offered by name. */
const MOST_OFFERED = 200;

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
    .regex(/^[a-z.:-]{1,60}$/)
    .optional(),
  after: z.string().max(200).optional(),
});
const Export = z.object({ ...Part, format: z.enum(EXPORT_FORMATS) });

/** The record, for auditors. Who has searched or exported it is recorded, and nothing leaves before that is stored. */
export function createRecordAnswers({
  store,
  all,
  requests,
  roles,
  people,
  log,
  refusals,
  clock,
  oneAtATime,
}: RecordAnswersParts) {
  const auditorsOnly = async ({ id: person, isAuditor }: Asker, what: string): Promise<void> => {
    if (isAuditor) return;
    await refusals.note(person, { what, why: 'not-an-auditor' });
    throw new TabRefusal(403, 'not-an-auditor');
  };

  const search = createRecordSearch({ store, all });

  const approversBesides = async ({ id: asker }: Asker): Promise<readonly PersonRef[]> =>
    (
      await Promise.all([asker, ...roles.approversFor(asker)].slice(0, MOST_OFFERED).map((one) => people.find(one)))
    ).filter((one) => one !== undefined);

  return {
    /** What may be looked for: what can have happened, and by name who has asked lately or may approve, and for which customer. */
    async kinds(asker: Asker) {
      await auditorsOnly(asker, 'tab.record');
      await all.look();
      const { texts } = asker;
      const offered = all.summaries().slice(0, MOST_OFFERED);
      const unread = all.unread();
      const notes = [
        texts.say('tab.offered', { count: offered.length, days: ARCHIVED_AFTER_DAYS }),
        ...(all.isListed() ? [] : [texts.say('tab.error-not-listed')]),
        ...(unread > 0 ? [texts.say('tab.unread', { count: unread })] : []),
      ];
      return {
        kinds: entryKinds(texts),
        people: peopleIn(offered, await approversBesides(asker)),
        customers: customersIn(offered),
        notes,
      };
    },

    async search(asker: Asker, query: unknown) {
      await auditorsOnly(asker, 'tab.search');
      const { after, ...sought } = Search.parse(query);
      const place = after === undefined ? undefined : placeIn(after, sought.request);
      if (after !== undefined && place === undefined) throw new TabRefusal(400, 'malformed');
      const done = beginOne(oneAtATime, asker);
      try {
        // Each part: the place from which to go on and what is wanted come from the browser, and so may be anything.
        const { from, to, ...rest } = sought;
        const detail = { ...instantsOf({ from, to }), ...rest, ...(after && { after }) };
        const { entries, next, unreadable } = await search(sought, { after: place });
        await recordFirst(log, asker, { action: 'audit.searched', detail });
        const { texts } = asker;
        const things = await thingsOf(entries, requests);
        const views = await entryViews(entries, texts, people, ({ chain }) => things.get(chain));
        const names = new Map(all.summaries().map((one) => [one.customer.id, customerView(one.customer).name]));
        return {
          entries: views.map((view, at) => ({ ...view, ...requestOf(entries[at]), ...customerOf(entries[at], names) })),
          ...(next && { next: placeText(next), lookedBackTo: next.at }),
          leftOut: [...new Set(unreadable)],
        };
      } finally {
        done();
      }
    },

    async export(asker: Asker, body: unknown): Promise<Page> {
      await auditorsOnly(asker, 'tab.export');
      const { format, request, ...days } = Export.parse(body);
      const part: ExportedPart = { ...instantsOf(days), ...(request && { request }) };
      const done = beginOne(oneAtATime, asker);
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

/** Names of what a request is about, by its chain. */
async function thingsOf(
  entries: readonly FoundEntry[],
  requests: Pick<RequestStore, 'read'>,
): Promise<ReadonlyMap<string, NamesOfThings>> {
  const chains = [...new Set(entries.map(({ chain }) => chain))];
  const named = await Promise.all(
    chains.map(async (chain) => {
      const id = requestOfChain(chain);
      const record = id === undefined ? undefined : await requests.read(id);
      return record === undefined ? [] : [[chain, namesOfThings(record)] as const];
    }),
  );
  return new Map(named.flat());
}

function peopleIn(summaries: readonly RequestSummary[], others: readonly PersonRef[]): readonly PersonRef[] {
  const all = [...others, ...summaries.flatMap(({ requester, wait }) => [requester, ...(wait?.people ?? [])])];
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

function requestOf(entry: FoundEntry | undefined): { readonly request?: string } {
  const request = entry && requestOfChain(entry.chain);
  return request === undefined ? {} : { request };
}

/** By the name that a request of theirs has, or by what the record itself says. */
function customerOf(
  entry: FoundEntry | undefined,
  names: ReadonlyMap<CustomerId, string>,
): { readonly customer?: string } {
  const { customer } = entry ?? {};
  return customer === undefined ? {} : { customer: names.get(customer.id) ?? customer.domain ?? customer.id };
}
