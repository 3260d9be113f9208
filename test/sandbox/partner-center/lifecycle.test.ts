import assert from 'node:assert/strict';
import { at, bench } from './support.ts';

describe('time alone', () => {
  const { get, send, set, subscription } = bench();

  const after = async (days: number, name: string): Promise<unknown> => {
    await set('/_clock', { advanceDays: days });
    return (await get(subscription(name))).body;
  };
  const suspend = async (name: string): Promise<void> => {
    await send('PATCH', subscription(name), { body: { status: 'suspended' } });
  };

  it('renews what renews, with seven new days to cancel', async () => {
    const body = await after(246, 'Woodgrove Bank');

    assert.equal(at(body, 'status'), 'active');
    assert.equal(at(body, 'commitmentEndDate'), '2028-02-14T00:00:00Z');
    assert.match(String(at(body, 'cancellationAllowedUntilDate')), /^2027-02-22T/);
  });

  it('renews as often as terms have passed', async () => {
    assert.equal(at(await after(246 + 2 * 365, 'Woodgrove Bank'), 'commitmentEndDate'), '2030-02-14T00:00:00Z');
  });

  it('carries new commerce that does not renew on, month by month, cancellable at any time', async () => {
    const body = await after(200, 'Wingtip Toys');

    assert.equal(at(body, 'status'), 'active');
    assert.equal(at(body, 'termDuration'), 'P1M');
    assert.equal(
      String(at(body, 'cancellationAllowedUntilDate')).slice(0, 10),
      String(at(body, 'commitmentEndDate')).slice(0, 10),
    );
    assert.equal((await send('PATCH', subscription('Wingtip Toys'), { body: { status: 'deleted' } })).status, 200);
  });

  it('ends what was told to end with its term', async () => {
    assert.equal(at(await after(30, 'Coho Winery'), 'status'), 'expired');
  });

  it('ends what does not renew where there is no extended term: expired, disabled, deleted', async () => {
    await set('/_faults', { switches: { extendedServiceTerm: false } });

    assert.equal(at(await after(170, 'Wingtip Toys'), 'status'), 'expired');
    assert.equal(at(await after(31, 'Wingtip Toys'), 'status'), 'disabled');
    assert.equal(at(await after(91, 'Wingtip Toys'), 'status'), 'deleted');
  });

  it('disables suspended new commerce at the end of its term', async () => {
    assert.equal(at(await after(200, 'Proseware'), 'status'), 'suspended');
    assert.equal(at(await after(80, 'Proseware'), 'status'), 'disabled');
  });

  it('deletes suspended legacy after ninety days', async () => {
    await suspend('Northwind Traders');

    assert.equal(at(await after(89, 'Northwind Traders'), 'status'), 'suspended');
    assert.equal(at(await after(2, 'Northwind Traders'), 'status'), 'deleted');
  });

  it('makes a trial a paid subscription unless its renewal is off', async () => {
    assert.equal(at(await after(21, 'Trey Research'), 'isTrial'), false);
  });

  it('ends a trial whose renewal is off', async () => {
    await send('PATCH', subscription('Trey Research'), { body: { autoRenewEnabled: false } });

    assert.equal(at(await after(21, 'Trey Research'), 'status'), 'expired');
  });
});
