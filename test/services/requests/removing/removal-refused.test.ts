import assert from 'node:assert/strict';
import { HOUR_MS, MINUTE_MS } from '../../../../services/clock.ts';
import { on, onRemoval, type Workbench } from '../workbench.ts';
import { requestIds } from './approved-removal.ts';

describe('a customer that somebody removes in Partner Center', () => {
  const removes = async (bench: Workbench): Promise<void> => {
    const { id } = await bench.customer('fabrikambikes');
    bench.stand.world.customer(id)!.relationship = 'none';
  };
  const ended = async (bench: Workbench, id: string): Promise<void> => {
    const { state, voided, delegatedAdmin } = await bench.request(id);
    assert.deepEqual([state, voided?.why, delegatedAdmin], ['void', 'gone', undefined]);
    assert.ok((await bench.outbox(id)).some(({ headline }) => headline === 'gone'));
    assert.equal((await bench.removalCalls()).length, 1);
    assert.deepEqual(await bench.endingCalls(), []);
    assert.ok((await bench.audit(id)).every(({ action }) => action !== 'step.verified'));
  };

  it(
    'after our call was turned away is not said to be removed by us, and nothing follows',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes', { endDelegatedAdmin: true });
      await bench.faults([onRemoval({ status: 429, headers: { 'Retry-After': '57' } })]);
      await bench.step();
      await removes(bench);

      await bench.settle();

      await ended(bench, id);
    }),
  );

  it(
    'after our call was turned away, and the store was put back, is not said to be removed by us',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes', { endDelegatedAdmin: true });
      await bench.faults([onRemoval({ status: 429, headers: { 'Retry-After': '57' } })]);
      await bench.step();
      await removes(bench);
      const restore = await bench.backUp();
      await restore();

      await bench.settle();

      const { state, voided } = await bench.request(id);
      assert.deepEqual([state, voided?.why], ['void', 'restored-gone']);
    }),
  );

  it(
    'after a call of ours without an answer is taken for removed by that call',
    on({ switches: { repeatedRequestId: 'ignores' } }, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ kind: 'reset' }), onRemoval({ status: 429, headers: { 'Retry-After': '57' } })]);
      await bench.until(id, 'unknown');
      await bench.until(id, 'executing');
      await removes(bench);

      await bench.settle();

      assert.equal((await bench.request(id)).state, 'done');
    }),
  );
});

