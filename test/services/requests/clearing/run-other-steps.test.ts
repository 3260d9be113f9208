import assert from 'node:assert/strict';
import type { LogEntry } from '../../../../sandbox/partner-center/control/log.ts';
import type { Subscription } from '../../../../sandbox/partner-center/world/records.ts';
import { MINUTE_MS } from '../../../../services/clock.ts';
import { leftSuspended } from '../../../../services/requests/clearing/clearing-step.ts';
import { Crash, on, onSuspension, type Workbench } from '../workbench.ts';

const held = async (bench: Workbench, domain: string): Promise<readonly Subscription[]> =>
  bench.stand.world.customer((await bench.customer(domain)).id)!.holdings.subscriptions;
const statuses = async (bench: Workbench, domain: string) =>
  (await held(bench, domain)).map(({ offerName, status }) => `${offerName}: ${status}`).sort();
const bodies = (calls: readonly LogEntry[]) => calls.map(({ body }) => body as Readonly<Record<string, unknown>>);

describe('reactivating', () => {
  it(
    'gives back what was suspended, read, sent once and seen',
    on({}, async (bench) => {
      const id = await bench.suspend('northwindtraders');
      await bench.settle(MINUTE_MS);

      await bench.clear('northwindtraders', 'reactivate');
      await bench.settle(MINUTE_MS);

      const [step] = await bench.steps(id);
      assert.deepEqual([step?.action, step?.state, step?.wasSoBefore], ['reactivate', 'done', undefined]);
      assert.deepEqual(
        bodies(await bench.suspensionCalls()).map(({ status }) => status),
        ['suspended', 'active'],
      );
      assert.deepEqual(await statuses(bench, 'northwindtraders'), ['Office 365 E1: active']);
      assert.equal(leftSuspended(step!), false);
    }),
  );

  for (const addOnsFollowReactivation of [true, false])
    it(
      `a base gives back its add-ons too, whether they come with it (${addOnsFollowReactivation}) or not`,
      on({ switches: { addOnsFollowReactivation } }, async (bench) => {
        const id = await bench.suspend('contoso');
        await bench.settle(MINUTE_MS);
        assert.ok((await statuses(bench, 'contoso')).every((one) => one.endsWith('suspended')));

        await bench.clear('contoso', 'reactivate');
        await bench.settle(5 * MINUTE_MS);

        assert.ok(
          (await statuses(bench, 'contoso')).every((one) => one.endsWith('active')),
          String(await statuses(bench, 'contoso')),
        );
        assert.ok((await bench.steps(id)).every(({ state }) => state === 'done'));
      }),
    );

  it(
    'that fails leaves what was suspended on the list',
    on({}, async (bench) => {
      const id = await bench.suspend('northwindtraders');
      await bench.settle(MINUTE_MS);
      await bench.faults([onSuspension({ status: 400, code: '800096', times: 10 })]);

      await bench.clear('northwindtraders', 'reactivate');
      await bench.settle(MINUTE_MS);

      const [step] = await bench.steps(id);
      assert.deepEqual([step?.state, step?.refused?.meaning], ['failed', 'status-is-fixed']);
      assert.equal(leftSuspended(step!), true);
    }),
  );

  it(
    'brings neither auto-renew nor scheduled changes of new commerce back',
    on({}, async (bench) => {
      await bench.clear('woodgrovebank', 'suspend');
      await bench.settle(MINUTE_MS);

      await bench.clear('woodgrovebank', 'reactivate');
      await bench.settle(MINUTE_MS);

      const [subscription] = await held(bench, 'woodgrovebank');
      assert.deepEqual([subscription?.status, subscription?.autoRenewEnabled], ['active', false]);
    }),
  );
});

describe('turning auto-renew off', () => {
  it(
    'sends the whole subscription back with nothing else changed, once',
    on({}, async (bench) => {
      const id = await bench.clear('woodgrovebank', 'auto-renew-off');
      await bench.settle(MINUTE_MS);

      const [call, ...more] = bodies(await bench.suspensionCalls());
      const [subscription] = await held(bench, 'woodgrovebank');
      assert.deepEqual(more, []);
      assert.deepEqual([call?.['status'], call?.['autoRenewEnabled'], call?.['quantity']], ['active', false, 300]);
      assert.deepEqual([subscription?.status, subscription?.autoRenewEnabled], ['active', false]);
      const [step] = await bench.steps(id);
      assert.deepEqual([step?.action, step?.state], ['auto-renew-off', 'done']);
    }),
  );

  it(
    'that is off already by somebody else sends nothing',
    on({}, async (bench) => {
      const id = await bench.clear('woodgrovebank', 'auto-renew-off');
      const [subscription] = await held(bench, 'woodgrovebank');
      const { id: customerId } = await bench.customer('woodgrovebank');
      await bench.world({ customerId, setSubscription: { id: subscription!.id, autoRenewEnabled: false } });

      await bench.settle(MINUTE_MS);

      const [step] = await bench.steps(id);
      assert.deepEqual([step?.state, step?.wasSoBefore], ['done', true]);
      assert.deepEqual(await bench.suspensionCalls(), []);
    }),
  );

  it(
    'is kept beside a suspension of the same subscription',
    on({}, async (bench) => {
      const id = await bench.clear('woodgrovebank', 'auto-renew-off');
      await bench.settle(MINUTE_MS);
      await bench.clear('woodgrovebank', 'suspend');
      await bench.settle(MINUTE_MS);

      assert.deepEqual((await bench.steps(id)).map(({ action, state }) => `${action}: ${state}`).sort(), [
        'auto-renew-off: done',
        'suspend: done',
      ]);
    }),
  );

  it(
    'during a renewal is tried again every two minutes, and then done',
    on({}, async (bench) => {
      await bench.faults([onSuspension({ status: 400, code: '900280', times: 2 })]);
      const id = await bench.clear('woodgrovebank', 'auto-renew-off');

      await bench.settle(3 * MINUTE_MS);
      const early = (await bench.steps(id))[0]?.state;
      await bench.settle(3 * MINUTE_MS);

      assert.deepEqual([early, (await bench.steps(id))[0]?.state], ['sent', 'done']);
      const calls = await bench.suspensionCalls();
      assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 3, 'each is another call');
    }),
  );

  it(
    'during a renewal that does not end is given up, in plain words',
    on({}, async (bench) => {
      await bench.faults([onSuspension({ status: 400, code: '900280', times: 100 })]);
      const id = await bench.clear('woodgrovebank', 'auto-renew-off');

      await bench.settle(30 * MINUTE_MS);

      const [step] = await bench.steps(id);
      assert.deepEqual([step?.state, step?.refused?.meaning], ['failed', 'no-more-changes']);
    }),
  );

  for (const [moment, sendings] of [
    ['before', 1],
    ['after', 1],
  ] as const)
    it(
      `goes on after a crash ${moment} its call, and is sent once`,
      on({}, async (bench) => {
        const id = await bench.clear('woodgrovebank', 'auto-renew-off');
        bench.aroundChange = (at) => {
          if (at === moment) throw new Crash();
        };
        await assert.rejects(bench.settle(MINUTE_MS), Crash);

        bench.restart();
        await bench.settle(5 * MINUTE_MS);

        assert.equal((await bench.steps(id))[0]?.state, 'done');
        assert.equal((await bench.suspensionCalls()).length, sendings);
      }),
    );
});
