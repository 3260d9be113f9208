import { setTimeout as delay } from 'node:timers/promises';
import { Line, openLoop } from '../load/open-loop.ts';
import { Histogram } from '../measuring/histogram.ts';
import { startBot } from '../world/bot.ts';
import { startChannel } from '../world/channel.ts';
import { startPartnerCenter } from '../world/partner-center.ts';
import { customersOf } from '../world/prepared-store.ts';
import { Visits, type Shown, type Visit } from '../world/visits.ts';
import { clearingUp, type Part } from './part.ts';

const PER_SECOND = 50;
const LATENCY_MS = 2_000;

/** How long people wait for an answer while many are at it, and Partner Center is slow. */
export const clicks: Part = {
  name: 'clicks',
  measure: (scope) =>
    clearingUp(async (later) => {
      const stored = scope.size(10_000, 200);
      const store = await scope.store(stored);
      const channel = await startChannel('teams');
      later(() => channel.close());
      const customers = scope.size(12_000, 250);
      const partnerCenter = await startPartnerCenter(customers);
      later(() => partnerCenter.end());
      const bot = await startBot({ folder: store.copy(), partnerCenterUrl: partnerCenter.url, env: channel.env });
      later(() => bot.end());
      const line = new Line(bot.port);
      later(() => {
        line.close();
      });
      // The list of customers is there, as it is but for the first seconds after a start.
      await delay(scope.size(3_000, 300));
      await partnerCenter.behave({ latencyMs: LATENCY_MS });

      const visits = new Visits(store.requests, customersOf(customers).slice(stored));
      const waiting: { readonly visit: Visit; readonly shown: Shown }[] = [];
      let took = new Took();
      const begin = async (dueAtMs: number): Promise<void> => {
        const { visit, shown } = waiting.shift() ?? { visit: visits.next(), shown: undefined };
        const { value: step } = visit.next(shown);
        if (step === undefined) return begin(dueAtMs);
        const { status, body } = await line.send(channel.request(step.user, step.act));
        if (status !== 200) throw new Error(`${step.kind}: answered ${status}`);
        took.add(step.kind, performance.now() - dueAtMs);
        waiting.push({ visit, shown: cardIn(body) });
      };
      // In the first seconds everybody is met anew.
      await openLoop({ perSecond: PER_SECOND, forMs: scope.size(5_000, 200), begin });
      took = new Took();
      await openLoop({ perSecond: PER_SECOND, forMs: scope.size(40_000, 800), begin });
      const { nowMb, mostMb } = bot.memory();
      const { p50, p99, max, count } = took.all.summary;
      const kinds = [...took.byKind].map(([kind, own]) => [`${kind} p99`, own.summary.p99] as const);
      const details = { count, memoryMb: nowMb, mostMemoryMb: mostMb, cardsSent: channel.received };
      const row = (id: string, what: string, ours: number, most: number) => ({
        ...{ id, what, unit: 'ms' as const, ours },
        goal: { of: 'ours' as const, at: 'most' as const, value: most },
      });
      return [
        {
          ...row('click-p50', 'an answer to a button or message, 50 a second, Partner Center at 2 s: p50', p50, 100),
          details,
        },
        { ...row('click-p99', 'the same, p99', p99, 1_000), details: Object.fromEntries(kinds) },
        { ...row('click-max', 'the same, the longest', max, 5_000), details: {} },
      ];
    }),
};

/** How long answers took: all, and those to one kind of step. */
class Took {
  readonly all = new Histogram();
  readonly byKind = new Map<string, Histogram>();

  add(kind: string, ms: number): void {
    this.all.add(ms);
    const own = this.byKind.get(kind) ?? new Histogram();
    this.byKind.set(kind, own);
    own.add(ms);
  }
}

/** What an Execute was answered with. */
function cardIn(body: string): Shown {
  if (body === '') return undefined;
  const { value } = JSON.parse(body) as { readonly value?: Shown };
  return value;
}
