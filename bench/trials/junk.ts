import { strangers } from '../load/strangers.ts';
import { round } from '../measuring/histogram.ts';
import { junkFor } from '../parts/junk.ts';
import { clearingUp } from '../parts/part.ts';
import { setStage } from './stage.ts';
import type { Trial } from './trial.ts';

const JUNK_PER_SECOND = 2_000;
const JUNK_CONNECTIONS = 200;
const GOOD_PER_SECOND = 20;

/** Strangers who send as much as they can, beside people at work. */
export const junk: Trial = {
  name: 'junk',
  run: (scope) =>
    clearingUp(async (later) => {
      const stage = await setStage(scope, later, { stored: scope.size(10_000, 200) });
      const { traffic, bot, ledger, reader, channel } = stage;
      const before = bot.memory();
      const forMs = scope.size(60_000, 1_500);
      const sending = {
        ...{ port: bot.port, requests: junkFor(channel), forMs },
        ...{ connections: scope.size(JUNK_CONNECTIONS, 50), perSecond: scope.size(JUNK_PER_SECOND, 500) },
      };
      const [sent] = await Promise.all([strangers(sending), traffic.run(GOOD_PER_SECOND, forMs)]);
      await traffic.finish();
      const after = bot.memory();
      await bot.end();
      const { p50, p99, max, count } = traffic.took.summary;
      return {
        checks: [...traffic.checks, ...(await ledger.checks(reader))],
        rows: [
          {
            id: 'load-junk-p99',
            what: 'an answer to people at work beside strangers, p99',
            ...{ unit: 'ms', ours: p99 },
            details: { p50Ms: p50, maxMs: max, count },
          },
          {
            id: 'load-junk-strangers',
            what: 'strangers, who are refused',
            ...{ unit: '/s', ours: round(sent.answered / (forMs / 1_000)) },
            details: { wanted: sending.perSecond, connections: sending.connections, brokenOff: sent.brokenOff },
          },
          {
            id: 'load-junk-memory',
            what: 'memory at its most beside them',
            ...{ unit: 'MB', ours: after.mostMb },
            details: { beforeMb: before.nowMb, afterMb: after.nowMb },
          },
        ],
      };
    }),
};
