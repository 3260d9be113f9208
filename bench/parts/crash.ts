import { setTimeout as delay } from 'node:timers/promises';
import { Line } from '../load/open-loop.ts';
import { round } from '../measuring/histogram.ts';
import { startBot } from '../world/bot.ts';
import { presses, startChannel, type Channel } from '../world/channel.ts';
import { startPartnerCenter, type PartnerCenterProcess } from '../world/partner-center.ts';
import type { StoredRequest } from '../world/prepared-store.ts';
import { pressing, type Shown } from '../world/visits.ts';
import { clearingUp, type Part } from './part.ts';

const AT_A_TIME = 5;
const LONGEST_MS = 60_000;

/** The process is killed right after it has said yes to approvals: how soon they are gone on with, and whether all of them are. */
export const crash: Part = {
  name: 'crash',
  measure: (scope) =>
    clearingUp(async (later) => {
      const stored = scope.size(10_000, 200);
      const store = await scope.store(stored);
      const channel = await startChannel('teams');
      later(() => channel.close());
      const partnerCenter = await startPartnerCenter(stored);
      later(() => partnerCenter.end());
      const clear = new Set(await partnerCenter.clearCustomers(Math.min(stored, 1_000)));
      await partnerCenter.behave({ latencyMs: 200 });
      const pending = store.requests.filter(({ fate, customerId }) => fate === 'pending' && clear.has(customerId));
      const options = { folder: store.copy(), partnerCenterUrl: partnerCenter.url, env: channel.env };

      const resumedAfter: number[] = [];
      let [acknowledged, lost, twice] = [0, 0, 0];
      for (let turn = 0; turn < scope.size(3, 1); turn++) {
        const chosen = pending.splice(0, scope.size(AT_A_TIME, 2));
        const killed = await startBot(options);
        await Promise.all(chosen.map((request) => approve(channel, killed.port, request)));
        await killed.end();
        acknowledged += chosen.length;
        await partnerCenter.clearLog();

        const beganAt = Date.now();
        const bot = await startBot(options);
        const removed = await removalsOf(partnerCenter, chosen, scope.size(LONGEST_MS, 20_000));
        lost += removed.filter((count) => count === 0).length;
        twice += removed.filter((count) => count > 1).length;
        resumedAfter.push(
          Math.min(...(await partnerCenter.log()).filter(isAboutOne).map(({ at }) => Date.parse(at))) - beganAt,
        );
        await bot.end();
      }
      return [
        {
          id: 'crash-resumed',
          what: 'from a start after kill -9 until what was approved is gone on with, the longest',
          unit: 's',
          ours: round(Math.max(...resumedAfter) / 1_000),
          goal: { of: 'ours', at: 'most', value: 10 },
          details: { crashes: resumedAfter.length, requestsStored: stored },
        },
        {
          id: 'crash-lost',
          what: 'decisions that were acknowledged, and lost',
          unit: '',
          ours: lost,
          goal: { of: 'ours', at: 'most', value: 0 },
          details: { acknowledged, carriedOutTwice: twice },
        },
      ];
    }),
};

/** The whole list is read by everybody who starts. */
const isAboutOne = ({ path }: { readonly path: string }): boolean => /^\/v1\/customers\/[0-9a-f-]{36}/i.test(path);

async function approve(channel: Channel, port: number, { id, approver }: StoredRequest): Promise<void> {
  const line = new Line(port);
  const press = async (act: ReturnType<typeof presses>): Promise<Shown> => {
    const { status, body } = await line.send(channel.request(approver, act));
    if (status !== 200) throw new Error(`answered ${status}`);
    return (JSON.parse(body) as { readonly value?: Shown }).value;
  };
  const card = await press(presses('request.show', { requestId: id, nonce: '' }, 'automatic'));
  const asked = await press(pressing(card, 'approval.approve'));
  let answer = await press(pressing(asked, 'approval.confirm-approve'));
  // While Partner Center is being asked nothing is acknowledged.
  for (let tries = 0; !JSON.stringify(answer).includes('Approved'); tries++) {
    if (tries > 100) throw new Error('an approval was never acknowledged');
    await delay(100);
    answer = await press(presses('request.show', { requestId: id, nonce: '' }, 'automatic'));
  }
  line.close();
}

/** How often each was removed, once all were or it takes too long. */
async function removalsOf(
  partnerCenter: PartnerCenterProcess,
  requests: readonly StoredRequest[],
  longestMs: number,
): Promise<readonly number[]> {
  const began = performance.now();
  for (;;) {
    const log = await partnerCenter.log();
    const counts = requests.map(
      ({ customerId }) =>
        log.filter(
          ({ method, path, status }) =>
            method === 'PATCH' && status === 200 && path.toLowerCase() === `/v1/customers/${customerId}`,
        ).length,
    );
    if (counts.every((count) => count > 0) || performance.now() - began > longestMs) return counts;
    await delay(100);
  }
}
