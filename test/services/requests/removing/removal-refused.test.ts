import assert from 'node:assert/strict';
import { requestCard } from '../../../../cards/request-card.ts';
import { textsFor } from '../../../../cards/texts/texts.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../services/clock.ts';
import { wordsOf } from '../../../cards/walk.ts';
import { on, onRemoval, type Workbench } from '../workbench.ts';
import { looksBetween, requestIds } from './approved-removal.ts';

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
  const answers = [
    ['20002', { status: 403, code: '20002', description: 'No relationship between caller and account.' }],
    ['900159', { status: 403, code: '900159', description: 'No commerce relationship with the customer.' }],
    ['60003', { status: 404, code: '60003', description: 'Tenant not found.' }],
    ['404 by a gateway', { status: 404, body: '<html></html>', contentType: 'text/html' }],
    ['3000', { status: 400, code: '3000', description: 'The relationship does not exist.' }],
  ] as const;
  const removes = async (bench: Workbench): Promise<void> => {
    const { id } = await bench.customer('fabrikambikes');
    bench.stand.world.customer(id)!.relationship = 'none';
  };
  const removedByOthers = async (bench: Workbench, id: string): Promise<void> => {
    const { state, voided, removal, refused } = await bench.request(id);
    const [call, ...more] = await bench.removalCalls();
    assert.deepEqual([state, voided?.why, more], ['void', 'gone', []]);
    assert.deepEqual([removal?.acceptedAt, removal?.goneAt], [undefined, undefined]);
    assert.equal(refused?.ids.correlationId, call!.correlationId);
    assert.ok((await bench.audit(id)).every(({ action }) => action !== 'step.verified'));
  };

  for (const secondRemoval of ['20002', '3000'] as const)
    it(
      `F17: (${secondRemoval}) to our first call is the end where the list agrees: somebody else has removed it`,
      on({ switches: { secondRemoval } }, async (bench) => {
        const id = await bench.approved('fabrikambikes');
        const { id: customerId } = await bench.customer('fabrikambikes');
        bench.aroundChange = () => {
          bench.stand.world.customer(customerId)!.relationship = 'none';
        };

        await bench.settle();

        assert.equal((await bench.removalCalls())[0]!.code, secondRemoval);
        await removedByOthers(bench, id);
      }),
    );

  for (const [name, answer] of answers) {
    it(
      `F17: (${name}) is a refusal where the customer is still ours, and can be gone on from`,
      on({}, async (bench) => {
        const id = await bench.approved('fabrikambikes');
        await bench.faults([onRemoval(answer)]);

        await bench.settle(20 * MINUTE_MS);
        const { state, refused, removal } = await bench.request(id);
        const calls = (await bench.removalCalls()).length;
        await bench.removals.continueAfterRefusal(id, bench.click('ada'));
        await bench.settle();

        assert.deepEqual(
          [state, refused?.status, removal?.acceptedAt, calls],
          ['blocked', answer.status, undefined, 1],
        );
        assert.equal((await bench.request(id)).state, 'done');
        assert.equal(requestIds(await bench.removalCalls()).length, 2);
      }),
    );

    it(
      `F17: (${name}) is somebody else’s removal where the customer is gone`,
      on({}, async (bench) => {
        const id = await bench.approved('fabrikambikes');
        await bench.faults([onRemoval(answer)]);
        await bench.until(id, 'blocked');
        await removes(bench);

        await bench.settle();

        await removedByOthers(bench, id);
      }),
    );
  }

  it(
    'F17: is looked into until the list agrees',
    on({ switches: { staleListMs: 3 * MINUTE_MS } }, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      const { id: customerId } = await bench.customer('fabrikambikes');
      bench.aroundChange = (moment) => {
        const customer = bench.stand.world.customer(customerId)!;
        if (moment !== 'before' || customer.removed !== undefined) return;
        customer.relationship = 'none';
        customer.removed = bench.stand.world.clock.mark();
      };

      await bench.settle(MINUTE_MS);
      const early = await bench.request(id);
      await bench.settle(20 * MINUTE_MS);

      assert.equal(early.state, 'blocked');
      await removedByOthers(bench, id);
    }),
  );

  it(
    'F17: after which nothing can be read is looked into until it can',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ status: 403, code: '20002' })]);
      await bench.until(id, 'blocked');
      await removes(bench);
      await bench.faults([{ method: 'GET', path: '^/v1/customers$', status: 503 }]);
      await bench.settle(5 * MINUTE_MS);
      const early = await bench.request(id);
      await bench.faults([]);

      await bench.settle(20 * MINUTE_MS);

      assert.equal(early.state, 'blocked');
      await removedByOthers(bench, id);
    }),
  );

  const words = async (bench: Workbench, id: string): Promise<string> =>
    wordsOf(
      requestCard(
        {
          ...{ record: await bench.record(id), openPoints: [], teamsId: '29:ada', nonce: 'n' },
          ...{ isRequester: true, canWithdraw: false, isSandbox: false },
        },
        textsFor('en'),
      ),
    );

  it(
    'is not called a request for which nothing was sent, once somebody else has removed the customer',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ status: 403, code: '20002' })]);
      await bench.until(id, 'blocked');
      await removes(bench);

      await bench.settle();

      assert.match(await words(bench, id), /did not carry out the removal call of this request/);
      assert.doesNotMatch(await words(bench, id), /Nothing was sent/);
    }),
  );

  it(
    'is not called one for which nothing was sent either, where it was gone on from before that',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([onRemoval({ status: 409, code: '900278' })]);
      await bench.settle(MINUTE_MS);
      await removes(bench);

      await bench.removals.continueAfterRefusal(id, bench.click('ada'));
      await bench.settle();

      const { state, voided } = await bench.request(id);
      assert.deepEqual([state, voided?.why], ['void', 'gone']);
      assert.match(await words(bench, id), /did not carry out the removal call of this request/);
    }),
  );

  it(
    '(3000) is told with the service’s own words',
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

  for (const [name, answer] of answers) {
    it(
      `(${name}) to a call that was sent before may come of the first one: gone is done`,
      on({ switches: { repeatedRequestId: 'ignores' } }, async (bench) => {
        const id = await bench.approved('fabrikambikes');
        await bench.faults([onRemoval({ kind: 'reset' }), onRemoval({ kind: 'apply-then-answer', ...answer })]);

        await bench.settle();

        const { state, removal } = await bench.request(id);
        assert.deepEqual([state, removal?.acceptedAt], ['done', undefined]);
        assert.ok(removal?.goneAt);
        const outcomes = (await bench.audit(id)).filter(({ action }) => action === 'step.outcome');
        assert.deepEqual(
          outcomes.map(({ detail }) => detail?.['why']),
          ['no-answer', 'reconciled'],
        );
        const calls = await bench.removalCalls();
        assert.deepEqual([calls.length, requestIds(calls).length], [2, 1]);
      }),
    );

    it(
      `(${name}) to a call that was sent before proves nothing: one that is still ours is sent again, under the same id`,
      on({ switches: { repeatedRequestId: 'ignores' } }, async (bench) => {
        const id = await bench.approved('fabrikambikes');
        await bench.faults([onRemoval({ kind: 'reset' }), onRemoval(answer)]);

        await bench.settle();

        const calls = await bench.removalCalls();
        assert.deepEqual([(await bench.request(id)).state, (await bench.request(id)).refused], ['done', undefined]);
        assert.deepEqual([calls.length, requestIds(calls).length], [3, 1]);
        assert.ok((await looksBetween(bench)).every((looks) => looks >= 2));
      }),
    );
  }
});
