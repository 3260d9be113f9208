import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CONVERSATION_RATES, createTurns, SendRates } from '../../../bot/channel/send-rates.ts';

const HOUR_MS = 3_600_000;

/** Books one write after the other, each as soon as it may be. @returns the moments. */
function moments(rates: SendRates, count: number, nowMs = 0): number[] {
  return Array.from({ length: count }, () => nowMs + rates.book('a', nowMs, Infinity).afterMs);
}

describe('the rates of writing to one conversation', () => {
  it('let seven go at once, and the eighth a second later', () => {
    assert.deepEqual(moments(new SendRates(), 8), [0, 0, 0, 0, 0, 0, 0, 1_100]);
  });

  it('let eight go in two seconds', () => {
    assert.deepEqual(moments(new SendRates(), 9).at(-1), 2_100);
  });

  it('let sixty go in half a minute', () => {
    const at = moments(new SendRates(), 61);

    assert.ok(at[60]! - at[0]! >= 30_000);
  });

  it('let 1,800 go in an hour', () => {
    const at = moments(new SendRates(), 1_801);

    assert.ok(at[1_800]! - at[0]! >= HOUR_MS);
  });

  it('are kept by whatever is written whenever', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(gaps, (waits) => {
        const rates = new SendRates();
        let nowMs = 0;
        const at = waits.map((wait) => (nowMs += wait) + rates.book('a', nowMs, Infinity).afterMs);
        for (const { writes, withinMs } of CONVERSATION_RATES) {
          for (const [index, last] of at.entries()) {
            const first = at[index - writes];
            if (first !== undefined) assert.ok(last - first >= withinMs, `${writes} in ${withinMs} ms`);
          }
        }
      }),
    );
  });

  it('let the first to come be the first to go', () => {
    const at = moments(new SendRates(), 100);

    assert.deepEqual(
      at,
      [...at].sort((a, b) => a - b),
    );
  });

  it('count each conversation by itself', () => {
    const rates = new SendRates();
    moments(rates, 7);

    assert.deepEqual(rates.book('b', 0, 0), { kind: 'taken', afterMs: 0 });
  });

  it('are free again after a pause', () => {
    const rates = new SendRates();
    moments(rates, 7);

    assert.deepEqual(rates.book('a', 10_000, 0), { kind: 'taken', afterMs: 0 });
  });

  it('give no turn to whoever would not wait so long, and keep none for them', () => {
    const rates = new SendRates();
    moments(rates, 7);

    assert.deepEqual(rates.book('a', 0, 1_000), { kind: 'too-late', afterMs: 1_100 });
    assert.deepEqual(rates.book('a', 1_100, 0), { kind: 'taken', afterMs: 0 });
  });
});

describe('taking a turn', () => {
  it('waits for as long as it has to', async () => {
    const waits: number[] = [];
    const takeTurn = createTurns({
      now: () => new Date(0),
      sleep: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
    });

    for (let n = 0; n < 8; n += 1) assert.equal(await takeTurn('a', 5_000), undefined);

    assert.deepEqual(waits, [1_100]);
  });

  it('does not wait for longer than it may', async () => {
    const takeTurn = createTurns({
      now: () => new Date(0),
      sleep: () => Promise.reject(new Error('nobody waits')),
    });
    for (let n = 0; n < 7; n += 1) await takeTurn('a', 0);

    assert.equal(await takeTurn('a', 1_000), 1_100);
  });
});

describe('a turn that is waited for', () => {
  it('is given up at once when the bot stops, and so is every later one', async () => {
    const stopping = new AbortController();
    const takeTurn = createTurns({
      now: () => new Date(0),
      sleep: () => new Promise(() => undefined),
      stopping: stopping.signal,
    });
    for (let writes = 0; writes < 7; writes++) assert.equal(await takeTurn('a', 10_000), undefined);

    const waiting = takeTurn('a', 10_000);
    stopping.abort();

    assert.equal(await waiting, 1_100);
    assert.ok(((await takeTurn('a', 10_000)) ?? 0) > 0);
  });
});
