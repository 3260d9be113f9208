import assert from 'node:assert/strict';
import type { LogEntry } from '../../sandbox/partner-center/control/log.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../services/clock.ts';
import { SUSPENSION_PATH, on, onRemoval, onSuspension, type Workbench } from '../services/requests/workbench.ts';

/** Has nothing in the way. */
const clear = 'fabrikambikes';
/** Has one licence, and nothing else. */
const licensed = 'northwindtraders';

const ids = (calls: readonly LogEntry[]): number => new Set(calls.map(({ requestId }) => requestId)).size;
const gaps = (calls: readonly LogEntry[]): readonly number[] =>
  calls.slice(1).map((call, at) => Date.parse(call.at) - Date.parse(calls[at]!.at));
const held = async (bench: Workbench, domain: string) =>
  bench.stand.world.customer((await bench.customer(domain)).id)!.holdings.subscriptions;
const only = async (bench: Workbench, id: string) => (await bench.steps(id))[0]!;
const verdict = async (bench: Workbench, domain: string) => (await bench.readiness(domain)).verdict.kind;
/** Northwind Traders, whose licence was suspended here, with an approved removal. */
async function cleared(bench: Workbench): Promise<string> {
  const id = await bench.suspend(licensed);
  await bench.settle(MINUTE_MS);
  assert.equal(await bench.approved(licensed), id);
  return id;
}
const list = async (bench: Workbench): Promise<unknown> =>
  (await bench.log()).findLast(({ method, path }) => method === 'GET' && path.endsWith('/subscriptions'))?.responseBody;

describe('a service in trouble while the removal is sent', () => {
  for (const status of [500, 502, 503, 504])
    it(
      `F8: (${status} every time) is asked no more than five times, further and further apart, and then it is a person's turn`,
      on({}, async (bench) => {
        const id = await bench.approved(clear);
        await bench.faults([onRemoval({ status, times: 100 })]);

        await bench.settle(59 * MINUTE_MS);

        const calls = await bench.removalCalls();
        const { state, refused } = await bench.request(id);
        assert.deepEqual([state, refused?.fault], ['blocked', 'not-resent']);
        assert.deepEqual([calls.length, ids(calls)], [5, 1]);
        const between = gaps(calls);
        assert.deepEqual(
          between,
          between.toSorted((a, b) => a - b),
          'not further and further apart',
        );
        assert.ok(between.at(-1)! > between[0]!);
      }),
    );
});

describe('a service that asks to be left alone', () => {
  const storm = { status: 429, headers: { 'Retry-After': '57' }, times: 10_000 };

  it(
    'F9: for ten minutes is asked by the removal no more often than it says, and carries it out after them',
    on({}, async (bench) => {
      const id = await bench.approved(clear);
      await bench.faults([onRemoval(storm)]);

      await bench.settle(10 * MINUTE_MS);
      const during = await bench.removalCalls();
      const { state, waitingFor } = await bench.request(id);
      await bench.faults([]);
      await bench.settle(10 * MINUTE_MS);

      assert.deepEqual([state, waitingFor?.why], ['executing', 'throttled']);
      assert.ok(during.length >= 2 && during.length <= 12, `${during.length} calls`);
      assert.ok(
        gaps(during).every((ms) => ms >= 57 * SECOND_MS),
        gaps(during).join(),
      );
      assert.equal((await bench.request(id)).state, 'done');
      assert.equal(ids(await bench.removalCalls()), 1);
    }),
  );

  it(
    'F9: for ten minutes is asked by a suspension no more often than it says, and carries it out after them',
    on({}, async (bench) => {
      await bench.faults([onSuspension(storm)]);
      const id = await bench.suspend(licensed);

      await bench.settle(10 * MINUTE_MS);
      const during = await bench.suspensionCalls();
      await bench.faults([]);
      await bench.settle(10 * MINUTE_MS);

      assert.ok(during.length >= 2 && during.length <= 12, `${during.length} calls`);
      assert.ok(
        gaps(during).every((ms) => ms >= 57 * SECOND_MS),
        gaps(during).join(),
      );
      assert.equal((await only(bench, id)).state, 'done');
      assert.equal(ids(await bench.suspensionCalls()), 1);
    }),
  );

  it(
    'F9: for ten minutes is read no more often than it says before the removal, which comes after them',
    on({}, async (bench) => {
      const id = await bench.approved(clear);
      const customer = await bench.customer(clear);
      await bench.faults([{ method: 'GET', path: `${customer.id}/subscriptions$`, ...storm }]);
      const before = (await bench.log()).length;

      await bench.settle(10 * MINUTE_MS);
      const reads = (await bench.log()).slice(before).filter(({ path }) => path.endsWith('/subscriptions'));
      await bench.faults([]);
      await bench.settle(10 * MINUTE_MS);

      assert.ok(reads.length >= 2 && reads.length <= 12, `${reads.length} reads`);
      assert.ok(
        gaps(reads).every((ms) => ms >= 57 * SECOND_MS),
        gaps(reads).join(),
      );
      assert.equal((await bench.request(id)).state, 'done');
    }),
  );

  for (const [said, header] of [
    ['nothing', undefined],
    ['0', '0'],
    ['-1', '-1'],
    ['1e9', '1e9'],
    ['a far date', 'Mon, 01 Mar 2027 12:00:00 GMT'],
    ['a date that is past', 'Sun, 01 Mar 2026 12:00:00 GMT'],
    ['words', 'soon'],
    ['less than a second', '0.001'],
    ['more than a number holds', '1e999'],
  ] as const)
    it(
      `F10: for as long as it says (${said}) is left alone by the removal between a second and five minutes`,
      on({ policy: { verifyEveryMs: 100 } }, async (bench) => {
        const id = await bench.approved(clear);
        await bench.faults([
          onRemoval({ status: 429, body: {}, ...(header !== undefined && { headers: { 'Retry-After': header } }) }),
        ]);

        await bench.settle(10 * MINUTE_MS);

        const calls = await bench.removalCalls();
        const [waitedMs = 0] = gaps(calls);
        assert.equal((await bench.request(id)).state, 'done');
        assert.deepEqual([calls.length, ids(calls)], [2, 1]);
        assert.ok(waitedMs >= SECOND_MS && waitedMs <= 5 * MINUTE_MS + SECOND_MS, `${waitedMs} ms`);
      }),
    );
});

