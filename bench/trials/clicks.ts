import { clearingUp } from '../parts/part.ts';
import { setStage } from './stage.ts';
import type { Trial } from './trial.ts';

const PER_SECOND = 50;
const LATENCY_MS = 2_000;

/** Many people at the same time while Partner Center is slow; then the process is killed. */
export const clicks: Trial = {
  name: 'clicks',
  run: (scope) =>
    clearingUp(async (later) => {
      const stage = await setStage(scope, later, { stored: scope.size(10_000, 200) });
      const { partnerCenter, traffic, bot, ledger, reader, channel } = stage;
      await partnerCenter.behave({ latencyMs: LATENCY_MS });
      await traffic.run(PER_SECOND, scope.size(60_000, 1_200));
      await traffic.finish();
      const { nowMb, mostMb } = bot.memory();
      await bot.end();
      const { p50, p99, max, count } = traffic.took.summary;
      return {
        checks: [...traffic.checks, ...(await ledger.checks(reader))],
        rows: [
          {
            id: 'load-clicks-p50',
            what: `an answer, ${PER_SECOND} a second, Partner Center at ${LATENCY_MS / 1_000} s: p50`,
            ...{ unit: 'ms', ours: p50 },
            details: {
              count,
              memoryMb: nowMb,
              mostMemoryMb: mostMb,
              messages: channel.received,
              tooFastForTeams: stage.tooFast(),
            },
          },
          { id: 'load-clicks-p99', what: 'the same, p99', unit: 'ms', ours: p99, details: {} },
          { id: 'load-clicks-max', what: 'the same, the longest', unit: 'ms', ours: max, details: {} },
        ],
      };
    }),
};