describe('a refusal', () => {
  it(
    'is told in the service’s own words, and nothing is sent again by itself',
    on({}, async (bench) => {
      const id = await bench.approved('munsonspickles');

      await bench.settle();

      const { state, refused } = await bench.request(id);
      assert.equal(state, 'blocked');
      assert.match(refused?.description ?? '', /active software purchases/);
      assert.equal(refused?.meaning, 'not-as-things-stand');
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );

  it(
    'comes with what a new reading finds in the way',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      const { id: customerId } = await bench.customer('fabrikambikes');
      await bench.faults([onRemoval({ status: 400, code: '900100', description: 'Something is active.' })]);
      await bench.until(id, 'blocked');
      await bench.world({ customerId, addSubscription: { class: 'legacy-licence', offerName: 'Office 365 E1' } });

      await bench.settle(MINUTE_MS);

      const { state, inTheWay = [] } = await bench.request(id);
      assert.equal(state, 'blocked');
      assert.deepEqual(
        inTheWay.map((line) => line.kind === 'holding' && line.name),
        ['Office 365 E1'],
      );
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );

  it(
    'is stored before anything more is read, so that a crash after the answer does not lose it',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ status: 400, code: '900100', description: 'Something is active.' })]);

      await bench.step();

      const { state, inTheWay } = await bench.request(id);
      const log = await bench.log();
      const [removal] = await bench.removalCalls();
      assert.deepEqual([state, inTheWay], ['blocked', undefined]);
      assert.deepEqual(
        log.filter(({ seq }) => seq > (removal?.seq ?? 0)),
        [],
      );
    }),
  );

  it(
    'can be gone on from, with another call under another id',
    on({}, async (bench) => {
      const id = await bench.approved('munsonspickles');
      await bench.until(id, 'blocked');
      await bench.faults([], { oldPerpetualSoftwareBlocks: false });

      assert.equal((await bench.removals.continueAfterRefusal(id, bench.click('ada')))?.kind, 'changed');
      await bench.settle();

      const calls = await bench.removalCalls();
      assert.equal((await bench.request(id)).state, 'done');
      assert.deepEqual([calls.length, requestIds(calls).length], [2, 2]);
    }),
  );

  it(
    'can be gone on from only as long as the approval covers what is there',
    on({}, async (bench) => {
      const id = await bench.approved('munsonspickles');
      await bench.until(id, 'blocked');
      const { id: customerId } = await bench.customer('munsonspickles');
      await bench.world({ customerId, addSubscription: { class: 'legacy-licence' } });

      await bench.removals.continueAfterRefusal(id, bench.click('ada'));
      await bench.settle();

      assert.equal((await bench.request(id)).state, 'void');
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );

  it(
    'that nobody goes on from expires with the approval',
    on({}, async (bench) => {
      const id = await bench.approved('munsonspickles');

      await bench.settle(2 * HOUR_MS);

      assert.equal((await bench.request(id)).state, 'expired');
    }),
  );

  it(
    'F14: because another operation is pending is one too',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ status: 409, code: '900278', description: 'Another operation is pending.' })]);

      await bench.settle();

      const { state, refused } = await bench.request(id);
      assert.deepEqual([state, refused?.status, refused?.code], ['blocked', 409, '900278']);
      assert.equal(refused?.description, 'Another operation is pending.');
    }),
  );
});

describe('an answer that there is no relationship', () => {
  for (const secondRemoval of ['20002', '3000'] as const)
    it(
      `F17: (${secondRemoval}) is the end where the list agrees`,
      on({ switches: { secondRemoval } }, async (bench) => {
        const id = await bench.approved('fabrikambikes');
        const { id: customerId } = await bench.customer('fabrikambikes');
        bench.aroundChange = () => {
          bench.stand.world.customer(customerId)!.relationship = 'none';
        };

        await bench.settle();

        const [call, ...more] = await bench.removalCalls();
        assert.deepEqual([call!.code, more], [secondRemoval, []]);
        assert.equal((await bench.request(id)).state, 'done');
      }),
    );

  for (const answer of [
    { status: 403, code: '20002', description: 'No relationship between caller and account.' },
    { status: 404, code: '60003', description: 'Tenant not found.' },
  ])
    it(
      `F17: (${answer.code}) proves nothing where the customer is still there`,
      on({}, async (bench) => {
        const id = await bench.approved('fabrikambikes');
        await bench.faults([onRemoval(answer)]);

        await bench.settle(20 * MINUTE_MS);
        const early = await bench.request(id);
        await bench.settle(2 * HOUR_MS);

        assert.equal(early.state, 'verifying');
        assert.equal((await bench.request(id)).state, 'unknown');
        assert.equal((await bench.removalCalls()).length, 1);
      }),
    );

  it(
    '(3000) is a refusal where the customer still answers as ours',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([
        onRemoval({ status: 400, code: '3000', description: 'Please cancel the following orders.' }),
      ]);

      await bench.settle();

      const { state, refused } = await bench.request(id);
      assert.deepEqual([state, refused?.description], ['blocked', 'Please cancel the following orders.']);
    }),
  );

  it(
    '(3000) to a call that was sent before proves nothing either way: the first one may show yet',
    on({ switches: { repeatedRequestId: 'ignores' } }, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([
        onRemoval({ kind: 'reset' }),
        onRemoval({ status: 400, code: '3000', description: 'The relationship does not exist.' }),
      ]);

      await bench.until(id, 'verifying');
      await bench.settle(2 * HOUR_MS);

      assert.equal((await bench.request(id)).state, 'unknown');
      assert.equal(requestIds(await bench.removalCalls()).length, 1);
    }),
  );
});
