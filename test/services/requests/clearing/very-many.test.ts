import assert from 'node:assert/strict';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../services/clock.ts';
import { asPerson } from '../../../../services/partner-center/partner-center.ts';
import { undoOf } from '../../../../services/requests/giving-back/giving-back.ts';
import { createOnSignedIn } from '../../../../services/requests/removing/signed-in.ts';
import { on, type Workbench } from '../workbench.ts';

/** Northwind Traders have one licence, and for these tests very many of it: more than one commit has rows. */
const NORTHWIND = 'northwindtraders';
const MANY = 100;
async function withMany(bench: Workbench): Promise<void> {
  const { subscriptions } = bench.stand.world.customer((await bench.customer(NORTHWIND)).id)!.holdings;
  const [first] = subscriptions;
  for (let n = 1; n < MANY; n += 1)
    subscriptions.push({ ...structuredClone(first!), id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` });
}
const subscriptions = async (bench: Workbench) =>
  bench.stand.world.customer((await bench.customer(NORTHWIND)).id)!.holdings.subscriptions;
/** A draft with everything suspended, and dropped. */
const dropped = async (bench: Workbench): Promise<string> => {
  await withMany(bench);
  const id = await bench.suspend(NORTHWIND);
  await bench.settle(MINUTE_MS);
  assert.ok((await bench.steps(id)).every(({ state }) => state === 'done'));
  await bench.removals.withdraw(id, bench.click('ada'));
  return id;
};

describe('of very many subscriptions', () => {
  it(
    'all are gone on with once somebody has signed in',
    on({}, async (bench) => {
      await withMany(bench);
      const id = await bench.suspend(NORTHWIND);
      bench.restart();
      bench.signedOut.add(asPerson('ada'));
      await bench.settle(0);
      assert.ok((await bench.steps(id)).every(({ waitsForSignIn }) => waitsForSignIn === true));

      bench.signedOut.delete(asPerson('ada'));
      const { store, requests, clock } = bench;
      await createOnSignedIn({ store, requests, clock })('ada');

      assert.ok((await bench.steps(id)).every(({ waitsForSignIn }) => waitsForSignIn === undefined));
    }),
  );

  it(
    'all are taken over by the next request, which is opened',
    on({}, async (bench) => {
      const before = await dropped(bench);

      (await subscriptions(bench))[0]!.status = 'active';
      const id = await bench.suspend(NORTHWIND);

      assert.notEqual(id, before);
      await bench.settle(MINUTE_MS);
      const { items } = undoOf({ request: await bench.request(id), steps: await bench.steps(id) });
      assert.equal(items.length, MANY);
    }),
  );

  it(
    'the rest is taken over with the next click, where a crash came after the first of them',
    on({}, async (bench) => {
      await dropped(bench);
      for (const one of (await subscriptions(bench)).slice(0, 2)) one.status = 'active';
      const commit = bench.store.commit.bind(bench.store);
      let commits = 0;
      bench.store.commit = (partition, ...rest) => {
        if (partition.startsWith('request:')) commits += 1;
        return commits > 1 ? Promise.reject(new Error('killed')) : commit(partition, ...rest);
      };
      await assert.rejects(bench.suspend(NORTHWIND), /killed/);
      bench.store.commit = commit;
      bench.restart();

      const draft = await bench.suspend(NORTHWIND);
      await bench.settle(MINUTE_MS);

      const { items } = undoOf({ request: await bench.request(draft), steps: await bench.steps(draft) });
      assert.equal(items.length, MANY);
    }),
  );

  it(
    'those that are active again by somebody else’s doing are on the list no longer',
    on({}, async (bench) => {
      const id = await dropped(bench);
      for (const one of await subscriptions(bench)) one.status = 'active';

      bench.advance(DAY_MS + HOUR_MS);
      for (let steps = 0; steps < 50 && (await bench.step()); steps += 1);

      const { items } = undoOf({ request: await bench.request(id), steps: await bench.steps(id) });
      assert.equal(items.length, 0);
      assert.equal((await bench.store.read(`request:${id}`)).rows.has('undo'), false);
    }),
  );
});
