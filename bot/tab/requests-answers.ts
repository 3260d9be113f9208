import { z } from 'zod';
import type { Paper } from '../../cards/receipt-paper.ts';
import { plainStateText } from '../../cards/requests-card.ts';
import type { Refusals } from '../../services/audit/refusals.ts';
import type { RequestScreen } from '../../dialogs/request-screen.ts';
import type { AuditLog } from '../../services/audit/audit-log.ts';
import type { AuditReader } from '../../services/audit/audit-reader.ts';
import type { Clock } from '../../services/clock.ts';
import type { UserId } from '../../services/ids.ts';
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
import type { NotedRequest } from '../../services/requests/person-requests.ts';
import type { RemovalRequests } from '../../services/requests/removal-requests.ts';
import type { RequestRecord } from '../../services/requests/request.ts';
import type { RequestStore } from '../../services/requests/request-store.ts';
import type { Store } from '../../services/storage/store.ts';
import type { Page } from '../channel/page.ts';
import type { FreshRoles } from '../turns/fresh-roles.ts';
import { TabRefusal, type Asker } from './asker.ts';
import { entryViews } from './entry-views.ts';
import type { OneAtATime } from '../one-at-a-time.ts';
import { beginOne } from './begin-one.ts';
import type { OwnPage, OwnRequests, OwnRequestsOf } from './own-requests.ts';
import { recordFirst } from './record-first.ts';
import { customerView, requestRow, stateCounts, toneOf, waitingView, waitView } from './request-views.ts';

