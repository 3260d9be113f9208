import { metrics, type BatchObservableCallback, type Observable } from '@opentelemetry/api';
import { z } from 'zod';
import { DAY_MS, type Clock, type Instant } from '../../services/clock.ts';
import { OUTBOX_KEY } from '../../services/requests/change.ts';
import { isFinal, STATES, type StateName } from '../../services/requests/life.ts';
import type { RequestStore } from '../../services/requests/request-store.ts';
import type { Store } from '../../services/storage/store.ts';
import { SCOPE } from '../../services/telemetry/attributes.ts';

export interface GaugeParts {
  readonly store: Pick<Store, 'due' | 'read'>;
  readonly requests: Pick<RequestStore, 'read'>;
  readonly clock: Clock;
}

/** What is measured together, and how. */
interface Measure {
  readonly gauges: readonly Observable[];
  readonly read: BatchObservableCallback;
}

/** Nothing is due later than that. */
const ANY_TIME_MS = 3_650 * DAY_MS;
const anyTime = (now: Date): Date => new Date(now.getTime() + ANY_TIME_MS);

/**
 * Has it measured how much is due and since when, and how many open requests are in which state. It is read from the
 * store when it is sent somewhere, and otherwise never. Every process on one store measures the same.
 */
export function startGauges(parts: GaugeParts): { stop(): void } {
  const meter = metrics.getMeter(SCOPE);
  const measures = [dueWork(parts), outbox(parts), openRequests(parts)];
  for (const { read, gauges } of measures) meter.addBatchObservableCallback(read, [...gauges]);
  return {
    stop() {
      for (const { read, gauges } of measures) meter.removeBatchObservableCallback(read, [...gauges]);
    },
  };
}

/** Rows whose time has come and that nobody has begun. */
function dueWork({ store, clock }: GaugeParts): Measure {
  const due = gauge('offboarding.work.due', '{row}', 'How many pieces of work are due and not begun.');
  const age = gauge('offboarding.work.oldest_age', 's', 'For how long the oldest work that is due has waited.');
  return {
    gauges: [due, age],
    async read(result) {
      const now = clock();
      const rows = await store.due(now, Number.MAX_SAFE_INTEGER, { notBeginning: OUTBOX_KEY });
      result.observe(due, rows.length);
      result.observe(age, secondsSince(rows[0]?.dueAt, now));
    },
  };
}

/** Messages that nobody has got yet: those that could not be sent and are tried again later, too. */
function outbox({ store, clock }: GaugeParts): Measure {
  const waiting = gauge('offboarding.outbox.waiting', '{message}', 'How many messages to people are not sent yet.');
  const age = gauge('offboarding.outbox.oldest_age', 's', 'For how long the oldest message to somebody has waited.');
  return {
    gauges: [waiting, age],
    async read(result) {
      const now = clock();
      const rows = await store.due(anyTime(now), Number.MAX_SAFE_INTEGER, { beginning: OUTBOX_KEY });
      const since: Instant[] = [];
      for (const partition of new Set(rows.map((row) => row.partition)))
        for (const [key, { value }] of (await store.read(partition)).rows) {
          const message = key.startsWith(OUTBOX_KEY) ? Message.safeParse(value).data : undefined;
          if (message !== undefined) since.push(message.since);
        }
      result.observe(waiting, since.length);
      result.observe(age, secondsSince(since.sort()[0], now));
    },
  };
}

const Message = z.object({ since: z.string() });

const secondsSince = (at: Instant | undefined, now: Date): number =>
  at === undefined ? 0 : Math.max(0, now.getTime() - new Date(at).getTime()) / 1_000;

/** A request that is open has always something that is due some day: its work, or its clock. */
function openRequests({ store, requests, clock }: GaugeParts): Measure {
  const open = gauge('offboarding.requests', '{request}', 'Open requests, by their state.');
  return {
    gauges: [open],
    async read(result) {
      const due = await store.due(anyTime(clock()), Number.MAX_SAFE_INTEGER);
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
