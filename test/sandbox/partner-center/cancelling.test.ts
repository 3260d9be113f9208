import assert from 'node:assert/strict';
import { at, bench, items, statusAndCode, type Reply } from './support.ts';

describe('cancelling a purchase', () => {
  const { get, send, change, set, id, subscription } = bench();

  const cancelOrder = async (name: string): Promise<Reply> => {
    const [order] = items(await get(`/v1/customers/${id(name)}/orders`));
    return send('PATCH', `/v1/customers/${id(name)}/orders/${String(order?.['id'])}`, {
      body: { ...order, status: 'cancelled' },
    });
  };
  const cancelSubscription = (name: string, position = 0): Promise<Reply> =>
    change(subscription(name, position), { status: 'deleted' });

  type Outcome = readonly [status: number, code: string | undefined];
  const DONE: Outcome = [200, undefined];
  const NOT_BY_ORDER: Outcome = [400, '2006'];
  const byOrder: readonly [product: string, name: string, production: Outcome, sandbox: Outcome][] = [
    ['a reservation', 'Humongous Insurance', NOT_BY_ORDER, DONE],
    ['perpetual software', 'Lamna Healthcare', DONE, DONE],
    ['a software subscription', 'Litware', DONE, DONE],
    ['new commerce', 'Continental Cargo', NOT_BY_ORDER, NOT_BY_ORDER],
    ['marketplace', 'Relecloud', [403, '800077'], [403, '800077']],
    ['an Azure plan', 'Adventure Works', NOT_BY_ORDER, NOT_BY_ORDER],
  ];
  for (const [product, name, production, sandbox] of byOrder)
    for (const [environment, outcome] of [
      ['production', production],
      ['sandbox', sandbox],
    ] as const) {
      it(`by its order ${outcome === DONE ? 'works' : 'is refused'} for ${product} in ${environment}`, async () => {
        await set('/_faults', { switches: { environment } });

        const reply = await cancelOrder(name);

        assert.deepEqual(statusAndCode(reply), outcome);
        if (outcome === DONE) assert.equal(at(reply.body, 'status'), 'cancelled');
      });
    }

  const bySubscription: readonly [product: string, name: string, position: number][] = [
    ['a software subscription', 'Litware', 0],
    ['new commerce', 'Continental Cargo', 0],
    ['a marketplace year', 'Relecloud', 1],
    ['an Azure plan with nothing active under it', 'Adventure Works', 0],
  ];
  for (const [product, name, position] of bySubscription)
    for (const environment of ['production', 'sandbox'] as const) {
      it(`by its subscription works for ${product} in ${environment}, for good`, async () => {
        await set('/_faults', { switches: { environment } });

        assert.equal(at((await cancelSubscription(name, position)).body, 'status'), 'deleted');
        assert.deepEqual(statusAndCode(await change(subscription(name, position), { status: 'active' })), [
          400,
          '2011',
        ]);
      });
    }

  it('is refused for an Azure plan with active Azure subscriptions', async () => {
    assert.deepEqual(statusAndCode(await cancelSubscription('VanArsdel')), [403, '900115']);
  });

  const closing: readonly [product: string, name: string, position: number, leftDays: number, code: string][] = [
    ['new commerce seven days', 'Continental Cargo', 0, 4, '900117'],
    ['a software subscription seven days', 'Litware', 0, 5, '900117'],
    ['a marketplace year fourteen days', 'Relecloud', 1, 9, '900117'],
  ];
  for (const [product, name, position, leftDays, code] of closing) {
    it(`by its subscription is open to ${product}, and not longer`, async () => {
      await set('/_clock', { advanceDays: leftDays + 0.01 });
      assert.deepEqual(statusAndCode(await cancelSubscription(name, position)), [400, code]);

      await set('/_clock', { advanceDays: -0.02 });
      assert.equal((await cancelSubscription(name, position)).status, 200);
    });
  }

  it('is open to a marketplace month for a day, and has a code of its own later', async () => {
    const customerId = id('Fabrikam Bikes');
    await set('/_world', { customerId, addSubscription: { class: 'marketplace', startedDaysAgo: 0.9 } });
    assert.equal((await cancelSubscription('Fabrikam Bikes')).status, 200);

    await set('/_world', { customerId, addSubscription: { class: 'marketplace', startedDaysAgo: 1.1 } });
    assert.deepEqual(statusAndCode(await cancelSubscription('Fabrikam Bikes', 1)), [400, '900213']);
  });

  const orderWindows: readonly [product: string, name: string, leftDays: number][] = [
    ['a software subscription seven days', 'Litware', 5],
    ['perpetual software thirty days', 'Lamna Healthcare', 20],
  ];
  for (const [product, name, leftDays] of orderWindows) {
    it(`by its order is open to ${product}, and not longer`, async () => {
      await set('/_clock', { advanceDays: leftDays + 0.01 });
      assert.deepEqual(statusAndCode(await cancelOrder(name)), [400, '900117']);

      await set('/_clock', { advanceDays: -0.02 });
      assert.equal((await cancelOrder(name)).status, 200);
    });
  }

  it('is open to an application without a user, by order as by subscription', async () => {
    await set('/_faults', { switches: { appOnly: true } });

    assert.equal((await cancelOrder('Litware')).status, 200);
    assert.equal((await cancelSubscription('Continental Cargo')).status, 200);
  });
});
