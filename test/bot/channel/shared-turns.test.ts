import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CONVERSATION_RATES, TENANT_RATES, shareOf } from '../../../bot/channel/send-rates.ts';
import type { ConversationTurns } from '../../../bot/channel/conversation-turns.ts';
import { createSharedTurns } from '../../../bot/channel/shared-turns.ts';
import { SendError } from '../../../bot/channel/messenger.ts';
import { newGuid } from '../../../services/ids.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import { StoreError, type Store } from '../../../services/storage/store.ts';

describe('turns that processes take together', () => {
  let store: Store;
  let nowMs: number;
  beforeEach(() => {
    store = createMemoryStore({ boot: 'boot' });
    nowMs = Date.parse('2026-03-01T09:00:00Z');
  });
  /** Time passes with whoever waits. */
  const join = (given: Partial<Store> = {}): ConversationTurns =>
    createSharedTurns({
      store: { ...store, ...given },
      clock: () => new Date(nowMs),
      sleep: (ms) => {
        nowMs += ms;
        return Promise.resolve();
      },
      newId: newGuid,
    });
  const PATIENT = { mostMs: Number.MAX_SAFE_INTEGER };

  it('keep a conversation’s rates, whichever of them writes', async () => {
    const gaps = fc.array(fc.tuple(fc.integer({ min: 0, max: 2_000 }), fc.nat(2)), { maxLength: 100 });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(gaps, async (writes) => {
        const conversation = `chat-${(run += 1)}`;
        const all = [join(), join(), join()];
        const at: number[] = [];
        for (const [gapMs, who] of writes) {
          nowMs += gapMs;
          await all[who]?.(conversation, PATIENT, async () => at.push(nowMs));
        }
        for (const { writes: most, withinMs } of CONVERSATION_RATES)
          for (const [n, last] of at.entries()) {
            const first = at[n - most];
            if (first !== undefined) assert.ok(last - first >= withinMs, `${most} in ${withinMs} ms`);
          }
      }),
      { numRuns: 30 },
    );
  });

  it('are counted across the hour', async () => {
    const [one, another] = [join(), join()];
    const at: number[] = [];
    for (let n = 0; n < 1_801; n += 1) await (n % 2 ? one : another)('chat', PATIENT, async () => at.push(nowMs));

    assert.ok((at[1_800] ?? 0) - (at[0] ?? 0) >= 3_600_000);
  });

  it('are no turns where they would come too late', async () => {
    const [one, another] = [join(), join()];
    for (let n = 0; n < 7; n += 1) await one('chat', { mostMs: 0 }, async () => undefined);

    await assert.rejects(
      another('chat', { mostMs: 100 }, async () => assert.fail('it was too early')),
      (error: Error) => error instanceof SendError && error.fault === 'throttled' && (error.retryAfterMs ?? 0) > 100,
    );
    await another('another chat', { mostMs: 0 }, async () => undefined);
  });

  it('let one change of a message end before the next one begins, and changes of others go on', async () => {
    const [one, another] = [join(), join()];
    const said: string[] = [];
    const first = Promise.withResolvers<undefined>();
    const change = (turns: ConversationTurns, message: string, name: string, until?: Promise<undefined>) =>
      turns('chat', { mostMs: 20_000, changed: message }, async () => {
        said.push(`${name} begins`);
        await until;
        said.push(`${name} ends`);
      });

    const older = change(one, 'message', 'older', first.promise);
    while (said.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const realSleep = nowMs;
    const newer = change(another, 'message', 'newer');
    await change(another, 'other message', 'other');
    first.resolve(undefined);
    await Promise.all([older, newer]);

    assert.ok(nowMs >= realSleep);
    assert.deepEqual(said, ['older begins', 'other begins', 'other ends', 'older ends', 'newer begins', 'newer ends']);
  });

  it('wait for nobody longer than a call may take', async () => {
    const [dead, other] = [join(), join()];
    void dead('chat', { mostMs: 0, changed: 'message' }, () => new Promise(() => undefined));
    for (let n = 0; n < 20; n += 1) await new Promise((resolve) => setImmediate(resolve));
    const began = nowMs;

    await other('chat', { mostMs: 30_000, changed: 'message' }, async () => undefined);

    assert.ok(nowMs - began >= 11_000 && nowMs - began < 15_000, String(nowMs - began));
  });

  it('are unavailable where the store does not answer', async () => {
    const turns = join({ read: () => Promise.reject(new StoreError('unwritable', 'it is away')) });

    await assert.rejects(
      turns('chat', { mostMs: 0 }, async () => assert.fail('nobody knows whether it is time')),
      (error: Error) => error instanceof SendError && error.fault === 'unavailable',
    );
  });
});

describe('the share of a rate', () => {
  it('is never nothing, and all shares together are no more than the rate while there are so few', () => {
    for (const count of [1, 2, 3, 4, 10, 40]) {
      const [one] = shareOf(TENANT_RATES, 1 / count);
      assert.ok(one !== undefined && one.writes >= 1 && one.writes * count <= 40);
    }
  });
});
