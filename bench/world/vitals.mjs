/**
 * Loaded before the bot's own process: writes into the file that `VITALS` names, a line every `VITALS_EVERY_MS`, what the
 * process takes after its rubbish was collected.
 */
import { performance } from 'node:perf_hooks';
import { setInterval } from 'node:timers';
import { appendFileSync, readdirSync } from 'node:fs';

const { VITALS = '', VITALS_EVERY_MS = '10000' } = process.env;
const MB = 2 ** 20;

function look() {
  globalThis.gc?.();
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
  const kinds = {};
  for (const kind of process.getActiveResourcesInfo()) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const vitals = {
    atMs: performance.now(),
    rssMb: rss / MB,
    heapMb: heapUsed / MB,
    externalMb: (external + arrayBuffers) / MB,
    files: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0,
    kinds,
  };
  appendFileSync(VITALS, `${JSON.stringify(vitals)}\n`);
}

setInterval(look, Number(VITALS_EVERY_MS)).unref();
