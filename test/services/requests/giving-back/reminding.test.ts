import assert from 'node:assert/strict';
import { asPerson } from '../../../../services/partner-center/partner-center.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../services/clock.ts';
import { undoOf } from '../../../../services/requests/giving-back/giving-back.ts';
import { on, personOf, type Workbench, type WorkbenchOptions } from '../workbench.ts';

const DOMAIN = 'contosobakery';
/** A draft with everything suspended, and dropped. */
const dropped = async (bench: Workbench, domain = DOMAIN): Promise<string> => {
  const id = await bench.suspend(domain);
  await bench.settle(MINUTE_MS);
  await bench.removals.withdraw(id, bench.click('ada'));
  return id;
};
/** Who was reminded by which slot so far; what waits is taken as sent. */
const reminders = async (bench: Workbench, id: string): Promise<readonly string[]> => {
  const partition = `request:${id}`;
  const { version, rows } = await bench.store.read(partition);
  const waiting = [...rows].filter(([key]) => key.startsWith('outbox:'));
  const said = waiting
    .map(([, { value }]) => value as { recipient: string; slot: string; mode: string; headline?: string })
    .filter(({ mode, headline }) => mode === 'new' && headline === 'still-suspended')
    .map(({ recipient, slot }) => `${recipient}: ${slot}`);
  if (waiting.length > 0)
    await bench.store.commit(
      partition,
      version,
      waiting.map(([key]) => ({ key, remove: true })),
    );
  return said;
};
/** Days pass, an hour at a time at most. @returns who was reminded in them, with the day. */
const live = async (bench: Workbench, id: string, days: number): Promise<readonly string[]> => {
  const start = bench.clock().getTime();
  const told: string[] = [];
  while (bench.clock().getTime() < start + days * DAY_MS) {
    bench.advance(6 * HOUR_MS);
    for (let steps = 0; steps < 50 && (await bench.step()); steps++);
    const day = Math.floor((bench.clock().getTime() - start) / DAY_MS);
    told.push(...(await reminders(bench, id)).map((who) => `day ${day}, ${who}`));
  }
  return told;
};
const hasClock = async (bench: Workbench, id: string): Promise<boolean> =>
  (await bench.store.read(`request:${id}`)).rows.has('undo');
const set = async (bench: Workbench, status: string, at = 0): Promise<void> => {
  const { id: customerId } = await bench.customer(DOMAIN);
  const subscription = bench.stand.world.customer(customerId)!.holdings.subscriptions[at]!;
  await bench.world({ customerId, setSubscription: { id: subscription.id, status } });
};
const withBoss: WorkbenchOptions = { escalateTo: 'boss' };

