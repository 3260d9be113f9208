import { z } from 'zod';
import type { LogEntry } from '../../sandbox/partner-center/control/log.ts';
import { MINUTE_MS } from '../../services/clock.ts';
import type { StoreReader } from '../../services/storage/store-reader.ts';
import { openLoop, Line } from '../load/open-loop.ts';
import { Histogram, round } from '../measuring/histogram.ts';
import { clearingUp } from '../parts/part.ts';
import { presses } from '../world/channel.ts';
import type { StoredRequest } from '../world/prepared-store.ts';
import { buttonIn, pressing, type Shown } from '../world/visits.ts';
import { cleared } from './backlog.ts';
import { setStage, type Stage } from './stage.ts';
import { cardIn } from './traffic.ts';
import { check, type Trial, type TrialScope } from './trial.ts';

/** What the service takes of one partner in a minute. @see "API throttling guidance" */
const SERVICE_PER_MINUTE = 500;
const APPROVALS_PER_SECOND = 10;
const LONGEST_MS = 60 * MINUTE_MS;
/** An approval is told after a read at Partner Center, which may take a minute; then people press again. */
const TOLD_WITHIN_MS = 70_000;
const MOST_TRIES = 30;
const REMOVED = 'The relationship is removed.';

/** Many removals that all are approved at the same time, each by its own approver's click. */
export const queue: Trial = {
  name: 'queue',
  run: (scope) =>
    clearingUp(async (later) => {
      const wanted = scope.size(500, 12);
      // Three of twenty that are stored wait for their approval.
      const stage = await setStage(scope, later, {
        stored: scope.size(Math.ceil((wanted / 3) * 20) + 20, 200),
        holding: 'free',
        ...(scope.isQuick && { env: { VERIFY_EVERY_SECONDS: '0.5' } }),
      });
      const { partnerCenter, bot, ledger, reader, requests } = stage;
      await partnerCenter.behave({
        latencyMs: scope.size(200, 5),
        switches: { requestsPerMinute: SERVICE_PER_MINUTE, staleListMs: scope.size(4_000, 200) },
      });
      await partnerCenter.clearLog();
      const pending = requests.filter(({ fate }) => fate === 'pending').slice(0, wanted);

      const ids = pending.map(({ id }) => id);
      const before = { messages: stage.channel.received, commits: await commitsOf(reader, ids) };
      const began = performance.now();
      const beganAt = new Date();
      const tries = await approveAll(pending, stage, scope);
      const approvedMs = performance.now() - began;
      const left = await cleared(reader, () => ids, {
        withinMs: LONGEST_MS,
        everyMs: scope.size(5_000, 200),
        tell: ({ unfinished, cards }) => {
          if (!scope.isQuick) scope.tell(`${unfinished} removals and ${cards} cards are left`);
        },
      });
      const allMs = performance.now() - began;
      const { nowMb, mostMb } = bot.memory();
      const log = await partnerCenter.log();
      await bot.end();

      const told = ledger.decisions.length;
      const commits = (await commitsOf(reader, ids)) - before.commits;
      const seen = await lookAt(pending, log, reader);
      const untold = pending.filter(({ id, requester, approver }) =>
        [requester, approver].some((person) => ledger.cardOf(id, person.id)?.includes(REMOVED) !== true),
      );
      const minutes = busiestMinute(log);
      const throttled = log.filter(({ status }) => status === 429).length;
      const removedMs = Math.max(...seen.removedAtMs) - beganAt.getTime();
      return {
        checks: [
          check('everybody who approved was told so', told === wanted, { wanted, told }),
          check('each removal was sent exactly once, and carried out', seen.once === wanted, {
            wanted,
            once: seen.once,
          }),
          check('with its own approval stored before it', seen.approvedBefore === wanted, {
            before: seen.approvedBefore,
          }),
          check('nothing else was changed at Partner Center', seen.others === 0, { others: seen.others }),
          check('each is stored as done', seen.done === wanted, { done: seen.done }),
          check('the service never turned a call away', throttled === 0, { throttled, calls: log.length }),
          check(`never more than ${SERVICE_PER_MINUTE} calls in any minute`, minutes <= SERVICE_PER_MINUTE, {
            most: minutes,
          }),
          check('who asked and who approved were told that it is removed', untold.length === 0, {
            untold: untold.length,
            cards: stage.channel.received,
          }),
          check('nothing was left to be done', left.unfinished + left.cards === 0, {
            unfinished: left.unfinished,
            cards: left.cards,
          }),
          ...(await ledger.checks(reader)),
        ],
        rows: [
          {
            id: 'load-queue-approved',
            what: `${wanted} removals approved at ${APPROVALS_PER_SECOND} a second: until everybody was told`,
            ...{ unit: 's', ours: round(approvedMs / 1_000) },
            details: { pressed: tries, ...tellingTimes(seen.approvalsAtMs, beganAt) },
          },
          {
            id: 'load-queue-removed',
            what: 'until the last removal was carried out',
            ...{ unit: 's', ours: round(removedMs / 1_000) },
            details: {
              removalsAMinute: round(wanted / (removedMs / MINUTE_MS)),
              callsForEach: round(log.length / wanted),
              callsInBusiestMinute: minutes,
            },
          },
          {
            id: 'load-queue-all',
            what: 'until every one was seen to be gone, and everybody was told',
            ...{ unit: 's', ours: round(allMs / 1_000) },
            details: {
              messages: stage.channel.received - before.messages,
              messagesForEach: round((stage.channel.received - before.messages) / wanted),
              commitsForEach: round(commits / wanted),
              tooFastForTeams: stage.tooFast(),
              memoryMb: nowMb,
              mostMemoryMb: mostMb,
            },
          },
          ...Object.entries(callsByKind(log, wanted)).map(([kind, each]) => ({
            id: `load-queue-calls-${kind}`,
            what: `calls for each removal: ${kind}`,
            ...{ unit: '' as const, ours: round(each) },
            details: {},
          })),
        ],
      };
    }),
};

