import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAuditLog } from '../../../services/audit/audit-log.ts';
import { auditKeyOf } from '../../../services/audit/audit-chain.ts';
import { folderSpool } from '../../../services/audit/folder-spool.ts';
import { tableSpool } from '../../../services/audit/table-spool.ts';
import { moveToAzure, planMove } from '../../../services/moving/move-to-azure.ts';
import { openAzureStore } from '../../../services/storage/azure/azure-store.ts';
import { openFileStore } from '../../../services/storage/file-store.ts';
import { MOVED_MARK } from '../../../services/storage/moved-mark.ts';
import { NEVER_WRITTEN, StoreError, type Store } from '../../../services/storage/store.ts';
import type { Tables } from '../../../services/storage/azure/tables.ts';
import { TableModel } from '../../support/table-model.ts';
import { tempFolders } from '../storage/temp-folder.ts';

const KEY = auditKeyOf(new Uint8Array(32).fill(7));
const NOW = new Date('2026-03-01T09:00:00.000Z');
const now = (): Date => NOW;

describe('moving a store to Azure', () => {
  const newFolder = tempFolders();
  let folder: string;
  let tables: TableModel;
  beforeEach(async () => {
    folder = await newFolder();
    tables = new TableModel();
    await fill(folder);
  });
  const options = (more: object = {}) => ({
    ...{ folder, tables, auditKey: KEY, now, sleep: () => Promise.resolve() },
    ...more,
  });
  const openThere = (): Promise<Store> => openAzureStore({ tables, boot: 'there', now });
  const fault = (wanted: StoreError['fault']) => (error: Error) =>
    error instanceof StoreError && error.fault === wanted;
  /** Everything in the folder but the mark and what a lock leaves. */
  const filesIn = async (): Promise<ReadonlyMap<string, string>> => {
    const names = (await readdir(folder, { recursive: true })).filter(
      (name) => (name.endsWith('.json') || name.endsWith('.event')) && name !== MOVED_MARK,
    );
    return new Map(
      await Promise.all(names.sort().map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
    );
  };

  it('has every row there, archived where it was archived, under the same name, and leaves the folder as it was', async () => {
    const before = await filesIn();

    await moveToAzure(options());

    assert.deepEqual(await filesIn(), before);
    const [here, there] = [await openFileStore({ folder, boot: 'here', now, isLeft: true }), await openThere()];
    assert.deepEqual(there.origin, here.origin);
    for (const name of [...NAMES, CHAIN, OLD_CHAIN])
      assert.deepEqual((await there.read(name)).rows, (await here.read(name)).rows, name);
    assert.deepEqual(await there.archiveMonths(), ['2025-01', '2025-03']);
    assert.deepEqual(await Array.fromAsync(there.archived('2025-01')), [ARCHIVED]);
    assert.deepEqual((await Array.fromAsync(there.partitions('person'))).sort(), ['person:a', 'person:empty']);
    assert.equal(await there.isKept('person:empty'), true);
    assert.deepEqual(
      (await there.due(new Date('2026-03-02'), 10, { beginning: 'run' })).map(({ partition }) => partition),
      ['request-like:due'].map(() => 'customer:due'),
    );
    assert.deepEqual(await tableSpool(tables).names(), ['event-1.event']);
    await here.close();
    await there.close();
  });

  it('keeps bots from starting on the folder, and says how to undo that', async () => {
    await moveToAzure(options());

    await assert.rejects(openFileStore({ folder, boot: 'bot', now }), (error: Error) => {
      assert.ok(fault('moved')(error));
      assert.match(error.message, /moved to the table of a test since 2026-03-01.*delete ".*moved\.json"/);
      return true;
    });
  });

  it('goes on wherever it was ended, and no bot starts on a part of it', async function () {
    this.timeout(180_000);
    const few = await newFolder();
    await fill(few, { isShort: true });
    const whole = new TableModel();
    await moveToAzure(options({ folder: few, tables: whole }));
    const calls = Object.values(whole.calls).reduce((sum, one) => sum + one, 0);
    assert.ok(calls > 50);
    for (let at = 1; at < calls; at += 5) {
      folder = await newFolder();
      await fill(folder, { isShort: true });
      tables = new TableModel();
      const isLost = at % 2 === 0;
      await assert.rejects(moveToAzure(options({ tables: killedAt(tables, at, isLost) })), /killed/);
      if (tables.entities('a').length > 0 && (await named(tables)) === undefined)
        await assert.rejects(openThere(), fault('damaged'));
      await assert.rejects(openFileStore({ folder, boot: 'bot', now }).then((store) => store.close().then(unmarked)));

      await moveToAzure(options());

      const there = await openThere();
      for (const name of NAMES) assert.ok((await there.read(name)).version !== NEVER_WRITTEN, `${at}: ${name}`);
      await there.close();
    }
  });

  it('does nothing once it has ended, whatever bots have done there since', async () => {
    await moveToAzure(options());
    const there = await openThere();
    const { version } = await there.read('person:a');
    await there.commit('person:a', version, [{ key: 'person', row: { value: 'newer' } }]);

    assert.equal((await moveToAzure(options())).there, 'ended');

    assert.equal((await there.read('person:a')).rows.get('person')?.value, 'newer');
    await there.close();
  });

  it('says what would be done, and changes nothing', async () => {
    const before = await filesIn();

    const plan = await planMove(options());

    assert.deepEqual([plan.partitions, plan.archived, plan.there], [NAMES.length + 2, 2, 'nothing']);
    assert.deepEqual(await filesIn(), before);
    assert.equal((await readdir(folder)).includes(MOVED_MARK), false);
    assert.equal(await tables.exists(), false);
  });

  describe('refuses, and changes nothing,', () => {
    const refused = async (what: RegExp | ((error: Error) => boolean)): Promise<void> => {
      const before = tables.entities();
      await assert.rejects(moveToAzure(options()), what);
      assert.deepEqual(tables.entities(), before);
      assert.equal((await readdir(folder)).includes(MOVED_MARK), false);
    };

    it('a store that a bot works with', async () => {
      const bot = await openFileStore({ folder, boot: 'bot', now });
      await refused(fault('locked'));
      await bot.close();
    });

    it('a folder without a store', async () => {
      folder = join(folder, 'none');
      await assert.rejects(moveToAzure(options()), /there is no store/);
    });

    it('a damaged store', async () => {
      const path = join(folder, 'person', 'a.json');
      await writeFile(path, (await readFile(path, 'utf8')).replace('Anna', 'Anne'));
      await refused(fault('damaged'));
    });

    it('a record that somebody has changed', async () => {
      const store = await openFileStore({ folder, boot: 'intruder', now });
      const { version, rows } = await store.read(CHAIN);
      const [key = '', row] = [...rows].find(([name]) => name.startsWith('audit:')) ?? [];
      assert.ok(row !== undefined);
      await store.commit(CHAIN, version, [
        { key, row: { ...row, value: { ...(row.value as object), actor: 'nobody' } } },
      ]);
      await store.close();
      await refused(/the record in ".*" is broken/);
    });

    it('a table with another store', async () => {
      await (await openThere()).close();
      await refused(/has the store .* already/);
    });

    it('a table with something else in it', async () => {
      await tables.make();
      tables.put('person:x', '!', { partition: 'person:x' });
      await refused(fault('damaged'));
    });

    it('a table to which another store is being moved', async () => {
      const own = folder;
      folder = await newFolder();
      await fill(folder);
      let left = 30;
      tables.fault = () => ((left -= 1) > 0 ? undefined : '503');
      await assert.rejects(moveToAzure(options()));
      tables.fault = () => undefined;
      folder = own;
      await refused(/another store is being moved/);
    });

    it('a folder that was gone back to after it was moved', async () => {
      await moveToAzure(options());
      const { rm } = await import('node:fs/promises');
      await rm(join(folder, MOVED_MARK));
      await refused(/gone back to/);
    });
  });

  it('finds what differs in the end, and gives the table no name', async () => {
    // Somebody writes into the table meanwhile.
    tables.onDone = (call, partition) => {
      if (call === 'batch' && partition === 'customer:due') tables.put('person:foreign', '!', HEAD_OF_NOBODY);
    };

    await assert.rejects(moveToAzure(options()), /both sides differ|damaged/);

    await assert.rejects(openThere(), fault('damaged'));
  });
});

const named = (tables: TableModel) => tables.get('!store', 'origin').catch(() => undefined);

/** A bot may start on a folder as long as nothing has been written elsewhere. */
function unmarked(): never {
  throw new Error('nothing was begun');
}

/** From its nth call on nothing comes through, as for a process that was killed. @param isLost whether that one was done. */
function killedAt(tables: TableModel, at: number, isLost: boolean): Tables {
  let calls = 0;
  const call = async <T>(work: () => Promise<T>): Promise<T> => {
    calls += 1;
    if (calls > at || (calls === at && !isLost)) throw new Error('killed');
    const result = await work();
    if (calls >= at) throw new Error('killed');
    return result;
  };
  return {
    name: tables.name,
    exists: () => call(() => tables.exists()),
    make: () => call(() => tables.make()),
    get: (...what) => call(() => tables.get(...what)),
    page: (...what) => call(() => tables.page(...what)),
    batch: (...what) => call(() => tables.batch(...what)),
    remove: (...what) => call(() => tables.remove(...what)),
  };
}

const ARCHIVED = 'limits:old';
const CHAIN = 'audit:2026-03-01.boot-1';
const OLD_CHAIN = 'audit:2025-03-01.boot-0';
const NAMES = ['person:a', 'person:empty', 'customer:due', 'customer:B / c', 'limits:many', 'limits:long', ARCHIVED];
const HEAD_OF_NOBODY = { form: '1', partition: 'person:foreign', commits: '1', ids: 'x', rows: '0', sum: '0' };

/** A store with a little of everything. */
async function fill(folder: string, { isShort = false } = {}): Promise<void> {
  const store = await openFileStore({ folder, boot: 'boot-1', now });
  const put = (partition: string, rows: Readonly<Record<string, object | string>>): Promise<string> =>
    store.commit(
      partition,
      NEVER_WRITTEN,
      Object.entries(rows).map(([key, value]) => ({ key, row: { value: value as string } })),
    );
  await put('person:a', { person: { name: 'Anna 💼 Ünïcode' }, 'request:1': { at: 'x' } });
  const empty = await put('person:empty', { person: 'gone' });
  await store.commit('person:empty', empty, [{ key: 'person', remove: true }]);
  await store.commit('customer:due', NEVER_WRITTEN, [
    {
      key: 'run',
      row: {
        value: { actAs: 'bot' },
        dueAt: '2026-03-01T10:00:00.000Z',
        lease: { owner: 'boot-1', until: '2026-03-01T09:30:00.000Z', fence: 7 },
      },
    },
  ]);
  await put('customer:B / c', { claim: { requestId: 'r' } });
  let version = NEVER_WRITTEN;
  for (let at = 0; at < 250; at += 50)
    version = await store.commit(
      'limits:many',
      version,
      Array.from({ length: 50 }, (_, n) => ({ key: `row-${at + n}`, row: { value: { n: at + n } } })),
    );
  const long = 'ä'.repeat(100_000);
  await put('limits:long', Object.fromEntries(Array.from({ length: isShort ? 2 : 30 }, (_, n) => [`row-${n}`, long])));
  await store.archive(ARCHIVED, await put(ARCHIVED, { head: 'old' }), '2025-01');
  for (const [boot, at] of [
    ['boot-0', '2025-03-01T09:00:00.000Z'],
    ['boot-1', NOW.toISOString()],
  ] as const) {
    const onFault = (error: unknown): never => assert.fail(String(error));
    const log = createAuditLog({ store, boot, clock: () => new Date(at), auditKey: KEY, onFault });
    await log.record({ action: 'bot.started', actor: 'bot' }, { action: 'bot.stopped', actor: 'bot' });
    await log.close();
  }
  await store.archive(OLD_CHAIN, (await store.read(OLD_CHAIN)).version, '2025-03');
  await store.close();
  await folderSpool(folder).put('event-1', 'what a program has for the record');
}
