import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startSdkBot } from '../floors/floors.ts';
import { closedLoop } from '../load/closed-loop.ts';
import { cycling } from '../load/side-by-side.ts';
import { median, round } from '../measuring/histogram.ts';
import { startBot, type BotProcess } from '../world/bot.ts';
import { NOTHING, presses, REQUESTERS, startChannel } from '../world/channel.ts';
import { startPartnerCenter } from '../world/partner-center.ts';
import { clearingUp, type Part } from './part.ts';

/** How soon it is ready, and how much memory it takes, at rest and at work. */
export const start: Part = {
  name: 'start',
  measure: (scope) =>
    clearingUp(async (later) => {
      const store = await scope.store(scope.size(10_000, 20));
      const channel = await startChannel('teams');
      later(() => channel.close());
      const partnerCenter = await startPartnerCenter(scope.size(5_000, 10));
      later(() => partnerCenter.end());
      const empty = mkdtempSync(path.join(tmpdir(), 'bench-empty-'));
      later(() => {
        rmSync(empty, { recursive: true, force: true });
      });
      const folder = store.copy();
      const boot = (from: string): Promise<BotProcess> =>
        startBot({ folder: from, partnerCenterUrl: partnerCenter.url, env: channel.env });

      const full: number[] = [];
      const without: number[] = [];
      const sdk: number[] = [];
      for (let round = 0; round < scope.size(5, 1); round++)
        for (const [into, begin] of [
          [full, () => boot(folder)],
          [without, () => boot(empty)],
          [sdk, () => startSdkBot({ ...channel.env, WITH_DIALOGS: 'yes' })],
        ] as const) {
          const program = await begin();
          into.push(program.startMs);
          await program.end();
        }

      const bot = await boot(folder);
      later(() => bot.end());
      await isReady(bot.port);
      const bare = await startSdkBot({ ...channel.env, WITH_DIALOGS: 'yes' });
      later(() => bare.end());
      await delay(scope.size(5_000, 100));
      const [atRest, bareAtRest] = [bot.memory(), bare.memory()];
      const settled = store.requests.filter(({ fate }) => fate !== 'pending');
      const cards = settled.map(({ id, requester }) =>
        channel.request(requester, presses('request.show', { requestId: id, nonce: '' }, 'automatic')),
      );
      const forMs = scope.size(8_000, 100);
      await closedLoop({ port: bot.port, connections: 50, forMs, next: cycling(cards) });
      const nothing = [channel.request(REQUESTERS[0], NOTHING)];
      await closedLoop({ port: bare.port, connections: 50, forMs, next: cycling(nothing) });
      const [atWork, bareAtWork] = [bot.memory(), bare.memory()];
      const seconds = (all: readonly number[]): number => round(median(all) / 1_000);
      return [
        {
          id: 'start',
          what: `from the start until it takes activities, ${store.requests.length.toLocaleString('en-GB')} requests stored`,
          unit: 's',
          ours: seconds(full),
          floor: { what: 'the SDK’s bot', value: seconds(sdk) },
          goal: { of: 'ours', at: 'most', value: 3 },
          details: { withNothingStored: seconds(without) },
        },
        {
          id: 'memory-at-rest',
          what: 'memory at rest',
          unit: 'MB',
          ours: atRest.nowMb,
          floor: { what: 'the SDK’s bot', value: bareAtRest.nowMb },
          goal: { of: 'ours', at: 'most', value: 300 },
          details: { mostUntilThen: atRest.mostMb },
        },
        {
          id: 'memory-at-work',
          what: 'memory at most, while cards are looked at as fast as they are answered',
          unit: 'MB',
          ours: atWork.mostMb,
          floor: { what: 'the SDK’s bot', value: bareAtWork.mostMb },
          goal: { of: 'ours', at: 'most', value: bareAtWork.mostMb + 150 },
          details: {},
        },
      ];
    }),
};

async function isReady(port: number): Promise<void> {
  const { status } = await fetch(`http://127.0.0.1:${port}/readyz`);
  if (status !== 200) throw new Error(`/readyz: ${status}`);
}