/**
 * Every approver opens the card, asks for the confirm view and says yes; and again, where nobody was told anything.
 *
 * @returns how often they have said yes.
 */
async function approveAll(
  pending: readonly StoredRequest[],
  { bot, channel, ledger }: Stage,
  scope: TrialScope,
): Promise<number> {
  const line = new Line(bot.port);
  let tries = 0;
  const answer = async (request: Buffer): Promise<Shown> => {
    const { status, body } = await line.send(request);
    if (status !== 200) throw new Error(`answered ${status}`);
    return cardIn(body);
  };
  const approve = async ({ id, approver }: StoredRequest): Promise<void> => {
    for (let tried = 0; tried < MOST_TRIES; tried++) {
      const show = presses('request.show', { requestId: id, nonce: '' }, 'automatic');
      const card = await answer(channel.request(approver, show));
      if (card !== undefined) ledger.see({ userId: approver.id, card });
      if (buttonIn(card, 'approval.approve') === undefined) break;
      const asked = await answer(channel.request(approver, pressing(card, 'approval.approve')));
      if (buttonIn(asked, 'approval.confirm-approve') === undefined) continue;
      ledger.press('approved', id, approver.id);
      tries++;
      const said = await answer(channel.request(approver, pressing(asked, 'approval.confirm-approve')));
      if (said !== undefined) ledger.see({ userId: approver.id, card: said });
      if (await ledger.isTold(id, approver.id, TOLD_WITHIN_MS)) break;
    }
  };
  const rest = [...pending];
  await openLoop({
    perSecond: APPROVALS_PER_SECOND,
    forMs: (pending.length / APPROVALS_PER_SECOND) * 1_000,
    begin: async () => {
      const next = rest.shift();
      if (next !== undefined) await approve(next);
    },
  });
  line.close();
  if (!scope.isQuick) scope.tell(`${ledger.decisions.length} of ${pending.length} are approved, after ${tries} clicks`);
  return tries;
}

/** How often these requests were stored; a version counts the commits. */
async function commitsOf(reader: StoreReader, requestIds: readonly string[]): Promise<number> {
  let commits = 0;
  for (const id of requestIds) commits += Number((await reader.read(`request:${id}`)).version);
  return commits;
}

const StoredApproval = z.object({
  state: z.string(),
  approvals: z.array(z.object({ at: z.string(), by: z.object({ id: z.string() }) })),
});

/** What Partner Center has seen of each removal, held against what is stored of it. */
async function lookAt(pending: readonly StoredRequest[], log: readonly LogEntry[], reader: StoreReader) {
  const changes = log.filter(({ method }) => method !== 'GET');
  let [once, approvedBefore, done] = [0, 0, 0];
  const removedAtMs: number[] = [];
  const approvalsAtMs: number[] = [];
  const own = new Set<LogEntry>();
  for (const { id, customerId, approver } of pending) {
    const sent = changes.filter(({ path }) => path.toLowerCase() === `/v1/customers/${customerId}`);
    for (const entry of sent) own.add(entry);
    const { rows } = await reader.read(`request:${id}`);
    const { state, approvals } = StoredApproval.parse(rows.get('request')?.value);
    const [call] = sent;
    if (sent.length === 1 && call?.status === 200 && isRemoval(call)) once++;
    const approval = approvals.find(({ by }) => by.id === approver.id);
    if (approval !== undefined) approvalsAtMs.push(Date.parse(approval.at));
    if (approval !== undefined && call !== undefined && approval.at <= call.at) approvedBefore++;
    if (call !== undefined) removedAtMs.push(Date.parse(call.at));
    if (state === 'done') done++;
  }
  return {
    once,
    approvedBefore,
    done,
    removedAtMs,
    approvalsAtMs,
    others: changes.filter((entry) => !own.has(entry)).length,
  };
}

const isRemoval = ({ body }: LogEntry): boolean =>
  (body as { readonly relationshipToPartner?: string } | undefined)?.relationshipToPartner === 'none';

function tellingTimes(atMs: readonly number[], began: Date) {
  const all = new Histogram();
  for (const at of atMs) all.add((at - began.getTime()) / 1_000);
  return { halfStoredAfterS: round(all.at(0.5)), lastStoredAfterS: round(all.at(1)) };
}

/** Of Partner Center alone: the Graph, which the same stand-in answers, counts by itself. */
function busiestMinute(log: readonly LogEntry[]): number {
  const at = log.filter(({ path }) => path.startsWith('/v1/')).map((entry) => Date.parse(entry.at));
  let [most, from] = [0, 0];
  for (const [to, ms] of at.entries()) {
    while ((at[from] ?? ms) <= ms - MINUTE_MS) from++;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

function callsByKind(log: readonly LogEntry[], removals: number): Readonly<Record<string, number>> {
  const kinds = new Map<string, number>();
  for (const { method, path, query } of log) {
    const kind = kindOf(method, path, query);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return Object.fromEntries([...kinds].map(([kind, count]) => [kind, count / removals]));
}

function kindOf(method: string, path: string, query: Readonly<Record<string, string>>): string {
  if (path.startsWith('/v1.0/')) return 'Graph, delegated administration';
  if (method === 'PATCH') return 'the removal';
  const [, , , customer, what] = path.split('/');
  if (customer === undefined)
    return query['filter'] === undefined ? 'list of customers' : 'list of customers, filtered';
  if (customer === 'relationshiprequests') return 'link to come back';
  return what ?? 'customer';
}
