import assert from 'node:assert/strict';
import { HOUR_MS, MINUTE_MS } from '../../../../services/clock.ts';
import { asPerson, PartnerCenterError } from '../../../../services/partner-center/partner-center.ts';
import type { RemovalRequest } from '../../../../services/requests/request.ts';
import { on, type Workbench } from '../workbench.ts';
import { NO_IDS, requestIds, subscriptionsOf, cleared, nothingWasRemoved } from './approved-removal.ts';

describe('what has changed since the approval', () => {
  const changes: readonly [name: string, change: (customerId: string, first: string) => object, drift: RegExp][] = [
    [
      'a new subscription',
      () => ({ addSubscription: { class: 'legacy-licence', offerName: 'Visio Plan 1' } }),
      /new.*Visio/,
    ],
    [
      'a new one that is suspended',
      () => ({ addSubscription: { class: 'legacy-licence', status: 'suspended' } }),
      /new/,
    ],
    ['one that is active again', (_, id) => ({ setSubscription: { id, status: 'active' } }), /blocks-now.*E5/],
    ['more of one', (_, id) => ({ setSubscription: { id, quantity: 121 } }), /120.*more.*121/],
    ['a reservation', () => ({ addEntitlement: { type: 'reservation' } }), /reservation.*new/],
    ['another domain', () => ({ domain: 'contoso-group.onmicrosoft.com' }), /domain.*contoso-group/],
    ['a reseller', () => ({ addSubscription: { class: 'legacy-licence', partnerId: '777' } }), /reseller.*777/],
    ['another relationship', () => ({ relationship: 'advisor' }), /\[\]/],
  ];
  for (const [name, change, drift] of changes)
    it(
      `F21: (${name}) ends the approval, and nothing is removed`,
      on({ switches: { partnerType: 'indirect-provider' } }, async (bench) => {
        const id = await cleared(bench);
        const [first] = await subscriptionsOf(bench, 'contoso');
        const { id: customerId } = await bench.customer('contoso');
        await bench.world({ customerId, ...change(customerId, first!.id) });

        await bench.settle(2 * HOUR_MS);

        const { state, voided } = await bench.request(id);
        assert.equal(state, 'void');
        assert.match(JSON.stringify(voided?.drift), drift);
        await nothingWasRemoved(bench);
      }),
    );

  it(
    'F20: is seen also where only the subscription itself says that it is active again, and the list not yet',
    on({}, async (bench) => {
      const id = await cleared(bench);
      const [first] = await subscriptionsOf(bench, 'contoso');
      const { id: customerId } = await bench.customer('contoso');
      const list = (await bench.log()).findLast(({ path }) => path.endsWith('/subscriptions'))!.responseBody;
      await bench.world({ customerId, setSubscription: { id: first!.id, status: 'active' } });
      await bench.faults([{ method: 'GET', path: '/subscriptions$', body: list }]);

      await bench.settle();

      const { state, voided } = await bench.request(id);
      assert.deepEqual([state, voided?.drift], ['void', [{ kind: 'blocks-now', name: 'Office 365 E5' }]]);
      await nothingWasRemoved(bench);
    }),
  );

  it(
    'F21: for the better ends nothing',
    on({}, async (bench) => {
      const id = await cleared(bench);
      const [, , third] = await subscriptionsOf(bench, 'contoso');
      const { id: customerId } = await bench.customer('contoso');
      await bench.world({ customerId, removeSubscription: third!.id, rename: 'Contoso Holding' });

      await bench.settle();

      assert.equal((await bench.request(id)).state, 'done');
    }),
  );
});

describe('a source that cannot be read before the removal', () => {
  const sources = ['', '/subscriptions', '/entitlements', '/orders', '/transfers'];
  for (const source of sources)
    it(
      `(${source || 'the customer'}) is waited for, and then it goes on`,
      on({}, async (bench) => {
        const id = await bench.approved('fabrikambikes');
        await bench.faults([{ method: 'GET', path: `/customers/[^/]{36}${source}$`, status: 503 }]);

        await bench.settle(5 * MINUTE_MS);
        const early = await bench.request(id);
        await nothingWasRemoved(bench);
        await bench.faults([]);
        await bench.settle();

        assert.deepEqual([early.state, early.waitingFor?.why], ['approved', 'unread']);
        assert.equal((await bench.request(id)).state, 'done');
      }),
    );

  it(
    '(one that was suspended here) is waited for too',
    on({}, async (bench) => {
      const id = await cleared(bench);
      await bench.faults([{ method: 'GET', path: '/subscriptions/[^/]+$', status: 503 }]);

      await bench.settle(MINUTE_MS);
      const early = await bench.request(id);
      await nothingWasRemoved(bench);
      await bench.faults([]);
      await bench.settle();

      assert.deepEqual([early.state, early.waitingFor?.why], ['approved', 'unread']);
      assert.equal((await bench.request(id)).state, 'done');
    }),
  );

  it(
    'is waited for no longer than the approval holds',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([{ method: 'GET', path: '/orders$', status: 503 }]);

      await bench.settle(2 * HOUR_MS);
      await bench.faults([]);
      await bench.settle();

      assert.equal((await bench.request(id)).state, 'expired');
      await nothingWasRemoved(bench);
    }),
  );
});

