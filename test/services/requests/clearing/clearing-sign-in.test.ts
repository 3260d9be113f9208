import assert from 'node:assert/strict';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../services/clock.ts';
import { asPerson } from '../../../../services/partner-center/partner-center.ts';
import { undoOf } from '../../../../services/requests/giving-back/giving-back.ts';
import { createOnSignedIn } from '../../../../services/requests/removing/signed-in.ts';
import { Crash, on, onSuspension, SUSPENSION_PATH, type Workbench } from '../workbench.ts';

const ADA = asPerson('ada');
/** Northwind Traders have one licence, and nothing else. */
const ONE = 'northwindtraders';
const states = async (bench: Workbench, id: string) => (await bench.steps(id)).map(({ state }) => state);
const holdings = async (bench: Workbench) =>
  bench.stand.world.customer((await bench.customer(ONE)).id)!.holdings.subscriptions.map(({ status }) => status);
const ids = async (bench: Workbench) => [...new Set((await bench.suspensionCalls()).map(({ requestId }) => requestId))];
const askedToSignIn = async (bench: Workbench, id: string): Promise<boolean> =>
  (await bench.outbox(id)).some(({ headline }) => headline === 'sign-in');

/** The process that got the click is gone, and what Ada gave it with it. */
function forgetAda(bench: Workbench, { bot }: { readonly bot: boolean }): void {
  bench.restart();
  bench.signedOut.add(ADA);
  if (!bot) bench.signedOut.add('bot');
}
async function signsIn(bench: Workbench, person = 'ada'): Promise<void> {
  bench.signedOut.delete(asPerson(person));
  const { store, requests, clock } = bench;
  await createOnSignedIn({ store, requests, clock })(person);
}
/** Suspends, and ends the process around the call. */
async function killed(bench: Workbench, moment: 'asked' | 'before' | 'after'): Promise<string> {
  const id = await bench.suspend(ONE);
  if (moment === 'asked') return id;
  bench.aroundChange = (now) => {
    if (now === moment) throw new Crash();
  };
  await assert.rejects(bench.step(), Crash);
  return id;
}

