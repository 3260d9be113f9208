import assert from 'node:assert/strict';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../services/clock.ts';
import { asPerson } from '../../../../services/partner-center/partner-center.ts';
import { leavesCustomer } from '../../../../services/requests/giving-back/undo-clock.ts';
import { DOMAIN, onThree } from '../cancelling/cancelling-on.ts';
import { on, onRemoval, onSuspension, type Workbench } from '../workbench.ts';

const CLEAR = 'fabrikambikes';
/** Has legacy subscriptions that can be suspended. */
const LICENSED = 'northwindtraders';

/** Somebody else ends the relationship, at Partner Center. */
async function removedByOthers(bench: Workbench, domain: string): Promise<void> {
  await bench.world({ customerId: (await bench.customer(domain)).id, relationship: 'none' });
}

async function assertGone(bench: Workbench, id: string, state: 'void' | 'abandoned'): Promise<void> {
  const { request } = await bench.record(id);
  assert.deepEqual([request.state, request.voided?.why], [state, 'gone']);
  assert.equal(leavesCustomer(request), false, 'nothing can be given back to a customer who is gone');
  const { rows } = await bench.store.read(`request:${id}`);
  for (const work of ['run', 'clock', 'look', 'undo']) assert.equal(rows.has(work), false, `${work} is left`);
  const told = rows.get('outbox:ada:request')?.value as { mode?: string; headline?: string } | undefined;
  assert.deepEqual([told?.mode, told?.headline], ['new', 'gone']);
}

