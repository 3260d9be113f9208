import { z } from 'zod';
import type { Paper } from '../../cards/receipt-paper.ts';
import { plainStateText } from '../../cards/requests-card.ts';
import type { Refusals } from '../../services/audit/refusals.ts';
import type { RequestScreen } from '../../dialogs/request-screen.ts';
import type { AuditLog } from '../../services/audit/audit-log.ts';
import type { AuditReader } from '../../services/audit/audit-reader.ts';
import type { Clock } from '../../services/clock.ts';
import type { People } from '../../services/people/people.ts';
import type { Roles } from '../../services/people/roles.ts';
import { requestPartition } from '../../services/requests/change.ts';
import { isFinal } from '../../services/requests/life.ts';
import type { AllRequests } from '../../services/requests/overview/all-requests.ts';
import {
  newestFirst,
  pageOfRequests,
  summaryOf,
  type RequestSummary,
} from '../../services/requests/overview/request-summary.ts';
import { waitsFor } from '../../services/requests/overview/waits-for.ts';
import { mayLookAt } from '../../services/requests/overview/who-may-look.ts';
import type { RemovalRequests } from '../../services/requests/removal-requests.ts';
import type { RequestRecord } from '../../services/requests/request.ts';
import type { RequestStore } from '../../services/requests/request-store.ts';
import type { Store } from '../../services/storage/store.ts';
import type { Page } from '../channel/page.ts';
import type { FreshRoles } from '../turns/fresh-roles.ts';
import { TabRefusal, type Asker } from './asker.ts';
import { entryViews } from './entry-views.ts';
import type { OneAtATime } from './one-at-a-time.ts';
import { MOST_OWN, type OwnRequests } from './own-requests.ts';
import { recordFirst } from './record-first.ts';
import { customerView, requestRow, stateCounts, toneOf, waitingView, waitView } from './request-views.ts';

export interface RequestsAnswersParts {
  readonly store: Pick<Store, 'archiveMonths' | 'archived'>;
  readonly requests: Pick<RequestStore, 'read'>;
  readonly own: OwnRequests;
  readonly removals: Pick<RemovalRequests, 'waitingFor'>;
  readonly all: AllRequests;
  readonly roles: Roles;
  readonly freshRoles: FreshRoles;
  readonly people: Pick<People, 'find'>;
  readonly readChain: AuditReader;
  readonly log: Pick<AuditLog, 'record'>;
  readonly refusals: Pick<Refusals, 'note'>;
  readonly screen: Pick<RequestScreen, 'paper'>;
  readonly clock: Clock;
  /** Printing takes a while. */
  readonly oneAtATime: OneAtATime;
}

/** Rows of one answer. */
const PAGE = 50;
/** When it was opened, and its number. */
const place = z.string().max(100);
const Wanted = z.object({
  show: z.enum(['open', 'waiting', 'ended']).default('open'),
  after: place.optional(),
});
const WantedArchived = z.object({ month: z.string().regex(/^\d{4}-\d{2}$/), after: place.optional() });
const WantedOne = z.object({ id: z.guid().toLowerCase() });

/** Tries at what others have a part in only. */
const TRIED = { what: 'tab', why: 'not-asked' } as const;

