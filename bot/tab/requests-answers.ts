import { z } from 'zod';
import type { Refusals } from '../../services/audit/refusals.ts';
import type { UserId } from '../../services/ids.ts';
import type { Roles } from '../../services/people/roles.ts';
import { isFinal } from '../../services/requests/life.ts';
import type { AllRequests } from '../../services/requests/overview/all-requests.ts';
import {
  newestFirst,
  pageOfRequests,
  summaryOf,
  type RequestSummary,
} from '../../services/requests/overview/request-summary.ts';
import { waitsFor } from '../../services/requests/overview/waits-for.ts';
import type { NotedRequest } from '../../services/requests/person-requests.ts';
import type { RemovalRequests } from '../../services/requests/removal-requests.ts';
import type { RequestStore } from '../../services/requests/request-store.ts';
import type { Store } from '../../services/storage/store.ts';
import { TabRefusal, type Asker } from './asker.ts';
import type { OwnPage, OwnRequests, OwnRequestsOf } from './own-requests.ts';
import { requestRow, stateCounts, waitingView } from './request-views.ts';

export interface RequestsAnswersParts {
  readonly store: Pick<Store, 'archiveMonths' | 'archived'>;
  readonly requests: Pick<RequestStore, 'read'>;
  readonly own: OwnRequestsOf;
  readonly removals: Pick<RemovalRequests, 'waitingFor'>;
  readonly all: AllRequests;
  readonly roles: Roles;
  readonly refusals: Pick<Refusals, 'note'>;
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

/** What the page is told of requests in lists: an auditor of all, everybody else of those they have a part in. */
export function createRequestsAnswers(parts: RequestsAnswersParts) {
  const { requests, all, roles, refusals } = parts;

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