describe('a customer whom somebody else has removed', () => {
  it(
    'F17: ends a removal that waits for its approval, when an approver presses',
    on({}, async (bench) => {
      const id = await bench.send(CLEAR);
      await bench.settle(0);
      await removedByOthers(bench, CLEAR);

      const decision = await bench.removals.approve(id, bench.click('bo'));

      assert.equal(decision?.kind, 'changed');
      await assertGone(bench, id, 'void');
      assert.deepEqual((await bench.request(id)).approvals, []);
      assert.deepEqual(await bench.removalCalls(), []);
      const next = await bench.removals.approve(id, bench.click('cy'));
      assert.equal(next?.kind === 'refused' && next.why, 'already-decided');
    }),
  );

  it(
    'ends a cancellation that waits for its approval in the same way',
    onThree(async (bench) => {
      const id = await bench.sendCancellation(DOMAIN);
      await bench.settle(0);
      await removedByOthers(bench, DOMAIN);

      await bench.removals.approve(id, bench.click('bo'));

      await assertGone(bench, id, 'void');
    }),
  );

  it(
    'ends nothing where only one of the answers says so',
    on({}, async (bench) => {
      const id = await bench.send(CLEAR);
      await bench.settle(0);
      await bench.faults([{ method: 'GET', path: '/customers/[^/]+$', status: 403, code: '20002', times: 50 }]);

      const decision = await bench.removals.approve(id, bench.click('bo'));

      assert.equal(decision?.kind === 'refused' && decision.why, 'no-relationship');
      assert.equal((await bench.request(id)).state, 'pending');
    }),
  );

  it(
    'ends nothing by the click of somebody who may not decide',
    on({}, async (bench) => {
      const id = await bench.send(CLEAR);
      await bench.settle(0);
      await removedByOthers(bench, CLEAR);

      for (const person of ['ada', 'dan']) await bench.removals.approve(id, bench.click(person));

      assert.equal((await bench.request(id)).state, 'pending');
    }),
  );

  for (const [kind, domain, approved] of [
    ['removal', CLEAR, (bench: Workbench) => bench.approved(CLEAR)],
    ['cancellation', DOMAIN, (bench: Workbench) => bench.approvedCancellation(DOMAIN)],
  ] as const)
    it(
      `ends an approved ${kind}, before anything is sent`,
      onThree(async (bench) => {
        const id = await approved(bench);
        await removedByOthers(bench, domain);

        await bench.settle(MINUTE_MS);

        await assertGone(bench, id, 'void');
        assert.deepEqual([...(await bench.removalCalls()), ...(await bench.cancelCalls())], []);
      }),
    );

  it(
    'ends an approved removal that waits for a sign-in, when somebody signs in',
    on({}, async (bench) => {
      const id = await bench.approved(CLEAR);
      bench.signedOut.add(asPerson('bo')).add('bot');
      await bench.settle(MINUTE_MS);
      await removedByOthers(bench, CLEAR);

      await bench.removals.carryOut(id, bench.click('cy'));

      await assertGone(bench, id, 'void');
    }),
  );

  it(
    'ends a removal that was refused, when it is read what stands in the way',
    on({}, async (bench) => {
      const id = await bench.approved(CLEAR);
      await bench.faults([onRemoval({ status: 400, code: '900' })]);
      await bench.until(id, 'blocked');
      await removedByOthers(bench, CLEAR);

      await bench.settle(MINUTE_MS);

      await assertGone(bench, id, 'void');
    }),
  );

  for (const [kind, domain, refused] of [
    ['removal', CLEAR, onRemoval({ status: 400, code: '900' })],
    ['cancellation', DOMAIN, onSuspension({ status: 403, code: '900150', times: 3 })],
  ] as const)
    it(
      `ends a ${kind} that was refused, when it is tried again`,
      onThree(async (bench) => {
        const id = await (kind === 'removal' ? bench.send(domain) : bench.sendCancellation(domain));
        await bench.settle(0);
        await bench.faults([refused]);
        await bench.approve(id);
        await bench.until(id, 'blocked');
        await bench.settle(MINUTE_MS);
        await removedByOthers(bench, domain);

        await bench.removals.continueAfterRefusal(id, bench.click('ada'));
        await bench.settle(MINUTE_MS);

        await assertGone(bench, id, 'void');
      }),
    );

  for (const kind of ['removal', 'cancellation'] as const)
    it(
      `ends a ${kind} that is being sent: nobody is asked`,
      onThree(async (bench) => {
        const id = await (kind === 'removal' ? bench.send(CLEAR) : bench.sendCancellation(DOMAIN));
        await removedByOthers(bench, kind === 'removal' ? CLEAR : DOMAIN);

        await bench.settle(MINUTE_MS);

        await assertGone(bench, id, 'abandoned');
        assert.equal((await bench.store.read(`request:${id}`)).rows.has('outbox:bo:approval'), false);
      }),
    );

  it(
    'ends a removal that was planned for another day, on that day',
    on({ most: { removalsPerDay: 1 } }, async (bench) => {
      await bench.until(await bench.send('alpineskihouse'), 'pending');
      const id = await bench.send(CLEAR);
      await bench.settle(MINUTE_MS);
      assert.ok((await bench.request(id)).plannedFor);
      await removedByOthers(bench, CLEAR);

      await bench.settle(DAY_MS);

      await assertGone(bench, id, 'abandoned');
    }),
  );

  it(
    'ends a draft, when it is read what its clearing has come to',
    on({}, async (bench) => {
      const id = await bench.suspend(LICENSED);
      await removedByOthers(bench, LICENSED);

      await bench.settle(HOUR_MS);

      const { state, voided } = await bench.request(id);
      assert.deepEqual([state, voided?.why], ['abandoned', 'gone']);
    }),
  );

  it(
    'can be asked for anew only where they are the partner’s again',
    on({}, async (bench) => {
      const id = await bench.send(CLEAR);
      await removedByOthers(bench, CLEAR);
      await bench.settle(MINUTE_MS);
      await bench.world({ customerId: (await bench.customer(CLEAR)).id, relationship: 'reseller' });

      const next = await bench.send(CLEAR);
      await bench.settle(0);

      assert.notEqual(next, id);
      assert.equal((await bench.request(next)).state, 'pending');
    }),
  );
});