export interface RequestsAnswersParts {
  readonly store: Pick<Store, 'archiveMonths' | 'archived'>;
  readonly requests: Pick<RequestStore, 'read'>;
  readonly own: OwnRequestsOf;
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
/** So many of somebody's own requests, the newest, are counted by their states, and so many that wait are shown. */
const MOST_COUNTED = 50;
const MOST_SHOWN_WAITING = 100;
/** When it was opened, and its number. */
const place = z.string().max(100);
const Wanted = z.object({
  show: z.enum(['open', 'waiting', 'ended']).default('open'),
  after: place.optional(),
});
type Wanted = z.output<typeof Wanted>;
const WantedArchived = z.object({ month: z.string().regex(/^\d{4}-\d{2}$/), after: place.optional() });
const WantedOne = z.object({ id: z.guid().toLowerCase() });

/** Tries at what others have a part in only. */
const TRIED = { what: 'tab', why: 'not-asked' } as const;

/** What the page is told of requests: an auditor of all, everybody else of those they have a part in. */
export function createRequestsAnswers(parts: RequestsAnswersParts) {
  const { requests, all, roles, people, log, refusals } = parts;

  /** All there are, as far as they were read. */
  const listed = async (texts: Asker['texts']): Promise<Pick<RequestList, 'summaries' | 'notes'>> => {
    await all.look();
    if (!all.isListed()) throw new TabRefusal(503, 'not-listed');
    const unread = all.unread();
    return { summaries: all.summaries(), notes: unread > 0 ? [texts.say('tab.unread', { count: unread })] : [] };
  };

  /** All of an auditor's lists are pages of the same one, which is in memory. */
  const auditorsList = async ({ id, texts }: Asker, { show, after }: Wanted): Promise<RequestList> => {
    const { summaries, notes } = await listed(texts);
    const page =
      show === 'waiting'
        ? await waitingForThem(id, await parts.own(id), after)
        : pageOfRequests(summaries, {
            isWanted: ({ state }) => isFinal(state) === (show === 'ended'),
            ...(after !== undefined && { after }),
            limit: PAGE,
          });
    return { ...page, counts: stateCounts(summaries, texts), notes };
  };

  /** What is not in memory is read, as much of it as is shown, and the newest for the numbers. */
  const ownList = async ({ id, texts }: Asker, { show, after }: Wanted): Promise<RequestList> => {
    const own = await parts.own(id);
    const counted = after === undefined ? await own.page({ isWanted: () => true, limit: MOST_COUNTED }) : NOTHING;
    const page =
      show === 'waiting'
        ? await waitingForThem(id, own, after)
        : summariesIn(
            await own.page({
              isWanted: ({ request }) => isFinal(request.state) === (show === 'ended'),
              ...(show === 'open' && { mayBe: isNotOver }),
              after,
              limit: PAGE,
            }),
          );
    return {
      ...page,
      counts: stateCounts(counted.records.map(summaryOf), texts),
      notes: counted.next === undefined ? [] : [texts.say('tab.newest-counted', { count: counted.records.length })],
    };
  };

  /** What they were asked for and, part by part, what they have asked for and goes on with them. */
  const waitingForThem = async (
    id: UserId,
    own: OwnRequests,
    after: string | undefined,
  ): Promise<Pick<RequestList, 'summaries' | 'next'>> => {
    const mayDecide = roles.standing('approver', id) !== 'not-held';
    const [theirs, asked] = await Promise.all([
      own.page({
        isWanted: (record) => waitsFor(record, id, roles),
        mayBe: (noted) => isNotOver(noted) && !(mayDecide && noted.isAsked),
        after,
        limit: PAGE,
      }),
      after === undefined && mayDecide ? parts.removals.waitingFor(id) : [],
    ]);
    const summaries = new Map([...theirs.records, ...asked].map((record) => [record.request.id, summaryOf(record)]));
    return { summaries: [...summaries.values()].sort(newestFirst), next: theirs.next };
  };

  const waitingScope = async ({ id, isAuditor, texts }: Asker): Promise<Pick<RequestList, 'summaries' | 'notes'>> => {
    if (isAuditor) return listed(texts);
    const own = await parts.own(id);
    const { records, next } = await own.page({
      isWanted: ({ request }) => !isFinal(request.state),
      mayBe: isNotOver,
      limit: MOST_SHOWN_WAITING,
    });
    const notes = next === undefined ? [] : [texts.say('tab.newest-only', { count: records.length })];
    return { summaries: records.map(summaryOf), notes };
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
      const wanted = Wanted.parse(query);
      const { summaries, next, counts, notes } = await (asker.isAuditor ? auditorsList : ownList)(asker, wanted);
      return {
        rows: summaries.map((summary) => requestRow(summary, asker.texts)),
        ...(next !== undefined && { next }),
        counts,
        ...(notes.length > 0 && { notes }),
        ...(asker.isAuditor && { months: (await parts.store.archiveMonths()).toReversed() }),
      };
    },

    /** Of those that ended so long ago that they were archived. */
    async archived(asker: Asker, query: unknown) {
      if (!asker.isAuditor) {
        await refusals.note(asker.id, { what: 'tab.archived', why: 'not-an-auditor' });
        throw new TabRefusal(403, 'not-an-auditor');
      }
      const { month, after } = WantedArchived.parse(query);
      // One more than is shown tells whether there are more.
      const behind = { kind: REQUESTS, limit: PAGE + 1, ...(after !== undefined && { after: `${REQUESTS}:${after}` }) };
      const names = await Array.fromAsync(parts.store.archived(month, behind));
      const ids = names.slice(0, PAGE).map((name) => name.slice(REQUESTS.length + 1));
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
      const done = beginOne(parts.oneAtATime, asker);
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
      const { summaries, notes } = await waitingScope(asker);
      const { more, ...view } = waitingView(summaries, asker.texts);
      return {
        ...view,
        ...(more > 0 && { more: asker.texts.say('tab.more-waiting', { count: more }) }),
        ...(notes.length > 0 && { notes }),
      };
    },
  };
}

interface RequestList {
  readonly summaries: readonly RequestSummary[];
  readonly next?: string | undefined;
  readonly counts: ReturnType<typeof stateCounts>;
  /** What has to be known of a list that is not all. */
  readonly notes: readonly string[];
}

const summariesIn = ({ records, ...page }: OwnPage): Pick<RequestList, 'summaries' | 'next'> => ({
  ...page,
  summaries: records.map(summaryOf),
});

const NOTHING: OwnPage = { records: [] };

const isNotOver = ({ isOver }: NotedRequest): boolean => !isOver;

const REQUESTS = 'request';

type Verdict = Awaited<ReturnType<AuditReader>>['verdict'];

const verdictView = (verdict: Verdict, texts: Asker['texts']) =>
  verdict.kind === 'intact'
    ? { isWhole: true, text: texts.say('audit.whole', { count: verdict.entries }), head: verdict.head }
    : {
        isWhole: false,
        text: `${texts.say('audit.broken', { at: verdict.at })} ${texts.say(`audit.broken-${verdict.why}`)}`,
      };
