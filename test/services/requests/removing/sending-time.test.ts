import assert from 'node:assert/strict';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../services/clock.ts';
import { on, onRemoval, type Workbench } from '../workbench.ts';
import { nothingWasRemoved, requestIds } from './approved-removal.ts';

/** What the record says of each sending of the removal, oldest first. */
async function outcomes(bench: Workbench, id: string): Promise<readonly string[]> {
  const entries = (await bench.audit(id)).filter(({ detail }) => detail?.['step'] === 'removal');
  return entries.map(({ action, detail }) => (detail?.['notSent'] === true ? 'not sent' : action.replace('step.', '')));
}

/** The removal call, or a cancellation, has to wait for a place the next time, before its first byte. */
function keptWaiting(bench: Workbench, forMs: number): void {
  bench.aroundChange = (moment) => {
    if (moment === 'before') bench.advance(forMs);
    bench.aroundChange = () => undefined;
  };
}

const readings = async (bench: Workbench): Promise<number> =>
  (await bench.log()).filter(({ method, path }) => method === 'GET' && path.endsWith('/orders')).length;

describe('a removal whose reading takes long', () => {
  it(
    'F20: rests on one that began at most a minute ago: what was bought meanwhile is seen, and nothing is removed',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      const { id: customerId } = await bench.customer('fabrikambikes');
      bench.afterReading = async (what) => {
        if (what === 'subscriptions') return;
        bench.afterReading = () => undefined;
        await bench.world({ customerId, addSubscription: { class: 'legacy-licence', offerName: 'Visio Plan 1' } });
        bench.advance(20 * MINUTE_MS);
      };

      await bench.settle();

      const { state, voided } = await bench.request(id);
      assert.equal(state, 'void');
      assert.match(JSON.stringify(voided?.drift), /Visio Plan 1/);
      await nothingWasRemoved(bench);
    }),
  );

  it(
    'is read again at once, and is carried out when that was quicker',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      const before = await readings(bench);
      bench.afterReading = (what) => {
        if (what === 'subscriptions') return;
        bench.afterReading = () => undefined;
        bench.advance(MINUTE_MS);
      };

      await bench.step();

      assert.equal(await readings(bench), before + 2);
      assert.equal((await bench.removalCalls()).length, 1);
      await bench.until(id, 'done');
    }),
  );

  it(
    'waits, as for what cannot be read, while every reading takes so long, and is never sent',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      const before = await readings(bench);
      bench.afterReading = (what) => {
        if (what === 'orders') bench.advance(MINUTE_MS);
      };

      await bench.step();
      const { state, waitingFor } = await bench.request(id);
      const inOneGo = (await readings(bench)) - before;
      await bench.settle(2 * HOUR_MS);

      assert.deepEqual([state, waitingFor?.why, inOneGo], ['approved', 'unread', 2]);
      assert.equal((await bench.request(id)).state, 'expired');
      await nothingWasRemoved(bench);
    }),
  );
});

describe('a removal call that has to wait for a place', () => {
  it(
    'for so long that the reading counts no more is not sent, is on record as such, and is the same call later',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      keptWaiting(bench, MINUTE_MS);

      await bench.step();
      const early = await bench.request(id);
      await nothingWasRemoved(bench);
      await bench.settle();

      assert.deepEqual(
        [early.state, early.waitingFor?.why, early.waitingFor?.refused],
        ['executing', 'unread', undefined],
      );
      assert.equal((await bench.request(id)).state, 'done');
      assert.deepEqual(requestIds(await bench.removalCalls()), [early.removal?.requestId]);
      assert.deepEqual(await outcomes(bench, id), ['intent', 'not sent', 'intent', 'outcome', 'verified']);
    }),
  );

  it(
    'is known not to have been sent where the customer is gone by then',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      const { id: customerId } = await bench.customer('fabrikambikes');
      keptWaiting(bench, MINUTE_MS);
      await bench.step();
      await bench.world({ customerId, relationship: 'none' });

      await bench.settle();

      const { state, voided, removal } = await bench.request(id);
      assert.deepEqual([state, voided?.why, removal?.isUnsent], ['void', 'gone', true]);
      await nothingWasRemoved(bench);
    }),
  );

  it(
    'until the approval has run out is not sent, and it has expired',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      bench.advance(HOUR_MS - 10 * SECOND_MS);
      keptWaiting(bench, 10 * SECOND_MS);

      await bench.settle();

      assert.equal((await bench.request(id)).state, 'expired');
      assert.deepEqual(await outcomes(bench, id), ['intent', 'not sent']);
      await nothingWasRemoved(bench);
    }),
  );

  it(
    'after an earlier sending without an answer is not forgotten: that one is followed to its end',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ kind: 'reset', times: 1 })]);
      await bench.until(id, 'unknown');
      const [first] = await bench.removalCalls();
      keptWaiting(bench, HOUR_MS);

      await bench.settle(3 * HOUR_MS);

      const { state, refused } = await bench.request(id);
      assert.deepEqual([state, refused?.fault], ['expired', 'not-resent']);
      assert.deepEqual(await bench.removalCalls(), [first]);
      assert.ok((await outcomes(bench, id)).includes('not sent'));
    }),
  );
});

describe('a cancellation', () => {
  const DOMAIN = 'litware';

  it(
    'that has to wait for a place until its approval has run out is not sent',
    on({}, async (bench) => {
      const id = await bench.approvedCancellation(DOMAIN);
      const { executeBy = '' } = await bench.request(id);
      keptWaiting(bench, Date.parse(executeBy) - bench.clock().getTime());

      await bench.settle(2 * HOUR_MS);

      assert.deepEqual(await bench.cancelCalls(), []);
      assert.ok(['blocked', 'expired'].includes((await bench.request(id)).state));
      const [step] = await bench.steps(id);
      assert.deepEqual([step?.state, step?.endedFor, step?.sendings], ['failed', 'too-late', 0]);
    }),
  );

  it(
    'that has to wait for more than a minute is looked at again, and is the same call then',
    on({}, async (bench) => {
      const id = await bench.approvedCancellation(DOMAIN);
      keptWaiting(bench, MINUTE_MS);

      await bench.until(id, 'done');

      const intents = (await bench.audit(id)).filter(({ action }) => action === 'step.intent');
      const [call, ...others] = await bench.cancelCalls();
      assert.deepEqual([intents.length, others.length], [2, 0]);
      assert.deepEqual(new Set(intents.map(({ detail }) => detail?.['requestId'])), new Set([call?.requestId]));
      const unsent = (await bench.audit(id)).filter(({ detail }) => detail?.['notSent'] === true);
      assert.deepEqual(
        unsent.map(({ action, detail }) => [action, detail?.['correlationId']]),
        [['step.outcome', intents[0]?.detail?.['correlationId']]],
      );
    }),
  );

  it(
    'whose readings take more than a minute is not begun, as where it cannot be read',
    on({}, async (bench) => {
      const id = await bench.approvedCancellation(DOMAIN);
      bench.afterReading = (what) => {
        if (what === 'orders') bench.advance(MINUTE_MS);
      };

      await bench.step();
      const { state, waitingFor } = await bench.request(id);
      bench.afterReading = () => undefined;
      await bench.until(id, 'done');

      assert.deepEqual([state, waitingFor?.why], ['approved', 'unread']);
      assert.equal((await bench.cancelCalls()).length, 1);
    }),
  );
});