describe('a suspension of which nobody can act in the name of whoever confirmed it', () => {
  for (const bot of [true, false])
    for (const moment of ['asked', 'before', 'after'] as const)
      it(
        `(${moment}, ${bot ? 'the bot can look' : 'nobody can look'}) waits for their sign-in, and is made once`,
        on({}, async (bench) => {
          const id = await killed(bench, moment);
          const [before] = await bench.steps(id);
          const { length } = await bench.log();
          forgetAda(bench, { bot });

          await bench.settle(HOUR_MS);

          const late = (await bench.log()).slice(length);
          const isSeen = bot && moment === 'after';
          assert.ok(
            late.every(({ method, caller }) => method === 'GET' && caller === 'app-only'),
            'it called for Ada',
          );
          assert.deepEqual(await states(bench, id), [isSeen ? 'done' : moment === 'asked' ? 'asked' : 'sent']);
          assert.equal(await askedToSignIn(bench, id), !isSeen);
          assert.ok((await bench.request(id)).state === 'draft');

          await signsIn(bench);
          await bench.settle(0);
          await bench.settle(MINUTE_MS);

          assert.deepEqual(await states(bench, id), ['done']);
          assert.deepEqual([(await bench.suspensionCalls()).length, await ids(bench)], [1, [before!.requestId]]);
          assert.ok((await bench.suspensionCalls()).every(({ caller }) => caller === 'ada'));
        }),
      );

  it(
    'that was sent without an answer is sent again under the same id after their sign-in',
    on({}, async (bench) => {
      await bench.faults([onSuspension({ kind: 'reset' })]);
      const id = await killed(bench, 'after');
      forgetAda(bench, { bot: true });
      await bench.settle(HOUR_MS);
      assert.deepEqual(await states(bench, id), ['sent']);

      await signsIn(bench);
      await bench.settle(MINUTE_MS);

      assert.deepEqual(await states(bench, id), ['done']);
      assert.deepEqual([(await bench.suspensionCalls()).length, (await ids(bench)).length], [2, 1]);
    }),
  );

  it(
    'goes on by itself in a few minutes where nobody is told of the sign-in',
    on({}, async (bench) => {
      const id = await killed(bench, 'asked');
      forgetAda(bench, { bot: false });
      await bench.settle(HOUR_MS);
      bench.signedOut.clear();

      await bench.settle(5 * MINUTE_MS);

      assert.deepEqual(await states(bench, id), ['done']);
    }),
  );

  it(
    'does not go on since somebody else has signed in',
    on({}, async (bench) => {
      const id = await killed(bench, 'asked');
      forgetAda(bench, { bot: true });
      await bench.settle(MINUTE_MS);

      await signsIn(bench, 'bo');
      await bench.settle(HOUR_MS);

      assert.deepEqual(await states(bench, id), ['asked']);
      assert.deepEqual(await bench.suspensionCalls(), []);
    }),
  );

  it(
    'ends after a day, and what may have been carried out is on the list of what can be given back',
    on({ policy: { draftTtlMs: 3 * DAY_MS } }, async (bench) => {
      const id = await killed(bench, 'after');
      forgetAda(bench, { bot: false });

      await bench.settle(DAY_MS + HOUR_MS);

      assert.deepEqual(await states(bench, id), ['failed']);
      assert.equal(undoOf(await bench.record(id)).items.length, 1);
    }),
  );

  it(
    'that the bot may not read is not given up before the person could',
    on({}, async (bench) => {
      const id = await killed(bench, 'after');
      forgetAda(bench, { bot: true });
      await bench.faults([{ method: 'GET', path: SUSPENSION_PATH, status: 403, code: '2032' }]);
      await bench.settle(HOUR_MS);
      assert.deepEqual(await states(bench, id), ['sent']);
      await bench.faults([]);

      await signsIn(bench);
      await bench.settle(MINUTE_MS);

      assert.deepEqual(await states(bench, id), ['done']);
    }),
  );
});

describe('what is given back, and nobody can act in its requester’s name', () => {
  it(
    'waits for their sign-in, and is made once, however the request has ended',
    on({}, async (bench) => {
      const id = await bench.suspend(ONE);
      await bench.settle(MINUTE_MS);
      await bench.removals.withdraw(id, bench.click('ada'));
      const holdingIds = undoOf(await bench.record(id)).items.map(({ holdingId }) => holdingId);
      await bench.removals.giveBack(id, { ...bench.click('ada'), holdingIds });
      forgetAda(bench, { bot: true });

      await bench.settle(HOUR_MS);
      const { waitsForSignIn, isUnderWay } = undoOf(await bench.record(id));
      assert.deepEqual([waitsForSignIn, isUnderWay, await askedToSignIn(bench, id)], [true, true, true]);
      assert.deepEqual(await holdings(bench), ['suspended']);

      await signsIn(bench);
      await bench.settle(MINUTE_MS);

      assert.deepEqual(await holdings(bench), ['active']);
      assert.equal((await bench.suspensionCalls()).length, 2);
      assert.equal(undoOf(await bench.record(id)).waitsForSignIn, undefined);
    }),
  );

  it(
    'is on the list again after a day without one',
    on({}, async (bench) => {
      const id = await bench.suspend(ONE);
      await bench.settle(MINUTE_MS);
      await bench.removals.withdraw(id, bench.click('ada'));
      const holdingIds = undoOf(await bench.record(id)).items.map(({ holdingId }) => holdingId);
      await bench.removals.giveBack(id, { ...bench.click('ada'), holdingIds });
      forgetAda(bench, { bot: true });

      await bench.settle(DAY_MS + HOUR_MS);

      const { items } = undoOf(await bench.record(id));
      assert.deepEqual(
        items.map(({ failed }) => failed?.endedFor),
        ['no-sign-in'],
      );
      assert.deepEqual(await holdings(bench), ['suspended']);
    }),
  );
});