describe('a refusal', () => {
  for (const rule of [
    { status: 412, code: '', description: 'Precondition failed.' },
    { status: 400, code: '2055', description: 'ETag mismatch.' },
  ])
    it(
      `F11: (${rule.status} ${rule.code}) of the removal is told, sends nothing by itself, and can be gone on from under another id`,
      on({}, async (bench) => {
        const id = await bench.approved(clear);
        await bench.faults([onRemoval(rule)]);
        await bench.settle();
        const { state, refused } = await bench.request(id);
        const once = (await bench.removalCalls()).length;

        await bench.removals.continueAfterRefusal(id, bench.click('ada'));
        await bench.settle();

        assert.deepEqual([state, refused?.description, once], ['blocked', rule.description, 1]);
        assert.equal((await bench.request(id)).state, 'done');
        assert.equal(ids(await bench.removalCalls()), 2);
      }),
    );

  const hopeless: [status: number, code: string][] = [
    [400, '800096'],
    [403, '900115'],
    [400, '900117'],
    [400, '800040'],
  ];
  for (const [status, code] of hopeless)
    it(
      `F13: (${status}/${code}) of a suspension fails that one step, with the code, and nothing can be asked for`,
      on({}, async (bench) => {
        await bench.faults([onSuspension({ status, code, description: 'It cannot be.', times: 100 })]);
        const id = await bench.suspend(licensed);

        await bench.settle(20 * MINUTE_MS);

        const { state, refused } = await only(bench, id);
        assert.deepEqual([state, refused?.code, refused?.description], ['failed', code, 'It cannot be.']);
        assert.equal(await verdict(bench, licensed), 'clear-here');
        await assert.rejects(bench.approved(licensed));
        assert.deepEqual(await bench.removalCalls(), []);
        assert.ok((await bench.suspensionCalls()).length <= 5);
      }),
    );

  it(
    'F13: that can be known before is never asked for: what cannot be suspended has no such step',
    on({}, async (bench) => {
      for (const domain of ['woodgrovebank', 'lamnahealthcare', 'continentalcargo', 'tailspintoys']) {
        const { offers, lines } = await bench.readiness(domain);
        const suspendable = new Set(
          offers.filter(({ action, clears }) => action === 'suspend' && clears).map(({ class: one }) => one),
        );
        for (const one of suspendable) assert.match(one, /^legacy-(licence|add-on|azure)$/);
        for (const line of lines)
          if (line.kind === 'holding' && !line.class.startsWith('legacy'))
            assert.ok(!line.remedies.some(({ kind }) => kind === 'suspend'), `${domain}: ${line.class}`);
      }
      assert.deepEqual(await bench.suspensionCalls(), []);
    }),
  );

  it(
    'F17: (403/2032, no role) of a suspension fails that step; of the removal it is a person’s turn',
    on({}, async (bench) => {
      const forbidden = { status: 403, code: '2032', description: 'Access denied.' };
      await bench.faults([onSuspension(forbidden)]);
      const first = await bench.suspend(licensed);
      await bench.settle(5 * MINUTE_MS);
      const second = await bench.approved(clear);
      await bench.faults([onRemoval(forbidden)]);
      await bench.settle();

      const step = await only(bench, first);
      const { state, refused } = await bench.request(second);
      assert.deepEqual([step.state, step.refused?.code], ['failed', '2032']);
      assert.deepEqual([state, refused?.code], ['blocked', '2032']);
      assert.deepEqual([(await bench.suspensionCalls()).length, (await bench.removalCalls()).length], [1, 1]);
    }),
  );

  it(
    'F17: (20002 before our call) is somebody else’s removal: over, and not by us',
    on({}, async (bench) => {
      const id = await bench.approved(clear);
      await bench.world({ customerId: (await bench.customer(clear)).id, relationship: 'none' });

      await bench.settle(2 * HOUR_MS);

      const { state, voided } = await bench.request(id);
      assert.deepEqual([state, voided?.why], ['void', 'gone']);
      assert.deepEqual(await bench.removalCalls(), []);
    }),
  );

  it(
    'F18: (404/20003) of a subscription counts as gone only where the list says so too',
    on({}, async (bench) => {
      const gone = { status: 404, code: '20003', description: 'Subscription not found.' };
      await bench.faults([{ method: 'GET', path: SUSPENSION_PATH, ...gone, times: 1 }]);
      const id = await bench.suspend(licensed);
      await bench.settle(MINUTE_MS);
      const listed = await verdict(bench, licensed);
      const [first] = await held(bench, licensed);

      await bench.world({ customerId: (await bench.customer(licensed)).id, removeSubscription: first!.id });

      assert.deepEqual([(await only(bench, id)).state, listed], ['failed', 'clear-here']);
      assert.equal(await verdict(bench, licensed), 'clear');
      assert.deepEqual(await bench.suspensionCalls(), []);
    }),
  );

  it(
    'F18: (404/20003 to the suspension itself) fails the step, and what the list says counts',
    on({}, async (bench) => {
      await bench.faults([onSuspension({ status: 404, code: '20003', description: 'Subscription not found.' })]);
      const id = await bench.suspend(licensed);

      await bench.settle(5 * MINUTE_MS);

      assert.equal((await only(bench, id)).state, 'failed');
      assert.equal(await verdict(bench, licensed), 'clear-here');
      assert.equal((await bench.suspensionCalls()).length, 1);
    }),
  );
});

