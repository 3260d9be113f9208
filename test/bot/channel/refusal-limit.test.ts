import assert from 'node:assert/strict';
import { createRefusalLimit, type RefusalLimit } from '../../../bot/channel/refusal-limit.ts';

describe('the refused requests of an address', () => {
  let nowMs = 0;
  let limit: RefusalLimit;
  const refused = (address: string, times: number): void => {
    for (let n = 0; n < times; n += 1) limit.count(address);
  };

  beforeEach(() => {
    nowMs = 1_000_000;
    limit = createRefusalLimit(() => new Date(nowMs), 3);
  });

  it('may be 200 at once, and 20 a second from then on', () => {
    refused('203.0.113.7', 199);
    const before = limit.isReached('203.0.113.7');
    refused('203.0.113.7', 1);
    const after = limit.isReached('203.0.113.7');
    nowMs += 1_000;
    refused('203.0.113.7', 19);
    const later = limit.isReached('203.0.113.7');
    refused('203.0.113.7', 1);

    assert.deepEqual([before, after, later, limit.isReached('203.0.113.7')], [false, true, false, true]);
  });

  it('are no more than fit, however many there were', () => {
    refused('203.0.113.7', 5_000);
    nowMs += 10_000;
    refused('203.0.113.7', 199);

    assert.ok(!limit.isReached('203.0.113.7'));
  });

  it('are not those of others', () => {
    refused('203.0.113.7', 200);

    assert.ok(limit.isReached('::ffff:203.0.113.7'), 'the same address, as a socket of both kinds names it');
    for (const other of ['203.0.113.8', '::1', '2001:db8::1', '']) assert.ok(!limit.isReached(other), other);
  });

  it('are those of a whole network of IPv6', () => {
    refused('2001:db8::1', 200);

    for (const same of ['2001:db8::1', '2001:db8::2:3:4:5', '2001:db8:0:0:ffff:1:2:3', '2001:db8::9%eth0'])
      assert.ok(limit.isReached(same), same);
    for (const other of ['2001:db8:0:1::1', '2001:db8:1::1', '2001:db9::1', 'fe80::1'])
      assert.ok(!limit.isReached(other), other);
  });

  it('are forgotten first where there were none for longest, once there are too many addresses', () => {
    for (const address of ['a', 'b', 'c']) refused(address, 200);
    refused('a', 1);
    refused('d', 1);

    assert.deepEqual(
      ['a', 'b', 'c', 'd'].map((address) => limit.isReached(address)),
      [true, false, true, false],
    );
  });
});
