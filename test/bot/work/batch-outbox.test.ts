import assert from 'node:assert/strict';
import { SendError, type Messenger } from '../../../bot/channel/messenger.ts';
import { createBatchOutbox } from '../../../bot/work/batch-outbox.ts';
import type { BatchScreen } from '../../../dialogs/batch-screen.ts';
import { batchCardChange, shownBatch, type BatchCard } from '../../../services/batches/batch-cards.ts';
import type { BatchRecord } from '../../../services/batches/batch.ts';
import { later } from '../../../services/clock.ts';
import type { Person } from '../../../services/people/person.ts';
import type { Claim } from '../../../services/storage/claim.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import { quietLog } from '../quiet-log.ts';

const PARTITION = 'batch:b-1';
const BO = 'bo';
const card = { type: 'AdaptiveCard' } as never;

describe('the card of several that wait to be shown', () => {
  /** What lies in the chat: ids and toasts. */
  let chat: Map<string, string>;
  let fault: SendError | undefined;
  let now: Date;
  let store: ReturnType<typeof createMemoryStore>;
  let outbox: (claim: Claim) => Promise<void>;

  beforeEach(() => {
    chat = new Map();
    fault = undefined;
    now = new Date('2026-03-01T09:00:00.000Z');
    store = createMemoryStore({ boot: 'boot-1' });
    const messenger: Messenger = {
      send: (_to, { summary }) => {
        const id = `m${chat.size + 1}`;
        chat.set(id, summary);
        return Promise.resolve(id);
      },
      edit: (_to, id, message) => {
        if (fault !== undefined) return Promise.reject(fault);
        chat.set(id, (typeof message === 'function' ? message() : message)?.summary ?? '');
        return Promise.resolve();
      },
      delete: () => Promise.resolve(),
    };
    const shown = (summary: string) => ({ card, summary });
    outbox = createBatchOutbox({
      ...{ store, messenger, clock: () => now, fallbackLanguage: 'en', log: quietLog().log },
      batchStore: { read: () => Promise.resolve({ batch: { id: 'b-1' }, members: [] } as unknown as BatchRecord) },
      batches: { requestsOf: () => Promise.resolve(new Map()) },
      people: { find: () => Promise.resolve({ id: BO, locale: 'en', address: {} } as Person) },
      screen: {
        list: () => Promise.resolve(shown('list')),
        moved: () => shown('moved'),
        headline: (_slot: string, headline: string) => headline,
      } as unknown as BatchScreen,
      onAsking: () => Promise.resolve(),
    });
  });

  const wish = async (headline: BatchCard['headline']): Promise<void> => {
    const partition = await store.read(PARTITION);
    const changes = batchCardChange(partition, { recipient: BO, slot: 'list', mode: 'new', headline: headline! }, now);
    await store.commit(PARTITION, partition.version, changes);
  };
  const sendDue = async (): Promise<number> => {
    const due = await store.due(now, 10);
    for (const { key } of due) {
      const { version, rows } = await store.read(PARTITION);
      const row = rows.get(key)!;
      const lease = { owner: 'boot-1', until: later(now, 60_000), fence: (row.lease?.fence ?? 0) + 1 };
      await store.commit(PARTITION, version, [{ key, row: { ...row, lease } }]);
      await outbox({ partition: PARTITION, key, lease });
    }
    return due.length;
  };
  const pass = (ms: number): void => {
    now = new Date(now.getTime() + ms);
  };
  const kept = async () => {
    const partition = await store.read(PARTITION);
    return {
      left: shownBatch(partition, BO, 'list')?.left,
      waits: [...partition.rows.keys()].some((key) => key.startsWith('outbox:')),
    };
  };
  /** An older list that Teams does not let be settled. */
  const leaveOne = async (): Promise<void> => {
    await wish('approval-wanted');
    pass(2_000);
    await sendDue();
    pass(3_600_000);
    fault = new SendError('unavailable', { status: 503 });
    await wish('reminder');
    pass(2_000);
    await sendDue();
  };

  it('F28: settles the one before as soon as Teams takes it, and sends nothing anew', async () => {
    await leaveOne();
    const before = { chat: [...chat.values()], ...(await kept()) };
    fault = undefined;
    pass(1_000);

    await sendDue();

    assert.deepEqual(before, { chat: ['approval-wanted', 'reminder'], left: ['m1'], waits: true });
    assert.deepEqual([...chat.values()], ['moved', 'reminder']);
    assert.deepEqual(await kept(), { left: undefined, waits: false });
  });

  it('settles it also where something new comes before that', async () => {
    await leaveOne();
    pass(3_600_000);
    fault = undefined;
    await wish('reminder');
    pass(2_000);

    await sendDue();

    assert.deepEqual([...chat.values()], ['moved', 'moved', 'reminder']);
    assert.deepEqual(await kept(), { left: undefined, waits: false });
  });

  it('gives it up after three days, and edits no message that is gone', async () => {
    await leaveOne();
    pass(72 * 3_600_000);
    await sendDue();
    const atLast = await kept();
    pass(60_000);
    await sendDue();
    const after = await kept();
    await leaveOne();
    fault = new SendError('gone', { status: 404 });
    for (let minutes = 0; minutes < 4; minutes++) {
      pass(60_000);
      await sendDue();
    }

    assert.deepEqual([atLast.waits, after], [true, { left: undefined, waits: false }]);
    assert.deepEqual(await kept(), { left: undefined, waits: false });
  });
});