describe('a yes that is none', () => {
  const bodies: [name: string, body: unknown][] = [
    ['another subscription', { id: '11111111-1111-4111-8111-111111111111', status: 'suspended' }],
    ['a status that is still active', { status: 'active' }],
    ['an error', { code: 400072, description: 'The order could not be found.' }],
    ['HTML', '<html>Sorry</html>'],
    ['nothing', ''],
    ['null', null],
  ];
  for (const applied of [true, false])
    for (const [name, body] of bodies) {
      const answer = { kind: applied ? 'apply-then-answer' : 'answer', status: 200, body };

      it(
        `F19: (${name}) to a suspension that was ${applied ? '' : 'not '}carried out is not believed: what can be read counts`,
        on({}, async (bench) => {
          await bench.faults([onSuspension(answer)]);
          const id = await bench.suspend(licensed);

          await bench.settle(20 * MINUTE_MS);

          const [subscription] = await held(bench, licensed);
          const { state } = await only(bench, id);
          assert.equal(state === 'done', subscription!.status === 'suspended', state);
          assert.ok(!applied || state === 'done');
          assert.equal(ids(await bench.suspensionCalls()), 1);
        }),
      );

      it(
        `F19: (${name}) to a removal that was ${applied ? '' : 'not '}carried out is not believed: what can be read counts`,
        on({}, async (bench) => {
          const id = await bench.approved(clear);
          await bench.faults([onRemoval(answer)]);

          await bench.settle(2 * HOUR_MS);

          const isOurs = bench.stand.world.customer((await bench.customer(clear)).id)!.relationship === 'reseller';
          const { state } = await bench.request(id);
          assert.equal(state === 'done', !isOurs, state);
          assert.ok(!applied || state === 'done');
          assert.equal(ids(await bench.removalCalls()), 1);
        }),
      );
    }

  it(
    'F19: (another customer) while it is looked whether the customer is gone proves nothing',
    on({}, async (bench) => {
      const id = await bench.approved(clear);
      const { id: customerId } = await bench.customer(clear);
      const { id: other } = await bench.customer(licensed);
      await bench.faults([
        onRemoval({ kind: 'reset' }),
        {
          method: 'GET',
          path: `${customerId}$`,
          skip: 1,
          times: 3,
          body: { id: other, relationshipToPartner: 'none' },
        },
        { method: 'GET', path: '^/v1/customers$', times: 6, body: { totalCount: 0, items: [] } },
      ]);

      await bench.settle(20 * MINUTE_MS);

      assert.equal((await bench.request(id)).state, 'done');
      assert.equal(bench.stand.world.customer(customerId)!.relationship, 'none');
      assert.equal(ids(await bench.removalCalls()), 1);
    }),
  );
});

