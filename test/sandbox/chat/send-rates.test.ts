import assert from 'node:assert/strict';
import { SendRates } from '../../../sandbox/chat/send-rates.ts';

describe("Teams' rates of sending", () => {
  it('let seven messages through in a second, and name the wait for the eighth', () => {
    const rates = new SendRates();
    for (let n = 0; n < 7; n += 1) assert.equal(rates.refuse('a', 1_000_000 + n), undefined);

    assert.equal(rates.refuse('a', 1_000_900), 1);
    assert.equal(rates.refuse('a', 1_001_001), undefined);
    assert.equal(rates.refuse('a', 1_001_002), 1);
  });

  it('let sixty through in half a minute', () => {
    const rates = new SendRates();
    for (let n = 0; n < 60; n += 1) assert.equal(rates.refuse('a', 1_000_000 + n * 400), undefined);

    assert.equal(rates.refuse('a', 1_024_000), 6);
  });

  it('count each conversation by itself', () => {
    const rates = new SendRates();
    for (let n = 0; n < 7; n += 1) rates.refuse('a', 1_000_000);

    assert.equal(rates.refuse('b', 1_000_000), undefined);
  });
});