describe('an approval that no longer holds', () => {
  it(
    'F33: because its time is over leads to nothing',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      bench.advance(HOUR_MS);

      await bench.settle();

      assert.equal((await bench.request(id)).state, 'expired');
      await nothingWasRemoved(bench);
    }),
  );

  const lost: readonly [name: string, happens: (bench: Workbench) => unknown, why: string][] = [
    ['its approver', (bench) => bench.lists.approvers.splice(0), 'no-longer-approver'],
    ['its requester', (bench) => bench.lists.requesters.splice(0), 'no-longer-requester'],
    ['the difference between the two', (bench) => bench.lists.samePerson.push(['ada', 'bo']), 'no-longer-approver'],
  ];
  for (const [name, happens, why] of lost)
    it(
      `because ${name} was lost is void, and leads to nothing`,
      on({}, async (bench) => {
        const id = await bench.approved('fabrikambikes');
        happens(bench);

        await bench.settle();

        const { state, voided } = await bench.request(id);
        assert.deepEqual([state, voided?.why], ['void', why]);
        await nothingWasRemoved(bench);
      }),
    );

  it(
    'because one of two approvers was lost is void, and leads to nothing',
    on({ policy: { approvalsRequired: 2 } }, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.approve(id, 'cy');
      bench.lists.approvers.splice(bench.lists.approvers.indexOf('bo'), 1);

      await bench.settle();

      assert.equal((await bench.request(id)).state, 'void');
      await nothingWasRemoved(bench);
    }),
  );

  it(
    'F33: because its time ran out while everything was being read leads to nothing',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      await bench.faults([{ method: 'GET', path: '/orders$', delayMs: 150 }]);

      const reading = bench.step();
      await new Promise((resolve) => setImmediate(resolve));
      bench.advance(HOUR_MS);
      await reading;

      assert.equal((await bench.request(id)).state, 'expired');
      await nothingWasRemoved(bench);
    }),
  );

  it(
    'F34: because it was withdrawn while everything was being read leads to nothing',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');

      const reading = bench.step();
      const withdrawn = await bench.removals.withdraw(id, bench.click('ada'));
      await reading;
      await bench.settle();

      assert.equal(withdrawn?.kind, 'changed');
      assert.equal((await bench.request(id)).state, 'withdrawn');
      await nothingWasRemoved(bench);
    }),
  );

  it(
    'F34: cannot be withdrawn any more once the intent is stored',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      let withdrawn: unknown;
      const pressed = Promise.withResolvers<undefined>();
      bench.aroundChange = (moment) => {
        if (moment === 'before')
          void bench.removals.withdraw(id, bench.click('ada')).then((decision) => {
            withdrawn = decision?.kind === 'refused' ? decision.why : decision?.kind;
            pressed.resolve(undefined);
          });
      };

      await bench.settle();
      await pressed.promise;

      assert.equal(withdrawn, 'too-late');
      assert.equal((await bench.request(id)).state, 'done');
    }),
  );
});

describe('a person who has to sign in', () => {
  it(
    'at the very moment of the call is waited for, and it is the same call then',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      bench.aroundChange = () => {
        bench.aroundChange = () => undefined;
        throw new PartnerCenterError('sign-in-needed', { operation: 'remove relationship', ids: NO_IDS });
      };

      await bench.step();
      const early = await bench.request(id);
      await bench.settle();

      const calls = await bench.removalCalls();
      assert.deepEqual([early.state, early.waitingFor?.why], ['executing', 'sign-in']);
      assert.equal((await bench.request(id)).state, 'done');
      assert.deepEqual(requestIds(calls), [early.removal?.requestId]);
    }),
  );

  it(
    'is waited for, without a call',
    on({}, async (bench) => {
      const id = await bench.approved('fabrikambikes');
      bench.signedOut.add(asPerson('bo'));
      const before = (await bench.log()).length;

      await bench.settle(5 * MINUTE_MS);
      const early: RemovalRequest = await bench.request(id);
      assert.equal((await bench.log()).length, before);
      bench.signedOut.clear();
      await bench.settle();

      assert.deepEqual([early.state, early.waitingFor?.why], ['approved', 'sign-in']);
      assert.equal((await bench.request(id)).state, 'done');
    }),
  );
});
