import assert from 'node:assert/strict';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../services/clock.ts';
import { asPerson } from '../../../../services/partner-center/partner-center.ts';
import { waitsForPerson } from '../../../../services/requests/removing/carrying-out.ts';
import type { StateName } from '../../../../services/requests/life.ts';
import { assertOnceEach, onThree, PLANNER, subscription, told, VISIO, DOMAIN } from './cancelling-on.ts';
import { Crash, on, onSuspension, type Workbench } from '../workbench.ts';

const BO = asPerson('bo');
/** As Partner Center says that a sign-in has no multifactor authentication. */
const NO_MFA = { status: 401, code: '900421', description: 'The token does not carry the MFA claim.' };

/** Approved, and all of it begun; nothing has been sent. */
async function begun(bench: Workbench): Promise<string> {
  const id = await bench.approvedCancellation(DOMAIN);
  while ((await bench.request(id)).state !== 'executing') assert.ok(await bench.step());
  assert.deepEqual(await bench.cancelCalls(), []);
  return id;
}

/** The process that got the click is gone, and what Bo gave it with it. */
function forgetBo(bench: Workbench, { bot = false } = {}): void {
  bench.restart();
  bench.signedOut.add(BO);
  if (!bot) bench.signedOut.add('bot');
}

async function assertWaits(bench: Workbench, id: string, state: StateName): Promise<void> {
  const { request } = await bench.record(id);
  assert.deepEqual([request.state, waitsForPerson(request)], [state, 'sign-in'], JSON.stringify(await told(bench, id)));
  assert.ok(request.waitingFor?.nextLookAt !== undefined);
  const { rows } = await bench.store.read(`request:${id}`);
  assert.ok(rows.get('run')?.dueAt !== undefined, 'nobody looks again');
}

describe('a cancellation of which nobody can act in the executing person’s name', () => {
  for (const person of ['bo', 'cy', 'bo-admin'])
    for (const hasBot of [true, false])
      it(
        `(${hasBot ? 'the bot can look' : 'nobody can look'}) waits for a sign-in, and goes on after ${person} has signed in`,
        onThree(async (bench) => {
          const id = await begun(bench);
          forgetBo(bench, { bot: hasBot });

          await bench.settle(20 * MINUTE_MS);
          await assertWaits(bench, id, 'executing');
          assert.deepEqual(await bench.cancelCalls(), []);

          if (person === 'bo') bench.signedOut.delete(BO);
          const decision = await bench.removals.carryOut(id, bench.click(person));
          assert.equal(decision?.kind, 'changed');
          await bench.until(id, 'done');

          await assertOnceEach(bench, id, 3);
          assert.ok((await bench.cancelCalls()).every(({ caller }) => caller === person));
          const intents = (await bench.audit(id)).filter(({ action }) => action === 'step.intent');
          assert.deepEqual([...new Set(intents.map(({ actor }) => actor))], [`person:${person}`]);
        }),
      );

  it(
    'tells whoever is waited for by a message, and shows everybody else who may do it a card',
    onThree(async (bench) => {
      const id = await begun(bench);
      forgetBo(bench);

      await bench.settle(20 * MINUTE_MS);

      const { rows } = await bench.store.read(`request:${id}`);
      const wishes = [...rows].filter(([key]) => key.startsWith('outbox:')).map(([, { value }]) => value);
      const of = (who: string) => wishes.find((value) => (value as { recipient: string }).recipient === who) as object;
      assert.deepEqual(
        { ...of('bo'), n: 0, since: '' },
        {
          ...{ recipient: 'bo', slot: 'approval', mode: 'new', headline: 'sign-in', n: 0, tries: 0, since: '' },
        },
      );
      for (const other of ['cy', 'bo-admin'])
        assert.equal((of(other) as { headline?: string }).headline, 'sign-in', other);
    }),
  );

  it(
    'goes on by itself where the sign-in is there again',
    onThree(async (bench) => {
      const id = await begun(bench);
      forgetBo(bench);
      await bench.settle(MINUTE_MS);

      bench.signedOut.clear();
      await bench.until(id, 'done');

      await assertOnceEach(bench, id, 3);
    }),
  );

  for (const moment of ['before', 'after'] as const)
    for (const hasBot of [true, false])
      it(
        `(ended ${moment} the second call, ${hasBot ? 'the bot can look' : 'nobody can look'}) cancels each once when somebody else goes on`,
        onThree(async (bench) => {
          const id = await begun(bench);
          let calls = 0;
          bench.aroundChange = (at) => {
            if (at === moment && ++calls === 2) throw new Crash();
          };
          await assert.rejects(bench.settle(MINUTE_MS), Crash);
          forgetBo(bench, { bot: hasBot });

          await bench.settle(20 * MINUTE_MS);
          assert.equal(waitsForPerson(await bench.request(id)), 'sign-in');

          await bench.removals.carryOut(id, bench.click('cy'));
          await bench.until(id, 'done');

          await assertOnceEach(bench, id, 3);
        }),
      );

  it(
    'whose outcome is unknown is not called undone while it waits: it is sent again under the same id after a sign-in',
    onThree(async (bench) => {
      const id = await bench.sendCancellation(DOMAIN, [VISIO]);
      await bench.settle(0);
      await bench.faults([onSuspension({ status: 500 })]);
      await bench.approve(id);
      await bench.until(id, 'unknown');
      forgetBo(bench, { bot: true });

      await bench.settle(20 * MINUTE_MS);
      await assertWaits(bench, id, 'unknown');
      assert.equal((await bench.cancelCalls()).length, 1);

      await bench.removals.carryOut(id, bench.click('cy'));
      await bench.until(id, 'done');

      const calls = await bench.cancelCalls();
      assert.deepEqual(
        calls.map(({ caller }) => caller),
        ['bo', 'cy'],
      );
      assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 1);
    }),
  );

  it(
    'runs out with its approval: nothing was sent, and nothing is',
    onThree(async (bench) => {
      const id = await begun(bench);
      forgetBo(bench);

      await bench.until(id, 'expired', 3 * HOUR_MS);

      assert.deepEqual(await bench.cancelCalls(), []);
      assert.deepEqual(
        (await bench.steps(id)).map(({ endedFor }) => endedFor),
        ['too-late', 'too-late', 'too-late'],
      );
    }),
  );

  it(
    'that was accepted is followed to its end by the bot, which needs nobody for it',
    on({ switches: { orderCancelDelayMs: 10 * MINUTE_MS } }, async (bench) => {
      const id = await bench.approvedCancellation('lamnahealthcare');
      while ((await bench.cancelCalls()).length === 0) assert.ok(await bench.step());
      forgetBo(bench, { bot: true });

      await bench.until(id, 'done');

      assert.equal((await bench.cancelCalls()).length, 1);
    }),
  );
});

