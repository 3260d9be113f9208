import assert from 'node:assert/strict';
import { asPerson } from '../../../services/partner-center/partner-center.ts';
import { createReadinessReader } from '../../../services/readiness/reader.ts';
import { FakePartnerCenter, faultOf } from './fake-partner-center.ts';
import { BLOCKS, CUSTOMER_ID, NOW } from './holdings-of.ts';

const MINUTE_MS = 60_000;

function reading(lanes = 10) {
  const partnerCenter = new FakePartnerCenter();
  let atMs = NOW.getTime();
  const reader = createReadinessReader({
    partnerCenter: partnerCenter.port,
    policy: BLOCKS,
    clock: () => new Date(atMs),
    lanes,
  });
  const hold = (): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    partnerCenter.held = promise as Promise<unknown> as Promise<void>;
    return () => {
      resolve(undefined);
    };
  };
  const passes = (ms: number): void => {
    atMs += ms;
  };
  return { partnerCenter, reader, hold, passes };
}

describe('a reading of a customer', () => {
  it('asks every source, and for what is under each Azure plan', async () => {
    const { partnerCenter, reader } = reading();

    const { verdict, customer, readAt } = await reader.read(CUSTOMER_ID, 'bot');

    assert.deepEqual(partnerCenter.calls.toSorted(), [
      'azure:plan',
      'azure:plan-2',
      'customer',
      'entitlements',
      'orders',
      'subscriptions',
      'transfers',
    ]);
    assert.deepEqual(verdict, { kind: 'elsewhere', count: 2 });
    assert.equal(customer?.domain, 'contoso.com');
    assert.equal(readAt, NOW.toISOString());
  });

  it('asks all but the Azure plans at once', async () => {
    const { partnerCenter, reader, hold } = reading();
    const release = hold();
    const read = reader.read(CUSTOMER_ID, 'bot');

    assert.equal(partnerCenter.running, 5);
    release();
    await read;
  });

  it('keeps to its lanes', async () => {
    const { partnerCenter, reader } = reading(2);

    await reader.read(CUSTOMER_ID, 'bot');

    assert.equal(partnerCenter.mostAtOnce, 2);
  });

  const sources: [call: string, source: string][] = [
    ['customer', 'customer'],
    ['subscriptions', 'subscriptions'],
    ['entitlements', 'entitlements'],
    ['azure:plan-2', 'azure-entitlements'],
    ['orders', 'orders'],
    ['transfers', 'transfers'],
  ];
  for (const [call, source] of sources) {
    it(`goes on when one source cannot be read, and says so: ${source}`, async () => {
      const { partnerCenter, reader } = reading();
      partnerCenter.failing.set(call, faultOf('forbidden', { status: 403, code: '900329' }));

      const { verdict, lines } = await reader.read(CUSTOMER_ID, 'bot');

      assert.deepEqual(verdict, { kind: 'cannot-tell', sources: [source] });
      assert.deepEqual(
        lines.filter(({ kind }) => kind === 'unread'),
        [
          {
            group: 'blocks',
            kind: 'unread',
            source,
            fault: 'forbidden',
            meaning: 'needs-a-person',
            ids: { requestId: 'r', correlationId: 'c' },
          },
        ],
      );
    });
  }

  it('fails for a mistake of ours', async () => {
    const { partnerCenter, reader } = reading();
    partnerCenter.failing.set('orders', new TypeError('our mistake'));

    await assert.rejects(reader.read(CUSTOMER_ID, 'bot'), /our mistake/);
    assert.equal(reader.latest(CUSTOMER_ID, 'bot'), undefined);
    partnerCenter.failing.clear();
    await reader.read(CUSTOMER_ID, 'bot');
  });
});