describe('what is suspended with no open request', () => {
  it(
    'is told to its requester after a day, a week, 60 and 80 days, and then to whoever is named for it, once',
    on(withBoss, async (bench) => {
      const id = await dropped(bench);

      assert.deepEqual(await live(bench, id, 100), [
        ...[1, 7, 60, 80].map((day) => `day ${day}, ada: clearing`),
        'day 81, boss: undo',
      ]);
      assert.equal(await hasClock(bench, id), false);
      const said = (await bench.audit(id)).filter(({ action }) => action === 'undo.reminded');
      assert.deepEqual(
        said.map(({ detail }) => detail?.['to']),
        ['ada', 'ada', 'ada', 'ada', 'boss'],
      );
    }),
  );

  it(
    'is told to nobody else where nobody is named for it',
    on({}, async (bench) => {
      const id = await dropped(bench);

      assert.deepEqual((await live(bench, id, 100)).length, 4);
      assert.equal(await hasClock(bench, id), false);
    }),
  );

  it(
    'is told at once to whoever is named for it, where its requester may no longer do anything',
    on(withBoss, async (bench) => {
      const id = await dropped(bench);
      bench.lists.requesters.splice(0, bench.lists.requesters.length, 'dan');

      assert.deepEqual(await live(bench, id, 8), ['day 1, boss: undo', 'day 7, boss: undo']);
    }),
  );

  it(
    'is told of sooner or later as the operator’s settings say',
    on({ policy: { undo: { remindAfterMs: [HOUR_MS], escalateAfterMs: 2 * DAY_MS } }, ...withBoss }, async (bench) => {
      const id = await dropped(bench);

      assert.deepEqual(await live(bench, id, 5), ['day 0, ada: clearing', 'day 2, boss: undo']);
    }),
  );

  it(
    'of a draft that its clock ended is told of too',
    on({}, async (bench) => {
      const id = await bench.suspend(DOMAIN);
      await bench.settle(MINUTE_MS);

      const told = await live(bench, id, 3);

      assert.equal((await bench.request(id)).state, 'abandoned');
      assert.deepEqual(told, ['day 2, ada: clearing']);
    }),
  );

  it(
    'is told of on the card of the request, where there was one',
    on({}, async (bench) => {
      const id = await bench.suspend(DOMAIN);
      await bench.settle(MINUTE_MS);
      await bench.send(DOMAIN);
      await bench.settle(MINUTE_MS);
      await bench.removals.decline(id, { ...bench.click('bo'), reason: 'Not before the audit.' });

      assert.deepEqual(await live(bench, id, 2), ['day 1, ada: request']);
    }),
  );

  it(
    'is told of once after a time without the bot, and the missed ones are left out',
    on(withBoss, async (bench) => {
      const id = await dropped(bench);
      bench.advance(62 * DAY_MS);

      const told = await live(bench, id, 20);

      assert.deepEqual(told, ['day 0, ada: clearing', 'day 18, ada: clearing', 'day 19, boss: undo']);
    }),
  );

  it(
    'is told of no more when all of it was given back',
    on({}, async (bench) => {
      const id = await dropped(bench);
      const holdingIds = undoOf(await bench.record(id)).items.map(({ holdingId }) => holdingId);
      await bench.removals.giveBack(id, { ...bench.click('ada'), holdingIds });
      await bench.settle(MINUTE_MS);

      assert.deepEqual(await live(bench, id, 10), []);
      assert.equal(await hasClock(bench, id), false);
    }),
  );

  it(
    'is told of no more when somebody has made all of it active elsewhere, which is on the record',
    on({}, async (bench) => {
      const id = await dropped(bench);
      await set(bench, 'active', 0);
      await set(bench, 'active', 1);

      assert.deepEqual(await live(bench, id, 10), []);

      assert.equal(await hasClock(bench, id), false);
      const steps = await bench.steps(id);
      assert.ok(
        steps.every(({ action, state, wasSoBefore }) => action === 'reactivate' && state === 'done' && wasSoBefore),
      );
      const said = (await bench.audit(id)).filter(({ detail }) => detail?.['why'] === 'active-already');
      assert.equal(said.length, 2);
    }),
  );

  it(
    'is told of without what is deleted by now',
    on({}, async (bench) => {
      const id = await dropped(bench);
      await set(bench, 'deleted');

      assert.equal((await live(bench, id, 2)).length, 1);

      assert.equal(undoOf(await bench.record(id)).items.length, 1);
    }),
  );

  it(
    'is told of no more when the relationship has been removed elsewhere',
    on({}, async (bench) => {
      const id = await dropped(bench);
      bench.stand.world.customer((await bench.customer(DOMAIN)).id)!.relationship = 'none';

      assert.deepEqual(await live(bench, id, 10), []);
      assert.equal(await hasClock(bench, id), false);
    }),
  );

  it(
    'is told of where it cannot be read, and the card says so until it can',
    on({}, async (bench) => {
      const id = await dropped(bench);
      await bench.faults([{ method: 'GET', path: '/subscriptions/', times: 10_000, status: 503 }]);

      assert.equal((await live(bench, id, 2)).length, 1);
      const unread = (await bench.request(id)).undo?.unreadAt;
      await bench.faults([]);
      assert.equal((await live(bench, id, 6)).length, 1);

      assert.ok(unread !== undefined);
      assert.equal((await bench.request(id)).undo?.unreadAt, undefined);
      assert.equal(undoOf(await bench.record(id)).items.length, 2);
    }),
  );

  it(
    'is read in the bot’s own name where the requester is not signed in',
    on({}, async (bench) => {
      const id = await dropped(bench);
      bench.signedOut.add(asPerson('ada'));

      assert.equal((await live(bench, id, 2)).length, 1);
      assert.equal((await bench.request(id)).undo?.unreadAt, undefined);
    }),
  );

  it(
    'is told of by the newest request only',
    on({}, async (bench) => {
      const id = await dropped(bench);
      await bench.people.learn(personOf('bo'));
      const newer = await bench.send(DOMAIN);
      await bench.settle(MINUTE_MS);
      await bench.removals.withdraw(newer, bench.click('ada'));

      const [older, told] = [await live(bench, id, 2), await reminders(bench, newer)];

      assert.deepEqual([older, told], [[], ['ada: request']]);
    }),
  );

  it(
    'is told to nobody while somebody is about to begin with the customer',
    on({}, async (bench) => {
      const id = await dropped(bench);
      const { id: customerId } = await bench.customer(DOMAIN);
      bench.advance(DAY_MS);
      const { version } = await bench.store.read(`customer:${customerId}`);
      const value = { requestId: 'unborn', requester: 'dan', at: bench.clock().toISOString(), previous: id };
      await bench.store.commit(`customer:${customerId}`, version, [{ key: 'claim', row: { value } }]);
      for (let steps = 0; steps < 20; steps++) await bench.step();

      assert.deepEqual(await reminders(bench, id), []);
      assert.deepEqual(await live(bench, id, 2), ['day 1, ada: clearing']);
    }),
  );
});
