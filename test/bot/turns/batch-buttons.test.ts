import assert from 'node:assert/strict';
import { createBatchButtons } from '../../../bot/turns/batch-buttons.ts';
import type { ButtonAnswer } from '../../../bot/turns/button-answer.ts';
import { textsFor } from '../../../cards/texts/texts.ts';
import { createBatchScreen } from '../../../dialogs/batch-screen.ts';
import { readCustomerList } from '../../../services/batches/customer-list.ts';
import { HOUR_MS, MINUTE_MS } from '../../../services/clock.ts';
import { createNonces } from '../../../services/requests/nonces.ts';
import { OUTBOX_KEY, outboxKey, requestPartition } from '../../../services/requests/change.ts';
import { undoOf } from '../../../services/requests/giving-back/giving-back.ts';
import { on, personOf, type Workbench } from '../../services/requests/workbench.ts';

const texts = textsFor('en');
const REFUSED = texts.say('request.refused-not-yours');

/** Presses *Show* of a request: on the card that lists what somebody is asked to decide, or on that of their own batch. */
async function opens(
  bench: Workbench,
  requestId: string,
  who: string,
  verb: 'list.open' | 'batch.open' = 'list.open',
): Promise<ButtonAnswer> {
  const { batches, removals, roles, clock } = bench;
  const nonces = createNonces(new Uint8Array(32).fill(5), clock);
  const readiness = { readiness: () => assert.fail('no list of an approver is read anew') };
  const press = createBatchButtons({
    ...{ batches, removals, roles, nonces, clock },
    screen: createBatchScreen({ batches, readiness, removals, nonces, isSandbox: false }),
    refusals: { note: () => Promise.resolve() },
    sleep: () => Promise.resolve(),
  });
  return press({ verb, data: { requestId, nonce: 'nonce' } }, personOf(who), texts);
}

/** The card of an approver that waits to be shown. */
async function waiting(bench: Workbench, requestId: string, who: string): Promise<unknown> {
  const { rows } = await bench.store.read(requestPartition(requestId));
  return rows.get(outboxKey(who, 'approval'))?.value;
}

/** All cards of a request that wait are shown now. @returns their keys. */
async function allShown(bench: Workbench, requestId: string): Promise<readonly string[]> {
  const { rows, version } = await bench.store.read(requestPartition(requestId));
  const keys = [...rows.keys()].filter((key) => key.startsWith(OUTBOX_KEY));
  const removed = keys.map((key) => ({ key, remove: true }) as const);
  await bench.store.commit(requestPartition(requestId), version, removed);
  return keys;
}

describe('the button that opens a request from an approver’s list', () => {
  it(
    'opens none before its approvers are asked: nobody would keep their card up to date',
    on({ most: { removalsPerDay: 1 } }, async (bench) => {
      const first = await bench.send('fabrikambikes');
      await bench.until(first, 'pending');
      const planned = await bench.send('alpineskihouse');
      await bench.settle(MINUTE_MS);
      assert.deepEqual(
        (await bench.request(planned)).approvers.map(({ id }) => id),
        ['bo'],
      );

      const early = await opens(bench, planned, 'bo');
      await bench.removals.withdraw(planned, bench.click('ada'));
      const late = await opens(bench, planned, 'bo');

      assert.deepEqual([early, late], [{ sentence: REFUSED }, { sentence: REFUSED }]);
      assert.equal((await bench.request(planned)).state, 'abandoned');
      assert.equal(await waiting(bench, planned, 'bo'), undefined);
    }),
  );

  it(
    'opens it for who is asked, and for nobody else',
    on({}, async (bench) => {
      const id = await bench.send('fabrikambikes');
      await bench.until(id, 'pending');

      const asked = await opens(bench, id, 'bo');
      const others = [await opens(bench, id, 'ada'), await opens(bench, id, 'cy'), await opens(bench, id, 'dan')];

      assert.deepEqual(asked, { sentence: texts.say('batch.opened') });
      assert.equal(((await waiting(bench, id, 'bo')) as { headline: string }).headline, 'opened');
      assert.deepEqual(
        others,
        Array.from(others, () => ({ sentence: REFUSED })),
      );
      for (const who of ['ada', 'cy', 'dan']) assert.equal(await waiting(bench, id, who), undefined, who);
    }),
  );
});

describe('the button that opens a request from its requester’s batch', () => {
  it(
    'opens the card that is kept up to date while what a dropped draft has suspended is given back',
    on({}, async (bench) => {
      await bench.people.learn(personOf('ada'));
      const list = readCustomerList('contosobakery.onmicrosoft.com');
      const { batch } = await bench.batches.begin(personOf('ada'), list);
      await bench.settle(MINUTE_MS);
      await bench.batches.clear(batch.id, { person: personOf('ada'), isCurrent: () => true }, () => true);
      await bench.settle(bench.policy.draftTtlMs + HOUR_MS);
      const [id = ''] = [...(await bench.batches.requestsOf((await bench.batches.find(batch.id))!)).keys()];
      const dropped = await bench.record(id);
      assert.deepEqual([dropped.request.state, dropped.request.form], ['abandoned', undefined]);
      await allShown(bench, id);

      await opens(bench, id, 'ada', 'batch.open');
      const opened = await allShown(bench, id);
      const holdingIds = undoOf(dropped).items.map(({ holdingId }) => holdingId);
      await bench.removals.giveBack(id, { ...bench.click('ada'), holdingIds });
      await bench.settle(5 * MINUTE_MS);

      assert.deepEqual(undoOf(await bench.record(id)).items, []);
      assert.deepEqual(await allShown(bench, id), opened);
    }),
  );
});
