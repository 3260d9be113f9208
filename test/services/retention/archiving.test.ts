import assert from 'node:assert/strict';
import { UNDO_POLICY } from '../../../services/requests/giving-back/undo-clock.ts';
import { createAuditLog } from '../../../services/audit/audit-log.ts';
import { createCheckpoints } from '../../../services/audit/checkpoints.ts';
import { markedStore } from '../../../services/audit/marked-store.ts';
import { verifyRecord, type RecordSource } from '../../../services/audit/verify-record.ts';
import { auditKeyOf, readAudit, verifyAudit } from '../../../services/audit/audit-chain.ts';
import { DAY_MS, later, SECOND_MS } from '../../../services/clock.ts';
import { isBuried, tombstoneOf } from '../../../services/audit/tombstone.ts';
import { createArchiving, isOver, type Archiving } from '../../../services/retention/archiving.ts';
import { createClaims } from '../../../services/requests/claims.ts';
import { openDraft } from '../../../services/requests/sending/opening.ts';
import { createRequestStore, type RequestStore } from '../../../services/requests/request-store.ts';
import { lapse } from '../../../services/requests/deciding/lapsing.ts';
import { refuse } from '../../../services/requests/request-store.ts';
import { openFileStore } from '../../../services/storage/file-store.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import type { Store } from '../../../services/storage/store.ts';
import { tempFolders } from '../storage/temp-folder.ts';
import { ada, bo, contoso, policy } from '../requests/request-in.ts';

const OPENED = new Date('2026-03-10T09:00:00.000Z');
/** Drafts lie for a day; the month of the end is what counts. */
const ENDED = new Date('2026-03-31T23:59:59.000Z');
const auditKey = auditKeyOf(new Uint8Array(32).fill(5));
const ID = '5f0c0f5e-6d8e-4d6a-9d6a-0b9a3c1e7f42';
const ANOTHER = '0b9a3c1e-4d6a-4d6a-9d6a-5f0c0f5e6d8e';
const PARTITION = `request:${ID}`;

