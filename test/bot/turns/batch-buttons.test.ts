import assert from 'node:assert/strict';
import { createBatchButtons } from '../../../bot/turns/batch-buttons.ts';
import type { ButtonAnswer } from '../../../bot/turns/button-answer.ts';
import { textsFor } from '../../../cards/texts/texts.ts';
import { createBatchScreen } from '../../../dialogs/batch-screen.ts';
import { MINUTE_MS } from '../../../services/clock.ts';
import { createNonces } from '../../../services/requests/nonces.ts';
import { outboxKey, requestPartition } from '../../../services/requests/change.ts';
import { on, personOf, type Workbench } from '../../services/requests/workbench.ts';

const texts = textsFor('en');
const REFUSED = texts.say('request.refused-not-yours');

/** Presses *Show* of a request on the card that lists what somebody is asked to decide. */
async function opens(bench: Workbench, requestId: string, who: string): Promise<ButtonAnswer> {
  const { batches, removals, roles, clock } = bench;
  const nonces = createNonces(new Uint8Array(32).fill(5), clock);
  const readiness = { readiness: () => assert.fail('no list of an approver is read anew') };
  const press = createBatchButtons({
    ...{ batches, removals, roles, nonces, clock },
    screen: createBatchScreen({ batches, readiness, removals, nonces, isSandbox: false }),
    refusals: { note: () => Promise.resolve() },
    sleep: () => Promise.resolve(),
  });
  return press({ verb: 'list.open', data: { requestId, nonce: 'nonce' } }, personOf(who), texts);
}

/** The card of an approver that waits to be shown. */
async function waiting(bench: Workbench, requestId: string, who: string): Promise<unknown> {
  const { rows } = await bench.store.read(requestPartition(requestId));
  return rows.get(outboxKey(who, 'approval'))?.value;
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
