import assert from 'node:assert/strict';
import { readAudit, verifyAudit, type AuditEntry, type AuditEvent } from '../../../services/audit/audit-chain.ts';
import { createAuditLog } from '../../../services/audit/audit-log.ts';
import { DAY_MS, SECOND_MS } from '../../../services/clock.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import { StoreError, type Store } from '../../../services/storage/store.ts';
import { BEGIN, event, key } from './recorded.ts';

const TODAY = 'audit:2026-03-01.boot-1';

describe('what belongs to no request', () => {
  let now: Date;
  let commits: number;
  let isFull: boolean;
  let store: Store;
  let faults: { readonly waiting: number; readonly lost: number }[];
  let log: ReturnType<typeof createAuditLog>;

  beforeEach(() => {
    now = BEGIN;
    commits = 0;
    isFull = false;
    faults = [];
    const memory = createMemoryStore({ boot: 'boot-1' });
    store = {
      ...memory,
      async commit(...change) {
        await new Promise((resolve) => setImmediate(resolve));
        if (isFull) throw new StoreError('unwritable', 'the disk is full');
        commits += 1;
        return memory.commit(...change);
      },
    };
    log = createAuditLog({
      store,
      clock: () => now,
      boot: 'boot-1',
      auditKey: key,
      onFault: (_error, events) => faults.push(events),
    });
  });
  afterEach(() => log.close());

  const recorded = async (chain = TODAY): Promise<readonly AuditEntry[]> => {
    const { rows } = await store.read(chain);
    assert.equal(verifyAudit(rows, chain, key).kind, 'intact');
    return readAudit(rows);
  };

  it('is in a chain of the process and the day', async () => {
    assert.ok(await log.record(event(1)));
    now = new Date(BEGIN.getTime() + DAY_MS);
    assert.ok(await log.record(event(2)));

    assert.deepEqual(
      (await recorded()).map(({ detail }) => detail?.['n']),
      [1],
    );
    assert.deepEqual(
      (await recorded('audit:2026-03-02.boot-1')).map(({ detail }) => detail?.['n']),
      [2],
    );
  });

  it('costs few commits when it is a flood, and loses none of it', async () => {
    const stored = await Promise.all(Array.from({ length: 500 }, (_, n) => log.record(event(n))));

    assert.ok(stored.every((isStored) => isStored));
    assert.deepEqual(
      (await recorded()).map(({ detail }) => detail?.['n']),
      Array.from({ length: 500 }, (_, n) => n),
    );
    assert.ok(commits <= 7, `${commits} commits`);
  });

  it('loses nobody’s turn where the store takes nothing, and is told each time', async () => {
    isFull = true;

    assert.equal(await log.record(event(1)), false);

    assert.deepEqual(faults, [{ waiting: 1, lost: 0 }]);
  });

  it('is stored with the next, with the time at which it happened', async () => {
    isFull = true;
    await log.record(event(1));
    isFull = false;
    now = new Date(BEGIN.getTime() + 30 * SECOND_MS);

    assert.ok(await log.record(event(2)));

    assert.deepEqual(
      (await recorded()).map(({ at, detail }) => [at, detail?.['n']]),
      [
        ['2026-03-01T09:00:00.000Z', 1],
        ['2026-03-01T09:00:30.000Z', 2],
      ],
    );
  });

  it('says how much of it was given up, once there is a store again', async () => {
    isFull = true;
    const many: readonly AuditEvent[] = Array.from({ length: 10_003 }, (_, n) => event(n));
    await log.record(...many);
    assert.deepEqual(faults, [{ waiting: 10_000, lost: 3 }]);
    isFull = false;

    await log.record(event(-1));

    const [first, ...rest] = await recorded();
    assert.deepEqual([first?.action, first?.detail], ['audit.lost', { events: 4 }]);
    assert.equal(rest.length, 10_000);
  }).timeout(20_000);

  it('is stored before the process ends', async () => {
    void log.record(event(1));

    await log.close();

    assert.equal((await recorded()).length, 1);
  });
});
