import assert from 'node:assert/strict';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../services/clock.ts';
import { asPerson } from '../../../../services/partner-center/partner-center.ts';
import { endWhatIsFromTheFuture, endWhatWaitsFromTheFuture } from '../../../../services/requests/removing/set-back.ts';
import { DOMAIN, onThree, VISIO } from '../cancelling/cancelling-on.ts';
import { on, onRemoval, onSuspension, type Workbench } from '../workbench.ts';

const CLEAR = 'fabrikambikes';

/** The clock is ahead when it is approved, and right again when the next process begins. */
const setBack = async (bench: Workbench, ms: number): Promise<void> => {
  bench.advance(-ms);
  bench.restart();
  const { store, requests, policy } = bench;
  await endWhatIsFromTheFuture({ store, requests, policy });
  await endWhatWaitsFromTheFuture({ store, requests, policy });
};

describe('what was approved at a time that has not come yet', () => {
  const waits: readonly [name: string, test: (bench: Workbench) => Promise<string>, asRequester?: true][] = [
    [
      'and waits for a sign-in',
      async (bench) => {
        const id = await bench.approved(CLEAR);
        bench.signedOut.add(asPerson('bo'));
        await bench.settle(0);
        return id;
      },
    ],
    ['and waits for *Remove now*', (bench) => bench.approved(CLEAR), true],
    [
      'and was refused',
      async (bench) => {
        const id = await bench.approved(CLEAR);
        await bench.faults([onRemoval({ status: 400, code: '900100' })]);
        await bench.until(id, 'blocked');
        await bench.settle(0);
        return id;
      },
    ],
    [
      'and was turned away',
      async (bench) => {
        const id = await bench.approved(CLEAR);
        await bench.faults([onRemoval({ status: 429, headers: { 'Retry-After': '57' } })]);
        await bench.step();
        return id;
      },
    ],
  ];
  for (const [name, reach, asRequester] of waits)
    it(
      `${name} expires at the next start, and is never carried out`,
      on(asRequester ? { policy: { executeAs: 'requester' } } : {}, async (bench) => {
        bench.advance(DAY_MS);
        const id = await reach(bench);
        const before = (await bench.removalCalls()).length;

        await setBack(bench, DAY_MS);
        await bench.settle(MINUTE_MS);
        const soon = (await bench.request(id)).state;
        bench.signedOut.clear();
        await bench.settle(2 * DAY_MS);

        assert.equal(soon, 'expired');
        assert.equal((await bench.removalCalls()).length, before);
      }),
    );

  it(
    'is cancelled no more, where that was turned away',
    onThree(async (bench) => {
      bench.advance(HOUR_MS);
      const id = await bench.approvedCancellation(DOMAIN, [VISIO]);
      await bench.faults([onSuspension({ status: 429, headers: { 'Retry-After': '57' } })]);
      await bench.until(id, 'executing');
      await bench.settle(0);
      const before = (await bench.cancelCalls()).length;

      await setBack(bench, HOUR_MS);
      await bench.settle(2 * DAY_MS);

      assert.equal(before, 1);
      assert.equal((await bench.cancelCalls()).length, before);
      assert.equal((await bench.request(id)).state, 'expired');
    }),
  );
});