for (const [kind, open] of [
  ['in memory', () => async () => createMemoryStore({ boot: 'b' })],
  [
    'in files',
    () => {
      const newFolder = tempFolders();
      return async () => openFileStore({ folder: await newFolder(), boot: 'b' });
    },
  ],
] as const)
  describe(`a request ${kind} that has ended`, () => {
    const openStore = open();
    let store: Store;
    let now: Date;
    let requests: RequestStore;
    let archiving: Archiving;
    const daysAfterEnd = (days: number): void => {
      now = new Date(later(ENDED, days * DAY_MS));
    };

    beforeEach(async () => {
      store = await openStore();
      now = OPENED;
      const clock = (): Date => now;
      requests = createRequestStore({
        store,
        clock,
        auditKey,
        undo: UNDO_POLICY,
        boot: 'b',
        leaseMs: 60 * SECOND_MS,
        wake: { due: () => undefined, claimed: () => undefined },
      });
      archiving = createArchiving({ store, clock, retentionMonths: 12, auditKey });
      await requests.change(ID, (_, at) => openDraft(at, policy, { id: ID, customer: contoso, requester: ada }));
    });
    afterEach(() => store.close());

    const end = async (): Promise<void> => {
      now = ENDED;
      await requests.change(ID, (record, at) => (record && lapse(record, at, policy)) ?? refuse('not-yet'));
    };

    it('stays where it is for 90 days, and is then archived under the month of its end', async () => {
      await end();
      daysAfterEnd(89.9);
      assert.equal(await archiving.archiveClosed(), 0);
      daysAfterEnd(90);

      assert.equal(await archiving.archiveClosed(), 1);

      assert.deepEqual(await store.archiveMonths(), ['2026-03']);
      assert.deepEqual(await Array.fromAsync(store.archived('2026-03')), [PARTITION]);
      assert.deepEqual(await Array.fromAsync(store.partitions('request')), []);
      assert.equal(await archiving.archiveClosed(), 0);
    });

    it('is found by its id afterwards, with its record untouched', async () => {
      await end();
      const before = await store.read(PARTITION);
      daysAfterEnd(90);

      await archiving.archiveClosed();

      assert.equal((await requests.read(ID))?.request.state, 'abandoned');
      assert.deepEqual(await store.read(PARTITION), before);
      assert.equal(verifyAudit(before.rows, PARTITION, auditKey).kind, 'intact');
    });

    it('is not archived while it is open, however old it is, or while a card still waits to be sent', async () => {
      now = new Date(later(OPENED, 400 * DAY_MS));
      assert.equal(await archiving.archiveClosed(), 0);
      await end();
      const { version } = await store.read(PARTITION);
      const waiting = { key: 'outbox:ada:request', row: { value: {}, dueAt: later(ENDED, 0) } };
      await store.commit(PARTITION, version, [waiting]);
      daysAfterEnd(91);

      assert.equal(await archiving.archiveClosed(), 0);

      assert.deepEqual(await store.archiveMonths(), []);
    });

    it('is deleted when the months of its retention are over, but for what its record summed up to', async () => {
      await end();
      daysAfterEnd(90);
      await archiving.archiveClosed();
      const { rows } = await store.read(PARTITION);
      now = new Date('2027-03-31T23:59:59.999Z');
      assert.equal(await archiving.deleteOld(), 0);
      now = new Date('2027-04-01T00:00:00.000Z');

      assert.equal(await archiving.deleteOld(), 1);

      const left = await store.read(PARTITION);
      assert.deepEqual([...left.rows.keys()].sort(), ['audit-head', 'tombstone']);
      assert.deepEqual(left.rows.get('audit-head'), rows.get('audit-head'));
      const { mac, ...said } = tombstoneOf(left)!;
      assert.match(mac, /^[0-9a-f]{64}$/);
      assert.deepEqual(said, {
        deletedAt: now.toISOString(),
        state: 'abandoned',
        endedAt: ENDED.toISOString(),
        rows: rows.size,
      });
      assert.equal(isBuried(left.rows, PARTITION, auditKey), true);
      assert.equal(await requests.read(ID), undefined);
      assert.deepEqual(readAudit(left.rows), []);
      assert.ok(!JSON.stringify([...left.rows]).includes(contoso.companyName));
      assert.equal(await archiving.deleteOld(), 0);
    });

    for (const [who, requester] of [
      ['whoever asked', ada],
      ['somebody else', bo],
    ] as const)
      it(`leaves its customer to be asked for anew by ${who} once it is deleted, under another id`, async () => {
        const clock = (): Date => now;
        const claims = createClaims({ store, requests, clock });
        assert.deepEqual(await claims.claim(contoso.id, ID, ada.id), { kind: 'claimed', requestId: ID });
        await end();
        daysAfterEnd(90);
        await archiving.archiveClosed();
        now = new Date('2027-04-01T00:00:00.000Z');
        await archiving.deleteOld();
        const tombstone = await store.read(PARTITION);

        const claim = await claims.claim(contoso.id, ANOTHER, requester.id);
        // The process ends before the request is stored, and the same person asks again.
        const again = await claims.claim(contoso.id, 'never-used', requester.id);
        await requests.change(ANOTHER, (_, at) => openDraft(at, policy, { id: ANOTHER, customer: contoso, requester }));

        assert.deepEqual([claim, again], Array(2).fill({ kind: 'claimed', requestId: ANOTHER }));
        assert.equal((await claims.latest(contoso.id))?.request.requester.id, requester.id);
        assert.deepEqual(await store.read(PARTITION), tombstone);
      });

    it('with very many rows is deleted bit by bit, also when that is ended in the middle', async () => {
      await end();
      for (let part = 0; part < 3; part += 1) {
        const { version } = await store.read(PARTITION);
        const more = Array.from({ length: 90 }, (_, n) => ({
          key: `card:${part}:${n}`,
          row: { value: contoso.domain },
        }));
        await store.commit(PARTITION, version, more);
      }
      daysAfterEnd(90);
      await archiving.archiveClosed();
      now = new Date('2027-04-01T00:00:00.000Z');
      let commits = 0;
      const ending = {
        ...asObject(store),
        commit: async (...args: Parameters<Store['commit']>) => {
          if ((commits += 1) === 2) throw new Error('the process ends');
          return store.commit(...args);
        },
      };

      const ended = createArchiving({ store: ending, clock: () => now, retentionMonths: 12, auditKey }).deleteOld();
      await assert.rejects(ended, /ends/);
      assert.equal(await requests.read(ID), undefined);
      await archiving.deleteOld();

      const left = await store.read(PARTITION);
      assert.deepEqual([...left.rows.keys()].sort(), ['audit-head', 'tombstone']);
      assert.equal(tombstoneOf(left)?.state, 'abandoned');
    });
  });

const asObject = (store: Store): Store => ({
  origin: store.origin,
  archive: (partition, version, month) => store.archive(partition, version, month),
  archiveMonths: () => store.archiveMonths(),
  archived: (month, wanted) => store.archived(month, wanted),
  read: (partition) => store.read(partition),
  commit: (partition, version, changes) => store.commit(partition, version, changes),
  due: (at, limit, keys) => store.due(at, limit, keys),
  isShared: store.isShared,
  partitions: (kind) => store.partitions(kind),
  isReachable: () => store.isReachable(),
  hasRoom: () => store.hasRoom(),
  isKept: (partition) => store.isKept(partition),
  close: () => store.close(),
});

