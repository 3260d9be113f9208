/* Simulates seeds: `npm run simulate -- --seeds 1 --from 17` for one, `npm run simulate -- --seeds 10000` for many. */
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { availableParallelism } from 'node:os';
import { scheduleOf } from './schedule.ts';
import { perLife, sumOf } from './coverage.ts';
import type { Counts } from './tally.ts';
import { commandOf, explain, simulate } from './simulate.ts';
import type { StoreKind } from './simulated-world.ts';

interface Share {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  /** So many failures are enough. */
  readonly stopAfter: number;
  readonly store: StoreKind;
}
interface Counted {
  readonly seeds: number;
  readonly met: Counts;
  readonly failed: readonly { readonly seed: number; readonly broken: string }[];
  readonly cpuMs: number;
}

async function run({ from, to, step, stopAfter, store }: Share): Promise<Counted> {
  const met: Counts[] = [];
  const failed: { seed: number; broken: string }[] = [];
  let lived = 0;
  const began = process.threadCpuUsage();
  for (let seed = from; seed < to && failed.length < stopAfter; seed += step) {
    const { broken, met: inIt } = await simulate({ ...scheduleOf(seed), store });
    lived += 1;
    met.push(inIt);
    if (broken !== undefined) failed.push({ seed, broken });
  }
  const { user, system } = process.threadCpuUsage(began);
  return { seeds: lived, met: sumOf(met), failed, cpuMs: (user + system) / 1_000 };
}

/** A worker for every core: time is the process's, and a simulation takes it over. What a seed does is its own. */
function inWorker(share: Share): Promise<Counted> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: share,
      resourceLimits: { maxYoungGenerationSizeMb: 192 },
    });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

/** What 10,000 lives may take on two cores that have nothing else to do. It is printed, and breaks nothing. */
const GOAL_SECONDS = 120;

// A life runs through all of the bot, most of it a few times: compiling at once beats interpreting first.
setFlagsFromString('--always-sparkplug');

if (!isMainThread) parentPort?.postMessage(await run(workerData as Share));
else {
  const { values } = parseArgs({
    options: {
      from: { type: 'string', default: '1' },
      seeds: { type: 'string', default: '10000' },
      'stop-after': { type: 'string', default: '5' },
      store: { type: 'string', default: 'file' },
    },
  });
  const [from, seeds, stopAfter] = [values.from, values.seeds, values['stop-after']].map(Number) as [
    number,
    number,
    number,
  ];
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(seeds) || seeds < 1)
    throw new Error('usage: npm run simulate -- --seeds <how many> --from <the first> --stop-after <so many failures>');
  const { store } = values;
  if (store !== 'file' && store !== 'azure') throw new Error('--store is file or azure');
  const workers = Math.min(seeds, availableParallelism());
  const began = performance.now();
  const parts = await Promise.all(
    Array.from({ length: workers }, (_, at) =>
      inWorker({ from: from + at, to: from + seeds, step: workers, stopAfter, store }),
    ),
  );
  const failed = parts.flatMap((part) => part.failed).sort((a, b) => a.seed - b.seed);
  const lived = parts.reduce((sum, part) => sum + part.seeds, 0);
  const cpuMs = parts.reduce((sum, part) => sum + part.cpuMs, 0);
  console.log(
    JSON.stringify({
      seeds: lived,
      failed: failed.length,
      workers,
      goalSeconds: Math.round((GOAL_SECONDS * seeds) / 10_000),
      seconds: Math.round((performance.now() - began) / 100) / 10,
      cpuMsPerLife: Math.round((cpuMs / lived) * 10) / 10,
    }),
  );
  console.log('a life holds on average:');
  for (const [what, times] of Object.entries(perLife(sumOf(parts.map(({ met }) => met)), lived)))
    console.log(`  ${String(times).padStart(8)}  ${what}`);
  for (const { seed, broken } of failed.slice(0, 1)) console.log(await explain(seed, broken, store));
  for (const { seed, broken } of failed.slice(1)) console.log(`${commandOf(seed, store)}: ${broken.split('\n')[0]}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}
