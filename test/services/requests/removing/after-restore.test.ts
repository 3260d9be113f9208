import assert from 'node:assert/strict';
import { HOUR_MS, later, MINUTE_MS } from '../../../../services/clock.ts';
import { asPerson } from '../../../../services/partner-center/partner-center.ts';
import { undoOf } from '../../../../services/requests/giving-back/giving-back.ts';
import type { StateName } from '../../../../services/requests/life.ts';
import { voidWhatWaitedBefore } from '../../../../services/requests/removing/after-restore.ts';
import { on, onRemoval, onSuspension, type Workbench, type WorkbenchOptions } from '../workbench.ts';

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

  /** Between the backup and the restore. */
  const since: readonly [name: string, happens: (bench: Workbench, id: string) => Promise<unknown>][] = [
    ['nothing more was done with', () => Promise.resolve()],
    ['was withdrawn', (bench, id) => bench.removals.withdraw(id, bench.click('ada'))],
    ['was declined', (bench, id) => bench.removals.decline(id, { ...bench.click('bo'), reason: 'Not this customer.' })],
    ['was approved, and carried out,', (bench, id) => bench.approve(id).then(() => bench.until(id, 'done'))],
  ];
  for (const [name, happens] of since)
    it(
      `that waited for its approval, and ${name} after the backup, is void, and nobody is asked or reminded`,
      on({}, async (bench) => {
        const id = await bench.send('fabrikambikes');
        await bench.until(id, 'pending');
        const restore = await bench.backUp();
        await happens(bench, id);
        const calls = (await bench.removalCalls()).length;

        await restore();
        const decision = await bench.removals.approve(id, bench.click('bo'));
        await bench.settle(24 * HOUR_MS);

        assert.deepEqual(await outcome(bench, id, calls), { state: 'void', why: 'restored', calls: 0 });
        assert.deepEqual(decision?.kind === 'refused' && decision.why, 'already-decided');
        assert.ok(!(await bench.audit(id)).some(({ action }) => action === 'request.reminded'));
        assert.ok((await bench.outbox(id)).some(({ headline }) => headline === 'void'));
      }),
    );

  it(
    'that waited for its approval can be asked for again, and is carried out then',
    on({}, async (bench) => {
      const before = await bench.send('fabrikambikes');
      await bench.until(before, 'pending');
      const restore = await bench.backUp();
      await restore();

      const id = await bench.approved('fabrikambikes');
      await bench.until(id, 'done');

      assert.notEqual(id, before);
      assert.equal((await bench.request(id)).previous, before);
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
      await bench.removals.approve(id, bench.click('cy'));
      await bench.settle();

      assert.deepEqual(await outcome(bench, id, 0), { state: 'void' satisfies StateName, why: 'restored', calls: 0 });
    }),
  );

  const unsent: readonly [name: string, options: WorkbenchOptions, reach: (bench: Workbench) => Promise<string>][] = [
    ['was being handed in', {}, (bench) => bench.send('fabrikambikes')],
    [
      'was planned for another day',
      { most: { removalsPerDay: 1 } },
      async (bench) => {
        await bench.until(await bench.send('alpineskihouse'), 'pending');
        const id = await bench.send('fabrikambikes');
        await bench.settle(0);
        assert.ok((await bench.request(id)).plannedFor);
        return id;
      },
    ],
    [
      'waited for its requester to sign in',
      {},
      async (bench) => {
        bench.signedOut.add(asPerson('ada'));
        const id = await bench.send('fabrikambikes');
        await bench.settle(0);
        assert.equal((await bench.request(id)).waitingFor?.why, 'sign-in');
        bench.signedOut.clear();
        return id;
      },
    ],
    ['asked for a cancellation, and was being handed in', {}, (bench) => bench.sendCancellation('litware')],
  ];
  for (const [name, options, reach] of unsent)
    it(
      `that ${name} is void, and asks nobody`,
      on(options, async (bench) => {
        const id = await reach(bench);
        const restore = await bench.backUp();

        await restore();
        await bench.settle(48 * HOUR_MS);

        const { state, voided, sentAt, plannedFor } = await bench.request(id);
        assert.deepEqual([state, voided?.why, sentAt, plannedFor], ['void', 'restored', undefined, undefined]);
        const { rows } = await bench.store.read(`request:${id}`);
        assert.deepEqual(
          [...rows.keys()].filter((key) => key.startsWith('outbox:')),
          ['outbox:ada:request'],
        );
      }),
    );

  it(
    'that was handed in since the restore is left alone at the next start',
    on({}, async (bench) => {
      const restore = await bench.backUp();
      await restore();
      const restoredAt = later(bench.clock(), -MINUTE_MS);
      const id = await bench.send('fabrikambikes');
      await bench.until(id, 'pending');

      await voidWhatWaitedBefore({ store: bench.store, requests: bench.requests, restoredAt });

      assert.equal((await bench.request(id)).state, 'pending');
    }),
  );

  it(
    'that was a draft stays one, and can be sent',
    on({}, async (bench) => {
      const id = await bench.suspend('contoso');
      await bench.settle(MINUTE_MS);
      const restore = await bench.backUp();

      await restore();
      assert.equal((await bench.request(id)).state, 'draft');
      assert.equal(await bench.send('contoso'), id);
      await bench.until(id, 'pending');
    }),
  );

  it(
    'and is void leaves what it has suspended to be given back, and reminds of it',
    on({}, async (bench) => {
      const id = await bench.suspend('contoso');
      await bench.settle(MINUTE_MS);
      await bench.send('contoso');
      await bench.until(id, 'pending');
      const restore = await bench.backUp();

      await restore();
      const record = await bench.record(id);
      await bench.settle(25 * HOUR_MS);

      assert.equal(record.request.state, 'void');
      assert.ok(undoOf(record).items.length > 0);
      assert.equal((await bench.request(id)).undo?.reminded, 1);
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
