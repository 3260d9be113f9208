import { metrics, type BatchObservableCallback, type Observable } from '@opentelemetry/api';
import { DAY_MS, later, type Clock } from '../../services/clock.ts';
import { OUTBOX_KEY } from '../../services/requests/change.ts';
import { isFinal, STATES, type StateName } from '../../services/requests/life.ts';
import type { RequestStore } from '../../services/requests/request-store.ts';
import type { DueRow, KeyChoice, Store } from '../../services/storage/store.ts';
import { SCOPE } from '../../services/telemetry/attributes.ts';

export interface GaugeParts {
  readonly store: Pick<Store, 'due'>;
  readonly requests: Pick<RequestStore, 'read'>;
  readonly clock: Clock;
}

/** What is measured together, and how. */
interface Measure {
  readonly gauges: readonly Observable[];
  readonly read: BatchObservableCallback;
}

/** Nothing of a request is due later than that. */
const ANY_TIME_MS = 3_650 * DAY_MS;

/**
 * Has it measured how much is due and since when, and how many open requests are in which state. It is read from the
 * store when it is sent somewhere, and otherwise never. Every process on one store measures the same.
 */
export function startGauges(parts: GaugeParts): { stop(): void } {
  const meter = metrics.getMeter(SCOPE);
  const measures = [
    queue(parts, 'offboarding.work', 'pieces of work', { notBeginning: OUTBOX_KEY }),
    queue(parts, 'offboarding.outbox', 'messages to people', { beginning: OUTBOX_KEY }),
    openRequests(parts),
  ];
  for (const { read, gauges } of measures) meter.addBatchObservableCallback(read, [...gauges]);
  return {
    stop() {
      for (const { read, gauges } of measures) meter.removeBatchObservableCallback(read, [...gauges]);
    },
  };
}

/** Rows whose time has come and that nobody has begun. */
function queue({ store, clock }: GaugeParts, name: string, what: string, keys: KeyChoice): Measure {
  const due = gauge(`${name}.due`, '{row}', `How many ${what} are due and not begun.`);
  const age = gauge(`${name}.oldest_age`, 's', `For how long the oldest of the ${what} that are due has waited.`);
  return {
    gauges: [due, age],
    async read(result) {
      const now = clock();
      const rows = await store.due(now, Number.MAX_SAFE_INTEGER, keys);
      result.observe(due, rows.length);
      result.observe(age, secondsSince(rows[0], now));
    },
  };
}

const secondsSince = (row: DueRow | undefined, now: Date): number =>
  row === undefined ? 0 : Math.max(0, now.getTime() - new Date(row.dueAt).getTime()) / 1_000;

/** A request that is open has always something that is due some day: its work, or its clock. */
function openRequests({ store, requests, clock }: GaugeParts): Measure {
  const open = gauge('offboarding.requests', '{request}', 'Open requests, by their state.');
  return {
    gauges: [open],
    async read(result) {
      const due = await store.due(new Date(later(clock(), ANY_TIME_MS)), Number.MAX_SAFE_INTEGER);
      const counts = new Map<StateName, number>(STATES.filter((state) => !isFinal(state)).map((state) => [state, 0]));
      for (const partition of new Set(due.map((row) => row.partition))) {
        const [kind, id = ''] = partition.split(':');
        const state = kind === 'request' ? (await requests.read(id))?.request.state : undefined;
        const count = state && counts.get(state);
        if (state !== undefined && count !== undefined) counts.set(state, count + 1);
      }
      for (const [state, count] of counts) result.observe(open, count, { 'offboarding.request.state': state });
    },
  };
}

const gauge = (name: string, unit: string, description: string): Observable =>
  metrics.getMeter(SCOPE).createObservableGauge(name, { unit, description });
