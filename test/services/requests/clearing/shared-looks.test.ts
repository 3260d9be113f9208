import assert from 'node:assert/strict';
import { asPerson, type Subscription } from '../../../../services/partner-center/partner-center.ts';
import { createSharedLooks } from '../../../../services/requests/clearing/shared-looks.ts';
import type { ClearingStep } from '../../../../services/requests/clearing/clearing-step.ts';
import { seeTarget } from '../../../../services/requests/clearing/step-effects.ts';
import { on } from '../workbench.ts';

const CUSTOMER = 'c';
const ada = { actAs: asPerson('ada') };
const subscription = (id: string): Subscription => ({ id }) as Subscription;
const names = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `s${n}`);

describe('looks at the subscriptions of one customer', () => {
  const asked: string[] = [];
  let listed: readonly string[];
  let isDown = false;
  let looks: ReturnType<typeof createSharedLooks>;
  const partnerCenter: Parameters<typeof createSharedLooks>[0] = {
    async subscription(_, id) {
      asked.push(id);
      await new Promise(setImmediate);
      if (isDown) throw new Error('down');
      return subscription(id);
    },
    async subscriptions() {
      asked.push('all');
      await new Promise(setImmediate);
      if (isDown) throw new Error('down');
      return listed.map(subscription);
    },
  };
  const see = (ids: readonly string[]) => Promise.all(ids.map((id) => looks.see(CUSTOMER, id, ada)));
  beforeEach(() => {
    asked.length = 0;
    listed = names(50);
    isDown = false;
    looks = createSharedLooks(partnerCenter);
  });

  it('are made one by one while they are few', async () => {
    const seen = await see(names(3));

    assert.deepEqual(asked.toSorted(), ['s0', 's1', 's2']);
    assert.ok(seen.every(({ isOfList }) => !isOfList));
  });

  it('are one look at the list for all that come while another one is under way', async () => {
    const seen = await see(names(20));

    assert.deepEqual(asked, ['s0', 'all']);
    assert.deepEqual(
      seen.map(({ subscription: { id } }) => id),
      names(20),
    );
    assert.equal(seen.filter(({ isOfList }) => isOfList).length, 19);
  });

  it('are never answered by one that had begun before they were asked for', async () => {
    const first = looks.see(CUSTOMER, 's0', ada);
    await Promise.resolve();
    assert.deepEqual(asked, ['s0']);

    await Promise.all([first, looks.see(CUSTOMER, 's0', ada)]);

    assert.deepEqual(asked, ['s0', 's0']);
  });

  it('are made by themselves of what the list lacks', async () => {
    listed = names(10);

    const seen = await see(names(12));

    assert.deepEqual(asked, ['s0', 'all', 's10', 's11']);
    assert.ok(seen.slice(10).every(({ isOfList }) => !isOfList));
  });

  it('fail for all who wait for the same one, and for nobody after that', async () => {
    isDown = true;
    const outcomes = await Promise.allSettled(names(9).map((id) => looks.see(CUSTOMER, id, ada)));
    isDown = false;
    const [again] = await see(['s1']);

    assert.ok(outcomes.every(({ status }) => status === 'rejected'));
    assert.equal(again?.subscription.id, 's1');
  });

  it('are not shared with somebody else’s name, nor with another customer', async () => {
    await Promise.all([
      ...names(2).map((id) => looks.see(CUSTOMER, id, ada)),
      ...names(2).map((id) => looks.see(CUSTOMER, id, { actAs: 'bot' })),
      ...names(2).map((id) => looks.see('other', id, ada)),
    ]);

    assert.ok(!asked.includes('all'));
  });
});

describe('what a list says of a step', () => {
  const step: ClearingStep = {
    ...{ action: 'suspend', holdingId: 's', class: 'legacy-licence', name: 'E3', quantity: 1 },
    ...{ actAs: ada.actAs, askedAt: '2026-06-15T10:00:00.000Z', state: 'asked', requestId: 'r', sendings: 0, looks: 0 },
  };
  const legacy = (status: string, etag?: string): Subscription => ({
    ...{ id: 's', offerId: '796b6b5f-613c-4e24-a17c-eba730d49c02', name: 'E3', quantity: 1, status },
    ...{ billingType: 'license', unitType: 'licenses', isTrial: false, autoRenewEnabled: true, body: {} },
    ...(etag !== undefined && { etag }),
  });
  /** @returns how it is seen, and how often it was read by itself. */
  const seen = async (own: ClearingStep, listed: Subscription, itself: Subscription): Promise<[string, number]> => {
    let alone = 0;
    const partnerCenter = {
      subscription: () => {
        alone++;
        return Promise.resolve(itself);
      },
    } as unknown as Parameters<typeof seeTarget>[0];
    const looks = { see: () => Promise.resolve({ subscription: listed, isOfList: true }) };
    const { kind } = await seeTarget(partnerCenter, CUSTOMER, own, { ...ada, looks, clock: () => new Date() });
    return [kind, alone];
  };
  const [active, suspended] = [legacy('active', 'e1'), legacy('suspended', 'e2')];
  const accepted: ClearingStep = { ...step, state: 'accepted', sendings: 1 };

  it('is enough to send it by, with an etag that the service refuses where the list lags', async () => {
    assert.deepEqual(await seen(step, active, active), ['to-do', 0]);
    assert.deepEqual(await seen(step, legacy('active'), active), ['to-do', 1]);
  });

  it('is enough to see that it was done once it was accepted', async () => {
    assert.deepEqual(await seen(accepted, suspended, suspended), ['done', 0]);
    assert.deepEqual(await seen(accepted, active, suspended), ['to-do', 0], 'it is looked at again');
  });

  it('is not enough to see that it was given back where it was suspended a moment ago: a list that lags shows the time before', async () => {
    const back = { ...accepted, action: 'reactivate' } as const;
    const lately = { ...back, suspendedAt: new Date().toISOString() };
    const longAgo = { ...back, suspendedAt: '2026-01-01T00:00:00.000Z' };

    assert.deepEqual(await seen(lately, active, suspended), ['to-do', 1]);
    assert.deepEqual(await seen(longAgo, active, active), ['done', 0]);
  });

  it('is not believed where it is so already, and ours was not sent', async () => {
    assert.deepEqual(await seen(step, suspended, active), ['to-do', 1]);
  });

  it('is not asked for any more after a few looks, nor after a sending without an answer', async () => {
    assert.deepEqual(await seen({ ...accepted, looks: 3 }, active, suspended), ['done', 1]);
    assert.deepEqual(await seen({ ...step, state: 'sent', sendings: 1 }, suspended, active), ['to-do', 1]);
  });

  it('is never asked for what cannot be taken back', async () => {
    const listed = { ...active, cancellationAllowedUntilDate: '2999-01-01T00:00:00Z' };

    assert.deepEqual(await seen({ ...step, action: 'cancel' }, listed, listed), ['to-do', 1]);
  });
});

describe('steps at the same time', () => {
  const GRAPHIC_DESIGN = 'graphicdesigninstitute';

  it(
    'are sent once each, and each is seen to be done',
    on({}, async (bench) => {
      const id = await bench.suspend(GRAPHIC_DESIGN);
      await bench.settle();

      assert.ok((await bench.steps(id)).every(({ state }) => state === 'done'));
      assert.equal((await bench.suspensionCalls()).length, 6);
      const { subscriptions } = bench.stand.world.customer((await bench.customer(GRAPHIC_DESIGN)).id)?.holdings ?? {};
      assert.ok(subscriptions?.every(({ status }) => status === 'suspended'));
    }),
  );
});
