import assert from 'node:assert/strict';
import { metrics } from '@opentelemetry/api';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { startGauges } from '../../../bot/telemetry/gauges.ts';
import { later, MINUTE_MS, SECOND_MS } from '../../../services/clock.ts';
import type { StateName } from '../../../services/requests/life.ts';
import type { RequestRecord } from '../../../services/requests/request.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import type { Row, Store } from '../../../services/storage/store.ts';

/** Reads when it is asked to. */
class Reader extends MetricReader {
  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }
}

const NOW = new Date('2026-03-01T09:00:00.000Z');
const ago = (ms: number): string => later(NOW, -ms);

describe('what is measured of the store', () => {
  let store: Store;
  let reader: Reader;
  let gauges: { stop(): void };
  let states: ReadonlyMap<string, StateName>;

  beforeEach(() => {
    store = createMemoryStore({ boot: 'boot-1' });
    states = new Map();
    reader = new Reader();
    metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
    gauges = startGauges({
      store,
      clock: () => NOW,
      requests: {
        read: (id) => {
          const state = states.get(id);
          return Promise.resolve(state && ({ request: { state } } as RequestRecord));
        },
      },
    });
  });
  afterEach(async () => {
    metrics.disable();
    await reader.shutdown();
    await store.close();
  });

  const keep = async (partition: string, rows: Readonly<Record<string, Row>>): Promise<void> => {
    const { version } = await store.read(partition);
    await store.commit(
      partition,
      version,
      Object.entries(rows).map(([key, row]) => ({ key, row })),
    );
  };
  const measured = async (): Promise<Readonly<Record<string, number>>> => {
    const { resourceMetrics, errors } = await reader.collect();
    assert.deepEqual(errors, []);
    return Object.fromEntries(
      resourceMetrics.scopeMetrics
        .flatMap((scope) => scope.metrics)
        .flatMap(({ descriptor, dataPoints }) =>
          dataPoints.map(({ attributes, value }) => [
            [descriptor.name, ...Object.values(attributes)].join(' '),
            value as number,
          ]),
        ),
    );
  };

  it('is nothing, and said to be nothing, in an empty store', async () => {
    const all = await measured();

    assert.ok(Object.values(all).every((value) => value === 0));
    assert.deepEqual(Object.keys(all).sort(), [
      'offboarding.outbox.oldest_age',
      'offboarding.outbox.waiting',
      ...['approved', 'blocked', 'draft', 'executing', 'pending', 'unknown', 'verifying'].map(
        (state) => `offboarding.requests ${state}`,
      ),
      'offboarding.work.due',
      'offboarding.work.oldest_age',
    ]);
  });

  it('is how long the oldest work has been due, without what is being done and what comes later', async () => {
    const lease = { owner: 'boot-1', until: later(NOW, MINUTE_MS), fence: 1 };
    await keep('request:a', {
      run: { value: {}, dueAt: ago(90 * SECOND_MS) },
      clock: { value: {}, dueAt: later(NOW, MINUTE_MS) },
    });
    await keep('request:b', {
      run: { value: {}, dueAt: ago(200 * SECOND_MS), lease },
      look: { value: {}, dueAt: ago(5) },
    });

    const all = await measured();

    assert.equal(all['offboarding.work.due'], 2);
    assert.equal(all['offboarding.work.oldest_age'], 90);
  });

  it('is how long the oldest message has waited, though it is tried again only later', async () => {
    await keep('request:a', {
      'outbox:p:request': { value: { since: ago(30 * SECOND_MS) }, dueAt: ago(30 * SECOND_MS) },
      'outbox:q:approval': { value: { since: ago(600 * SECOND_MS) }, dueAt: later(NOW, MINUTE_MS) },
    });
    await keep('customer:c', { 'outbox:p:watch': { value: { since: ago(1_000) }, dueAt: ago(1_000) } });

    const all = await measured();

    assert.equal(all['offboarding.outbox.waiting'], 3);
    assert.equal(all['offboarding.outbox.oldest_age'], 600);
    assert.equal(all['offboarding.work.due'], 0);
  });

  it('is how many requests are open, each once, and none that has ended', async () => {
    states = new Map<string, StateName>([
      ['a', 'pending'],
      ['b', 'pending'],
      ['c', 'unknown'],
      ['d', 'done'],
    ]);
    for (const id of states.keys())
      await keep(`request:${id}`, {
        clock: { value: {}, dueAt: later(NOW, MINUTE_MS) },
        'outbox:p:request': { value: { since: ago(1) }, dueAt: ago(1) },
      });

    const all = await measured();

    assert.equal(all['offboarding.requests pending'], 2);
    assert.equal(all['offboarding.requests unknown'], 1);
    assert.equal(all['offboarding.requests done'], undefined);
  });

  it('is measured no more once it is stopped', async () => {
    gauges.stop();

    assert.deepEqual(await measured(), {});
  });
});