const rethrow = (error: unknown): never => {
  throw error;
};

describe('the record of days long ago', () => {
  const DAY = new Date('2026-03-10T09:00:00.000Z');
  let store: Store;
  let now: Date;
  let archiving: Archiving;
  const log = (boot: string) =>
    createAuditLog({ store: markedStore(store, () => now), clock: () => now, boot, auditKey, onFault: rethrow });
  const cover = async (): Promise<void> => {
    const checkpoints = createCheckpoints({
      store,
      clock: () => now,
      auditKey,
      onUnreadable: (_, error) => rethrow(error),
    });
    await checkpoints.write({ lease: { owner: 'b', until: later(now, 1), fence: 1 } });
  };
  const left = async (): Promise<readonly string[]> =>
    (await Promise.all(['audit', 'checkpoint'].map((kind) => Array.fromAsync(store.partitions(kind))))).flat().sort();

  beforeEach(async () => {
    store = createMemoryStore({ boot: 'b' });
    now = DAY;
    archiving = createArchiving({ store, clock: () => now, retentionMonths: 12, auditKey });
    await log('one').record({ action: 'bot.started', actor: 'bot' });
    await cover();
    now = new Date(later(DAY, DAY_MS));
    await log('one').record({ action: 'bot.stopped', actor: 'bot' });
    await cover();
  });

  it('is archived under its month after 90 days, but for the newest checkpoints', async () => {
    now = new Date('2026-06-10T00:00:00.000Z');

    assert.equal(await archiving.archiveClosed(), 3);

    assert.deepEqual(await store.archiveMonths(), ['2026-03']);
    assert.deepEqual(await left(), ['checkpoint:2026-03-11']);
  });

  it('stays among what a start reads until a checkpoint covers it', async () => {
    await log('two').record({ action: 'bot.started', actor: 'bot' });
    now = new Date('2026-06-10T00:00:00.000Z');

    await archiving.archiveClosed();

    assert.deepEqual(await left(), ['audit:2026-03-11.two', 'checkpoint:2026-03-11']);
  });

  it('is followed by the checkpoints after it as if it were still there', async () => {
    now = new Date('2026-06-10T00:00:00.000Z');
    await archiving.archiveClosed();
    await log('two').record({ action: 'bot.started', actor: 'bot' });
    await cover();

    const verdict = await verifyRecord(allOf(store), auditKey);

    assert.deepEqual([verdict.faults, verdict.chains, verdict.checkpoints], [[], 3, 3]);
  });

  it('is deleted at the end of its time, but for the checkpoints and what each chain summed up to', async () => {
    now = new Date('2026-06-10T00:00:00.000Z');
    await archiving.archiveClosed();
    now = new Date('2027-04-01T00:00:00.000Z');

    assert.equal(await archiving.deleteOld(), 2);

    const { rows } = await store.read('audit:2026-03-10.one');
    assert.deepEqual([...rows.keys()].sort(), ['audit-head', 'tombstone']);
    assert.equal(tombstoneOf({ rows })?.state, 'process');
    const verdict = await verifyRecord(allOf(store), auditKey);
    assert.deepEqual([verdict.faults, verdict.buried, verdict.checkpoints], [[], 2, 2]);
    assert.equal(await archiving.deleteOld(), 0);
  });

  it('that somebody else deletes is missed', async () => {
    now = new Date('2026-06-10T00:00:00.000Z');
    await archiving.archiveClosed();
    const { version, rows } = await store.read('audit:2026-03-10.one');
    await store.commit(
      'audit:2026-03-10.one',
      version,
      [...rows.keys()].map((key) => ({ key, remove: true as const })),
    );

    const verdict = await verifyRecord(allOf(store), auditKey);

    assert.notDeepEqual(verdict.faults, []);
  });
});

/** A store with its archive, as whoever verifies reads it. */
const allOf = (store: Store): RecordSource => ({
  read: (partition) => store.read(partition),
  async *partitions(kind) {
    yield* store.partitions(kind);
    for (const month of await store.archiveMonths())
      for await (const name of store.archived(month)) if (name.startsWith(`${kind}:`)) yield name;
  },
});

describe('the retention of a month', () => {
  for (const [month, months, last, first] of [
    ['2026-03', 1, '2026-04-30T23:59:59.999Z', '2026-05-01T00:00:00.000Z'],
    ['2026-12', 1, '2027-01-31T23:59:59.999Z', '2027-02-01T00:00:00.000Z'],
    ['2026-01', 84, '2033-01-31T23:59:59.999Z', '2033-02-01T00:00:00.000Z'],
  ] as const)
    it(`of ${month} is over ${months} months after its last day`, () => {
      assert.equal(isOver(month, new Date(last), months), false);
      assert.equal(isOver(month, new Date(first), months), true);
    });
});
