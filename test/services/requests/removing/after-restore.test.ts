import assert from 'node:assert/strict';
import { HOUR_MS, MINUTE_MS } from '../../../../services/clock.ts';
import type { StateName } from '../../../../services/requests/life.ts';
import { on, onRemoval, onSuspension, type Workbench } from '../workbench.ts';

/** What people are told, and what Partner Center was asked since the backup was restored. */
async function outcome(bench: Workbench, id: string, callsBefore: number) {
  const { state, voided } = await bench.request(id);
  return { state, why: voided?.why, calls: (await bench.removalCalls()).length - callsBefore };
}

describe('a request in a store that was put back from a backup', () => {
  it(
    'that was approved, and was carried out after the backup, is looked at and sends no second call',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      const restore = await bench.backUp();
      await bench.until(id, 'done');
      const calls = (await bench.removalCalls()).length;

      await restore();
      await bench.settle(2 * HOUR_MS);

      assert.equal(calls, 1);
      assert.deepEqual(await outcome(bench, id, calls), { state: 'void', why: 'restored-gone', calls: 0 });
    }),
  );

  it(
    'that was approved, and was withdrawn after the backup, is not carried out',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      const restore = await bench.backUp();
      await bench.removals.withdraw(id, bench.click('ada'));
      assert.equal((await bench.request(id)).state, 'withdrawn');

      await restore();
      await bench.settle(2 * HOUR_MS);

      assert.deepEqual(await outcome(bench, id, 0), { state: 'void', why: 'restored', calls: 0 });
    }),
  );

  it(
    'that was approved is looked at until Partner Center can be read',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      const restore = await bench.backUp();
      await bench.until(id, 'done');
      await bench.faults([{ method: 'GET', path: '/v1/customers', times: 1_000, status: 503 }]);

      await restore();
      await bench.settle(2 * MINUTE_MS);
      const meanwhile = await bench.request(id);
      await bench.faults([]);
      await bench.settle(2 * HOUR_MS);

      assert.equal(meanwhile.state, 'approved');
      assert.equal(meanwhile.waitingFor?.why, 'unread');
      assert.deepEqual(await outcome(bench, id, 1), { state: 'void', why: 'restored-gone', calls: 0 });
    }),
  );

  it(
    'whose call was on its way is done when the customer is gone, without another call',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ kind: 'apply-then-reset' })]);
      await bench.until(id, 'unknown');
      const restore = await bench.backUp();
      await bench.settle();
      const calls = (await bench.removalCalls()).length;

      await restore();
      await bench.settle(2 * HOUR_MS);

      assert.deepEqual(await outcome(bench, id, calls), { state: 'done', why: undefined, calls: 0 });
    }),
  );

  it(
    'whose call was not carried out is a person’s turn, and is not sent again',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ kind: 'reset' })]);
      await bench.until(id, 'unknown');
      const restore = await bench.backUp();
      const calls = (await bench.removalCalls()).length;

      await restore();
      await bench.until(id, 'blocked');

      assert.deepEqual(await outcome(bench, id, calls), { state: 'blocked', why: undefined, calls: 0 });
    }),
  );

  it(
    'that waited for its approval can be approved again, and is carried out then',
    on({}, async (bench) => {
      const id = await bench.send('fabrikambikes');
      await bench.until(id, 'pending');
      const restore = await bench.backUp();

      await restore();
      await bench.approve(id);
      await bench.until(id, 'done');

      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );

  it(
    'one of whose two approvals is from before is not carried out',
    on({ policy: { approvalsRequired: 2 } }, async (bench) => {
      const id = await bench.send('fabrikambikes');
      await bench.until(id, 'pending');
      await bench.approve(id, 'bo');
      const restore = await bench.backUp();

      await restore();
      await bench.approve(id, 'cy');
      await bench.settle();

      assert.deepEqual(await outcome(bench, id, 0), { state: 'void' satisfies StateName, why: 'restored', calls: 0 });
    }),
  );
});

describe('a suspension in a store that was put back from a backup', () => {
  const one = 'northwindtraders';
  const seen = async (bench: Workbench, id: string) => {
    const [step] = await bench.steps(id);
    return [step?.state, step?.endedFor, (await bench.suspensionCalls()).length];
  };

  it(
    'that was confirmed before, and not sent, is not sent',
    on({}, async (bench) => {
      const id = await bench.suspend(one);
      const restore = await bench.backUp();

      await restore();
      await bench.settle(2 * HOUR_MS);

      assert.deepEqual(await seen(bench, id), ['failed', 'restored', 0]);
    }),
  );

  it(
    'that was on its way and not carried out is looked at, and not sent again',
    on({}, async (bench) => {
      await bench.faults([onSuspension({ kind: 'reset' })]);
      const id = await bench.suspend(one);
      await bench.step();
      const restore = await bench.backUp();

      await restore();
      await bench.settle(2 * HOUR_MS);

      assert.deepEqual(await seen(bench, id), ['failed', 'restored', 1]);
    }),
  );

  it(
    'that was on its way and carried out has ended well',
    on({}, async (bench) => {
      await bench.faults([onSuspension({ kind: 'apply-then-reset' })]);
      const id = await bench.suspend(one);
      await bench.step();
      const restore = await bench.backUp();

      await restore();
      await bench.settle(2 * HOUR_MS);

      assert.deepEqual(await seen(bench, id), ['done', undefined, 1]);
    }),
  );

  it(
    'can be confirmed again, and is sent then',
    on({}, async (bench) => {
      await bench.suspend(one);
      const restore = await bench.backUp();
      await restore();
      await bench.settle();

      const id = await bench.suspend(one);
      await bench.settle();

      assert.deepEqual(await seen(bench, id), ['done', undefined, 1]);
    }),
  );
});