describe('a sign-in that Partner Center does not accept at a call that cancels', () => {
  for (const [what, fault] of [
    ['401/900421', NO_MFA],
    ['401', { status: 401 }],
  ] as const)
    it(
      `(${what}) is waited for: nothing was carried out, and nothing is tried with it again`,
      onThree(async (bench) => {
        const id = await bench.sendCancellation(DOMAIN);
        await bench.settle(0);
        await bench.faults([onSuspension({ ...fault, times: 50 })]);
        await bench.approve(id);

        await bench.settle(20 * MINUTE_MS);
        await assertWaits(bench, id, 'executing');
        const before = await bench.cancelCalls();
        assert.ok(before.length >= 1 && before.length <= 3);

        await bench.faults([]);
        const decision = await bench.removals.carryOut(id, bench.click('cy'));
        assert.equal(decision?.kind, 'changed');
        await bench.until(id, 'done');
        const calls = await bench.cancelCalls();
        assert.equal(calls.filter(({ status }) => status === 200).length, 3);
        assert.ok(calls.slice(before.length).every(({ caller }) => caller === 'cy'));
        assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 3);
      }),
    );

  it(
    'for one of them leaves the others as they are, and the rest is cancelled after the sign-in',
    onThree(async (bench) => {
      const id = await bench.sendCancellation(DOMAIN);
      await bench.settle(0);
      const { id: visio } = await subscription(bench, VISIO);
      await bench.faults([onSuspension({ ...NO_MFA, path: `/subscriptions/${visio}$` })]);
      await bench.approve(id);

      await bench.settle(20 * MINUTE_MS);
      await assertWaits(bench, id, 'executing');
      assert.equal((await bench.request(id)).waitingFor?.refused?.code, '900421');

      await bench.removals.carryOut(id, bench.click('bo'));
      await bench.until(id, 'done');
      const calls = await bench.cancelCalls();
      assert.equal(calls.filter(({ status }) => status === 200).length, 3);
      assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 3);
      assert.equal((await subscription(bench, PLANNER)).status, 'deleted');
    }),
  );

  it(
    'at reading one of them is waited for, too',
    onThree(async (bench) => {
      const id = await begun(bench);
      const { id: visio } = await subscription(bench, VISIO);
      await bench.faults([{ method: 'GET', path: `/subscriptions/${visio}$`, times: 1, ...NO_MFA }]);

      await bench.settle(20 * MINUTE_MS);
      await assertWaits(bench, id, 'executing');

      await bench.removals.carryOut(id, bench.click('cy'));
      await bench.until(id, 'done');
      await assertOnceEach(bench, id, 3);
    }),
  );

  it(
    'at a call that is sent again says nothing about the first: it keeps its id',
    onThree(async (bench) => {
      const id = await bench.sendCancellation(DOMAIN, [VISIO]);
      await bench.settle(0);
      await bench.faults([onSuspension({ status: 500 }), onSuspension(NO_MFA)]);
      await bench.approve(id);

      await bench.settle(20 * MINUTE_MS);
      assert.equal(waitsForPerson(await bench.request(id)), 'sign-in');

      await bench.removals.carryOut(id, bench.click('cy'));
      await bench.until(id, 'done');
      const calls = await bench.cancelCalls();
      assert.deepEqual(
        calls.map(({ status, caller }) => [status, caller]),
        [
          [500, 'bo'],
          [401, 'bo'],
          [200, 'cy'],
        ],
      );
      assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 1);
    }),
  );

  it(
    'at looking for what got no answer is waited for, and not looked with again',
    onThree(async (bench) => {
      const id = await bench.sendCancellation(DOMAIN, [VISIO]);
      await bench.settle(0);
      await bench.faults([onSuspension({ status: 500 })]);
      await bench.approve(id);
      await bench.until(id, 'unknown');
      bench.signedOut.add('bot');
      await bench.faults([{ method: 'GET', path: '/subscriptions/[^/]+$', times: 1, ...NO_MFA }]);

      await bench.settle(30 * SECOND_MS);
      await assertWaits(bench, id, 'unknown');

      await bench.removals.carryOut(id, bench.click('bo'));
      await bench.until(id, 'done');
      await assertOnceEach(bench, id, 1);
    }),
  );
});