describe('two readings at the same time', () => {
  it('in the same name are one', async () => {
    const { partnerCenter, reader } = reading();

    const [one, other] = await Promise.all([reader.read(CUSTOMER_ID, 'bot'), reader.read(CUSTOMER_ID, 'bot')]);

    assert.equal(one, other);
    assert.equal(partnerCenter.calls.filter((call) => call === 'orders').length, 1);
  });

  it('in two names are two, since they may see different things', async () => {
    const { partnerCenter, reader } = reading();

    await Promise.all([reader.read(CUSTOMER_ID, 'bot'), reader.read(CUSTOMER_ID, asPerson('ada'))]);

    assert.equal(partnerCenter.calls.filter((call) => call === 'orders').length, 2);
  });

  it('are two when one is to be fresh', async () => {
    const { partnerCenter, reader } = reading();

    const first = reader.read(CUSTOMER_ID, 'bot');
    const fresh = reader.read(CUSTOMER_ID, 'bot', { fresh: true });

    assert.notEqual(await first, await fresh);
    assert.equal(partnerCenter.calls.filter((call) => call === 'orders').length, 2);
  });

  it('leave the one that began later, whichever ends first', async () => {
    const { partnerCenter, reader, hold } = reading();
    const release = hold();
    const early = reader.read(CUSTOMER_ID, 'bot');
    partnerCenter.held = Promise.resolve();
    const late = await reader.read(CUSTOMER_ID, 'bot', { fresh: true });
    release();
    await early;

    assert.equal(reader.latest(CUSTOMER_ID, 'bot'), late);
  });
});

describe('the latest reading', () => {
  it('is there for ten minutes', async () => {
    const { reader, passes } = reading();
    assert.equal(reader.latest(CUSTOMER_ID, 'bot'), undefined);

    const readiness = await reader.read(CUSTOMER_ID, 'bot');
    passes(10 * MINUTE_MS);
    assert.equal(reader.latest(CUSTOMER_ID, 'bot'), readiness);
    passes(1);
    assert.equal(reader.latest(CUSTOMER_ID, 'bot'), undefined);
  });

  it('is each person’s own, since Partner Center does not show everybody the same', async () => {
    const { reader } = reading();

    const asBot = await reader.read(CUSTOMER_ID, 'bot');
    assert.equal(reader.latest(CUSTOMER_ID, asPerson('ada')), undefined);
    const asAda = await reader.read(CUSTOMER_ID, asPerson('ada'));

    assert.equal(reader.latest(CUSTOMER_ID, 'bot'), asBot);
    assert.equal(reader.latest(CUSTOMER_ID, asPerson('ada')), asAda);
    assert.equal(reader.latest(CUSTOMER_ID, asPerson('bo')), undefined);
    reader.forget(CUSTOMER_ID);
    for (const actAs of ['bot', asPerson('ada')] as const) assert.equal(reader.latest(CUSTOMER_ID, actAs), undefined);
  });

  it('is gone when something was changed', async () => {
    const { reader } = reading();
    await reader.read(CUSTOMER_ID, 'bot');

    reader.forget(CUSTOMER_ID);

    assert.equal(reader.latest(CUSTOMER_ID, 'bot'), undefined);
  });

  it('is never one that was begun before the change', async () => {
    const { reader, hold } = reading();
    const release = hold();
    const before = reader.read(CUSTOMER_ID, 'bot');
    reader.forget(CUSTOMER_ID);
    const after = reader.read(CUSTOMER_ID, 'bot');
    release();

    assert.notEqual(await before, await after);
    assert.equal(reader.latest(CUSTOMER_ID, 'bot'), await after);
  });

  it('is none when only a reading from before the change ended', async () => {
    const { reader, hold } = reading();
    const release = hold();
    const before = reader.read(CUSTOMER_ID, 'bot');
    reader.forget(CUSTOMER_ID);
    release();
    await before;

    assert.equal(reader.latest(CUSTOMER_ID, 'bot'), undefined);
  });

  it('is kept for a bounded number of customers', async () => {
    const { reader } = reading();
    for (let n = 0; n <= 500; n++) await reader.read(`customer-${n}`, 'bot');

    assert.equal(reader.latest('customer-0', 'bot'), undefined);
    assert.notEqual(reader.latest('customer-1', 'bot'), undefined);
    assert.notEqual(reader.latest('customer-500', 'bot'), undefined);
  });
});