/** What the page is told of requests: an auditor of all, everybody else of those they have a part in. */
export function createRequestsAnswers(parts: RequestsAnswersParts) {
  const { requests, all, roles, people, log, refusals } = parts;

  /** What there is for somebody; `records` only of what they have a part in. */
  const scopeOf = async (asker: Asker): Promise<Scope> => {
    if (asker.isAuditor) {
      await all.look();
      if (!all.isListed()) throw new TabRefusal(503, 'not-listed');
      return { summaries: all.summaries(), unread: all.unread(), isCut: false };
    }
    const { records, isCut } = await parts.own(asker.id);
    return { summaries: records.map(summaryOf).sort(newestFirst), unread: 0, isCut };
  };

  const waitingForThem = async ({ id }: Asker): Promise<readonly RequestSummary[]> => {
    const [{ records }, asked] = await Promise.all([parts.own(id), parts.removals.waitingFor(id)]);
    const theirs = [...records.filter((record) => waitsFor(record, id, roles)), ...asked];
    const summaries = new Map(theirs.map((record) => [record.request.id, summaryOf(record)]));
    return [...summaries.values()].sort(newestFirst);
  };

  const look = async (asker: Asker, id: string): Promise<RequestRecord> => {
    const record = await requests.read(id);
    if (record === undefined) throw new TabRefusal(404, 'not-found');
    await parts.freshRoles(asker.id, id);
    if (mayLookAt(record, asker.id, roles)) return record;
    await refusals.note(asker.id, { ...TRIED, target: id });
    // The same as if there were none: nobody finds out which numbers there are.
    throw new TabRefusal(404, 'not-found');
  };

  /** Who audits is shown what is not theirs. */
  const showing = async (asker: Asker, id: string): Promise<void> => {
    if (asker.isAuditor) await recordFirst(log, asker, { action: 'audit.shown', target: id });
  };

  const paperFor = async (record: RequestRecord, { id, texts }: Asker): Promise<Paper | undefined> => {
    const person = (await people.find(id)) ?? { id, name: id, teamsId: '', locale: texts.language };
    return parts.screen.paper(record, person, texts);
  };

  return {
    async list(asker: Asker, query: unknown) {
      const { show, after } = Wanted.parse(query);
      const { summaries, unread, isCut } = await scopeOf(asker);
      const wanted = show === 'waiting' ? await waitingForThem(asker) : summaries;
      const { summaries: shown, next } = pageOfRequests(wanted, {
        isWanted: ({ state }) => show === 'waiting' || isFinal(state) === (show === 'ended'),
        ...(after !== undefined && { after }),
        limit: PAGE,
      });
      return {
        rows: shown.map((summary) => requestRow(summary, asker.texts)),
        ...(next !== undefined && { next }),
        counts: stateCounts(summaries, asker.texts),
        ...notesOf({ unread, isCut }, asker),
        ...(asker.isAuditor && { months: (await parts.store.archiveMonths()).toReversed() }),
      };
    },

    /** Of those that ended so long ago that they were archived. */
    async archived(asker: Asker, query: unknown) {
      if (!asker.isAuditor) {
        await refusals.note(asker.id, { what: 'tab.archived', why: 'not-an-auditor' });
        throw new TabRefusal(403, 'not-an-auditor');
      }
      const { month, after = '' } = WantedArchived.parse(query);
      const names = (await Array.fromAsync(parts.store.archived(month)))
        .filter((name) => name.startsWith(REQUESTS) && name > `${REQUESTS}${after}`)
        .sort();
      const ids = names.slice(0, PAGE).map((name) => name.slice(REQUESTS.length));
      const records = (await Promise.all(ids.map((id) => requests.read(id)))).filter((one) => one !== undefined);
      return {
        rows: records.map((record) => requestRow(summaryOf(record), asker.texts)),
        ...(names.length > PAGE && { next: ids.at(-1) }),
      };
    },

    /** One of them, from the first click to the receipt. */
    async one(asker: Asker, query: unknown) {
      const { id } = WantedOne.parse(query);
      const record = await look(asker, id);
      const { texts, isAuditor } = asker;
      const { request } = record;
      const { entries, verdict } = await parts.readChain(requestPartition(id));
      await showing(asker, id);
      // What somebody has tried who may not is for auditors.
      const shown = isAuditor ? entries : entries.filter(({ action }) => action !== 'refused');
      const { wait } = summaryOf(record);
      const { requester, approvers, form, kind, state } = request;
      const facts: readonly (readonly [string, string | undefined])[] = [
        [texts.say('request.asked-by'), requester.name],
        [texts.say('tab.approvers'), texts.list(approvers.map(({ name }) => name))],
        [texts.say('request.reason'), form?.reason],
        [texts.say('request.number'), id],
      ];
      return {
        id,
        customer: customerView(request.customer),
        state: plainStateText({ kind, state }, texts),
        tone: toneOf(state),
        since: request.stateSince,
        facts: facts.filter(([, value]) => value !== undefined && value !== ''),
        ...(wait && { wait: waitView(wait, texts) }),
        entries: await entryViews(shown, texts, people),
        ...(isAuditor && { verdict: verdictView(verdict, texts) }),
        hasReceipt: (await paperFor(record, asker)) !== undefined,
      };
    },

    /** The receipt, as it is printed for whoever has it in their chat. */
    async receipt(asker: Asker, query: unknown): Promise<Page> {
      const { id } = WantedOne.parse(query);
      const paper = await paperFor(await look(asker, id), asker);
      if (paper === undefined) throw new TabRefusal(404, 'not-found');
      const done = parts.oneAtATime.begin(asker.id);
      try {
        await showing(asker, id);
        const { printPdf } = await import('../receipts/print-pdf.ts');
        return {
          status: 200,
          headers: {
            'Content-Type': 'application/pdf',
            'Content-Disposition': `attachment; filename="receipt-${id}.pdf"`,
          },
          body: await printPdf(paper, parts.clock()),
        };
      } finally {
        done();
      }
    },

    /** What waits for whom, and since when. */
    async waiting(asker: Asker) {
      const { summaries, unread, isCut } = await scopeOf(asker);
      const { more, ...view } = waitingView(summaries, asker.texts);
      return {
        ...view,
        ...(more > 0 && { more: asker.texts.say('tab.more-waiting', { count: more }) }),
        ...notesOf({ unread, isCut }, asker),
      };
    },
  };
}

interface Scope {
  readonly summaries: readonly RequestSummary[];
  readonly unread: number;
  readonly isCut: boolean;
}

const REQUESTS = 'request:';

/** What has to be known of a list that is not all. */
function notesOf({ unread, isCut }: Pick<Scope, 'unread' | 'isCut'>, { texts }: Asker) {
  const notes = [
    ...(unread > 0 ? [texts.say('tab.unread', { count: unread })] : []),
    ...(isCut ? [texts.say('tab.newest-only', { count: MOST_OWN })] : []),
  ];
  return notes.length === 0 ? {} : { notes };
}

type Verdict = Awaited<ReturnType<AuditReader>>['verdict'];

const verdictView = (verdict: Verdict, texts: Asker['texts']) =>
  verdict.kind === 'intact'
    ? { isWhole: true, text: texts.say('audit.whole', { count: verdict.entries }), head: verdict.head }
    : {
        isWhole: false,
        text: `${texts.say('audit.broken', { at: verdict.at })} ${texts.say(`audit.broken-${verdict.why}`)}`,
      };
