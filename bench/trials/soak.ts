import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { HOUR_MS, MINUTE_MS } from '../../services/clock.ts';
import { round } from '../measuring/histogram.ts';
import type { Row } from '../measuring/row.ts';
import { slope } from '../measuring/trend.ts';
import { clearingUp } from '../parts/part.ts';
import { cleared } from './backlog.ts';
import { setStage } from './stage.ts';
import { check, type Trial } from './trial.ts';

const PER_SECOND = 4;
const QUICK_MS = 3_000;

interface Vitals {
  readonly atMs: number;
  readonly rssMb: number;
  readonly heapMb: number;
  readonly externalMb: number;
  readonly files: number;
  readonly kinds: Readonly<Record<string, number>>;
}

/** A day at work, for as long as is wanted: what the process takes, and whether that grows. */
export const soak: Trial = {
  name: 'soak',
  run: (scope) =>
    clearingUp(async (later) => {
      const perSecond = scope.size(PER_SECOND, 15);
      const forMs = scope.size(scope.minutes * MINUTE_MS, QUICK_MS);
      const file = path.join(await scope.folder(), 'vitals');
      const stage = await setStage(scope, later, {
        // Three visits of ten decide about something that waits, and three of twenty requests do.
        stored: scope.size(10_000, 200),
        env: { VITALS: file, VITALS_EVERY_MS: String(scope.size(Math.min(10_000, forMs / 20), 500)) },
        nodeOptions: ['--expose-gc', '--import', './bench/world/vitals.mjs'],
      });
      const { traffic, bot, ledger, reader, folder } = stage;
      const before = filesIn(folder);
      await traffic.run(perSecond, forMs);
      await traffic.finish();
      const left = await cleared(reader, () => ledger.requestIds, {
        withinMs: 5 * MINUTE_MS,
        everyMs: scope.size(2_000, 200),
      });
      await bot.end();

      const vitals = readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Vitals);
      const second = vitals.slice(Math.floor(vitals.length / 2));
      const last = second.at(-1);
      if (last === undefined) throw new Error('the bot has said nothing of itself');
      const { p50, p99, max, count } = traffic.took.summary;
      return {
        checks: [
          ...traffic.checks,
          ...(await ledger.checks(reader)),
          check('nothing was left to be done', left.unfinished + left.cards === 0, {
            unfinished: left.unfinished,
            cards: left.cards,
          }),
        ],
        rows: [
          {
            id: 'load-soak-p99',
            what: `an answer, ${perSecond} a second for ${round(forMs / MINUTE_MS)} minutes, p99`,
            ...{ unit: 'ms', ours: p99 },
            details: {
              p50Ms: p50,
              maxMs: max,
              count,
              messages: stage.channel.received,
              tooFastForTeams: stage.tooFast(),
            },
          },
          growth('rss', 'memory of the process', second, ({ rssMb }) => rssMb),
          growth('heap', 'what JavaScript keeps, after a collection', second, ({ heapMb }) => heapMb),
          growth('external', 'what is kept outside of the heap', second, ({ externalMb }) => externalMb),
          {
            id: 'load-soak-files',
            what: 'open files and sockets at the end',
            ...{ unit: '', ours: last.files },
            details: {
              atFirst: vitals[0]?.files ?? 0,
              most: Math.max(...vitals.map(({ files }) => files)),
              ...last.kinds,
            },
          },
          {
            id: 'load-soak-store',
            what: 'files of the store at the end',
            ...{ unit: '', ours: filesIn(folder) },
            details: { before, decisions: ledger.decisions.length },
          },
        ],
      };
    }),
};

/** Over the second half, when what is only filled once is full. */
function growth(id: string, what: string, second: readonly Vitals[], of: (vitals: Vitals) => number): Row {
  const values = second.map(of);
  return {
    id: `load-soak-${id}`,
    what: `${what}, growth an hour over the second half`,
    ...{ unit: 'MB', ours: round(slope(second.map((vitals) => [vitals.atMs / HOUR_MS, of(vitals)]))) },
    details: {
      fromMb: round(values[0] ?? NaN),
      toMb: round(values.at(-1) ?? NaN),
      leastMb: round(Math.min(...values)),
      mostMb: round(Math.max(...values)),
      samples: values.length,
    },
  };
}

const filesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