describe('a list that lags', () => {
  it(
    'F20: behind a suspension does not make it fail, and says nothing is in the way once it agrees, without a click',
    on({}, async (bench) => {
      await bench.readiness(licensed);
      const old = await list(bench);
      await bench.faults([{ method: 'GET', path: '/subscriptions$', body: old }]);
      const id = await bench.suspend(licensed);

      await bench.settle(2 * MINUTE_MS);
      const { state } = await only(bench, id);
      const early = (await bench.outbox(id)).some(({ headline }) => headline === 'ready');
      await bench.faults([]);
      await bench.settle(2 * MINUTE_MS);

      assert.deepEqual([state, early], ['done', false]);
      assert.ok((await bench.outbox(id)).some(({ headline }) => headline === 'ready'));
      assert.equal((await bench.suspensionCalls()).length, 1);
    }),
  );

  it(
    'F20: and shows what was suspended here as active is waited for, not taken for a change: each says itself what it is',
    on({}, async (bench) => {
      await bench.readiness(licensed);
      const old = await list(bench);
      const id = await cleared(bench);
      await bench.faults([{ method: 'GET', path: '/subscriptions$', body: old }]);

      await bench.settle(4 * MINUTE_MS);
      const { state, waitingFor } = await bench.request(id);
      const sent = (await bench.removalCalls()).length;
      await bench.faults([]);
      await bench.settle(10 * MINUTE_MS);

      assert.deepEqual([state, waitingFor?.why, sent], ['approved', 'unread', 0]);
      assert.equal((await bench.request(id)).state, 'done');
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );

  it(
    'F20: and lacks what is active again is not believed: what was approved is asked for one by one',
    on({}, async (bench) => {
      const [first] = await held(bench, licensed);
      const { id: customerId } = await bench.customer(licensed);
      // Somebody else has suspended it; nothing was done here.
      await bench.world({ customerId, setSubscription: { id: first!.id, status: 'suspended' } });
      const id = await bench.approved(licensed);
      await bench.world({ customerId, setSubscription: { id: first!.id, status: 'active' } });
      await bench.faults([{ method: 'GET', path: '/subscriptions$', body: { totalCount: 0, items: [] } }]);

      await bench.settle(10 * MINUTE_MS);
      const waiting = await bench.request(id);
      await bench.faults([]);
      await bench.settle(10 * MINUTE_MS);

      const { state, voided } = await bench.request(id);
      assert.deepEqual([waiting.state, waiting.waitingFor?.why], ['approved', 'unread']);
      assert.equal(state, 'void');
      assert.match(JSON.stringify(voided?.drift), /blocks-now.*Office 365 E1/);
      assert.deepEqual(await bench.removalCalls(), []);
    }),
  );
});

describe('an approval whose time ends between the suspensions and the removal', () => {
  it(
    'F33: leaves what is suspended so, says what it is, removes nothing, and can be asked for again',
    on({}, async (bench) => {
      const id = await cleared(bench);
      await bench.faults([{ method: 'GET', path: '/orders$', status: 503 }]);
      await bench.settle(61 * MINUTE_MS);
      const { state } = await bench.request(id);
      const [subscription] = await held(bench, licensed);
      assert.deepEqual([state, subscription!.status, await bench.removalCalls()], ['expired', 'suspended', []]);

      await bench.faults([]);
      const again = await bench.approved(licensed);
      await bench.settle();

      assert.notEqual(again, id);
      assert.equal((await bench.request(again)).previous, id);
      assert.equal((await bench.request(again)).state, 'done');
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );
});
