import assert from 'node:assert/strict';
import { at, bench, statusAndCode } from './support.ts';

describe('new commerce that is being renewed', () => {
  const { get, change, set, subscription } = bench();

  /** Half way through the window that follows the last day of the bank's term. */
  const inTheWindow = async (): Promise<string> => {
    await set('/_faults', { switches: { renewalWindowMs: 24 * 3_600_000 } });
    await set('/_clock', { now: '2027-02-15T12:00:00Z' });
    return subscription('Woodgrove Bank');
  };

  it('still shows the term that has ended, and the next one a day later', async () => {
    const path = await inTheWindow();
    assert.equal(at((await get(path)).body, 'commitmentEndDate'), '2027-02-14T00:00:00Z');
    assert.equal(at((await get(path)).body, 'status'), 'active');

    await set('/_clock', { now: '2027-02-16T00:00:00Z' });

    assert.equal(at((await get(path)).body, 'commitmentEndDate'), '2028-02-14T00:00:00Z');
  });

  const readOnly: readonly [what: string, fields: object][] = [
    ['suspended', { status: 'suspended' }],
    ['cancelled', { status: 'deleted' }],
    ['kept from renewing', { autoRenewEnabled: false }],
    ['given another next term', { scheduledNextTermInstructions: { quantity: 1 } }],
  ];
  for (const [what, fields] of readOnly) {
    it(`cannot be ${what} before it is`, async () => {
      const path = await inTheWindow();

      assert.deepEqual(statusAndCode(await change(path, fields)), [400, '900280']);
      await set('/_clock', { advanceDays: 1 });
      assert.equal((await change(path, fields)).status, 200);
    });
  }

  it('cannot be reactivated while its term ends', async () => {
    await change(subscription('Woodgrove Bank'), { status: 'suspended' });
    const path = await inTheWindow();

    assert.deepEqual(statusAndCode(await change(path, { status: 'active' })), [400, '900280']);
    await set('/_clock', { advanceDays: 1 });
    assert.equal(at((await get(path)).body, 'status'), 'disabled');
  });

  it('can be renamed all the same', async () => {
    const path = await inTheWindow();

    assert.equal(at((await change(path, { friendlyName: 'Tellers' })).body, 'friendlyName'), 'Tellers');
  });

  it('is renewed at midnight unless so switched', async () => {
    await set('/_clock', { now: '2027-02-15T00:00:00Z' });

    const { body } = await change(subscription('Woodgrove Bank'), { status: 'suspended' });

    assert.deepEqual([at(body, 'status'), at(body, 'commitmentEndDate')], ['suspended', '2028-02-14T00:00:00Z']);
  });
});
