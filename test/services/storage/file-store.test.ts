import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openFileStore } from '../../../services/storage/file-store.ts';
import { NEVER_WRITTEN, StoreError } from '../../../services/storage/store.ts';
import type { Json, RowChange, Store } from '../../../services/storage/store.ts';
import { storeContract } from '../../support/store-contract.ts';
import { FaultDisk } from './fault-disk.ts';
import type { DiskCall } from './fault-disk.ts';
import { tempFolders } from './temp-folder.ts';

const set = (key: string, value: Json, dueAt?: string): RowChange => ({
  key,
  row: { value, ...(dueAt !== undefined && { dueAt }) },
});
const fault =
  (expected: StoreError['fault'], words = /./) =>
  (error: unknown): boolean =>
    error instanceof StoreError && error.fault === expected && words.test(error.message);
const TEN = '2026-03-01T10:00:00.000Z';

describe('the embedded store', () => {
  const newFolder = tempFolders();
  storeContract('the file store', async ({ boot }) => openFileStore({ folder: await newFolder(), boot }));
});

describe('the file store', () => {
  let folder: string;
  let disk: FaultDisk;
  let store: Store;
  const reopen = async (boot = 'boot-2'): Promise<Store> => {
    await store.close();
    store = await openFileStore({ folder, boot, disk: disk.disk });
    return store;
  };
  afterEach(async () => {
    disk.fault = () => undefined;
    await store.close();
  });
  const newFolder = tempFolders();
  beforeEach(async () => {
    folder = await newFolder();
    disk = new FaultDisk();
    store = await openFileStore({ folder, boot: 'boot-1', disk: disk.disk });
  });

  describe('opened again', () => {
    it('has everything that was committed, and goes on with its versions', async () => {
      const first = await store.commit('request:a', NEVER_WRITTEN, [set('head', { n: 1 })]);
      const second = await store.commit('request:a', first, [set('more', 2)]);
      const before = await store.read('request:a');

      await reopen();

      assert.deepEqual(await store.read('request:a'), before);
      assert.equal(before.version, second);
      assert.ok(![NEVER_WRITTEN, first, second].includes(await store.commit('request:a', second, [set('more', 3)])));
    });

    it('knows its partitions by their names, whatever their files are called', async () => {
      const names = ['request:a', 'request:A', 'request:../up', 'request:con', 'request:ä'];
      for (const name of names) await store.commit(name, NEVER_WRITTEN, [set('head', name)]);

      await reopen();

      assert.deepEqual((await Array.fromAsync(store.partitions('request'))).sort(), names.sort());
    });

    it('knows what is due, and that the leases of the last boot have lapsed', async () => {
      const lease = { owner: 'boot-1/worker', until: '2026-03-01T12:00:00.000Z', fence: 1 };
      await store.commit('request:a', NEVER_WRITTEN, [
        { key: 'work', row: { value: 1, dueAt: TEN, lease } },
        set('later', 1, '2026-03-01T12:00:00.000Z'),
      ]);
      assert.deepEqual(await store.due(new Date(TEN), 10), []);

      await reopen('boot-2');

      assert.deepEqual(await store.due(new Date(TEN), 10), [{ partition: 'request:a', key: 'work', dueAt: TEN }]);
    });

    it('F4: ignores and removes what a crash left half written, and leaves foreign files alone', async () => {
      const version = await store.commit('request:a', NEVER_WRITTEN, [set('head', 1)]);
      await writeFile(join(folder, 'request', '.a.json.0f0e.tmp'), '{"schema":1,"part');
      await writeFile(join(folder, '.probe.0f0e.tmp'), '');
      await writeFile(join(folder, 'request', 'notes.txt'), 'kept by the operator');

      await reopen();

      assert.equal((await store.read('request:a')).version, version);
      assert.deepEqual((await readdir(join(folder, 'request'))).sort(), ['a.json', 'notes.txt']);
      assert.ok(!(await readdir(folder)).includes('.probe.0f0e.tmp'));
    });
  });

  describe('on disk', () => {
    const commitAll = async (...names: string[]): Promise<string[]> => {
      for (const name of names) await store.commit(`customer:${name}`, NEVER_WRITTEN, [set('head', name)]);
      return readdir(join(folder, 'customer'));
    };

    it('calls a file after its partition where any disk can keep such a name', async () => {
      const files = await commitAll('5f0c0f5e-6d8e-4d6a-9d6a-0b9a3c1e7f42', 'contoso.example_1');

      assert.deepEqual(files.sort(), ['5f0c0f5e-6d8e-4d6a-9d6a-0b9a3c1e7f42.json', 'contoso.example_1.json']);
    });

    it('calls it after a hash otherwise, so that two names never meet in one file on any disk', async () => {
      const files = await commitAll('contoso', 'Contoso', 'CONTOSO', 'con', 'nul.txt', '.', '..', '.hidden', 'a b');

      assert.equal(new Set(files.map((file) => file.toLowerCase())).size, 9);
      assert.equal(files.filter((file) => /^_[0-9a-f]{64}\.json$/.test(file)).length, 8);
    });

    it('opens folders and files to nobody but its owner', async function () {
      if (process.platform === 'win32') return;
      await store.commit('request:a', NEVER_WRITTEN, [set('head', 1)]);
      await store.isReachable();

      const modes: string[] = [];
      for (const path of ['', 'request', 'request/a.json', 'owner.lock', 'probe', 'store.json']) {
        modes.push(((await stat(join(folder, path))).mode & 0o777).toString(8));
      }

      assert.deepEqual(modes, ['700', '700', '600', '600', '600', '600']);
    });

    it('does so whatever the process would let others have', async function () {
      if (process.platform === 'win32') return;
      for (const mask of [0o000, 0o022, 0o077]) {
        const former = process.umask(mask);
        const open = await newFolder();
        const other = await openFileStore({ folder: open, boot: 'b' });
        const version = await other.commit('request:a', NEVER_WRITTEN, [set('head', 1)]);
        await other.archive('request:a', version, '2026-03');
        await other.close();
        process.umask(former);

        const modes: string[] = [];
        for (const path of ['', 'store.json', 'archive', 'archive/2026-03/request', 'archive/2026-03/request/a.json'])
          modes.push(((await stat(join(open, path))).mode & 0o777).toString(8));

        assert.deepEqual(modes, ['700', '600', '700', '700', '600']);
      }
    });

    it('says so when other accounts can read what was there before, and is opened all the same', async function () {
      if (process.platform === 'win32') return;
      await store.commit('request:a', NEVER_WRITTEN, [set('head', 1)]);
      const told: string[] = [];
      const opened = async (modes: Readonly<Record<string, number>>): Promise<void> => {
        await store.close();
        for (const [path, mode] of Object.entries(modes)) await chmod(join(folder, path), mode);
        const onOpenToOthers = (): unknown => told.push(JSON.stringify(modes));
        store = await openFileStore({ folder, boot: 'b', onOpenToOthers });
      };

      await opened({ '': 0o700, request: 0o755 });
      await opened({ '': 0o755, request: 0o700 });
      assert.deepEqual(told, []);
      await opened({ '': 0o750, request: 0o750 });
      await opened({ '': 0o755, request: 0o700, 'store.json': 0o644 });

      assert.equal(told.length, 2);
      assert.equal((await store.read('request:a')).version, '1');
    });

    it('is the same document that a person may indent', async () => {
      await store.commit('request:a', NEVER_WRITTEN, [set('b', 'ä'), set('a', { rows: ',"rows":' })]);
      const before = await store.read('request:a');
      const path = join(folder, 'request', 'a.json');
      const document = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
      assert.deepEqual(Object.keys(document), ['schema', 'partition', 'version', 'checksum', 'rows']);

      await writeFile(path, JSON.stringify(document, null, 2));

      assert.deepEqual(await (await reopen()).read('request:a'), before);
    });
  });

  describe('before a commit is acknowledged', () => {
    it('writes beside the old content, makes that durable, puts it in place, and makes the place durable', async () => {
      const version = await store.commit('request:a', NEVER_WRITTEN, [set('head', 1)]);
      disk.calls.length = 0;

      await store.commit('request:a', version, [set('head', 2)]);

      const file = join(folder, 'request', 'a.json');
      const temp = disk.calls.find(({ call }) => call === 'write')!.path;
      assert.notEqual(temp, file);
      assert.equal(dirname(temp), dirname(file));
      assert.deepEqual(disk.calls, [
        { call: 'read', path: file },
        { call: 'open', path: temp },
        { call: 'write', path: temp },
        { call: 'fsync', path: temp },
        { call: 'rename', path: file },
        { call: 'open', path: dirname(file) },
        { call: 'fsync folder', path: dirname(file) },
      ]);
    });

    it('makes a new folder durable in the folder above it, too', async () => {
      disk.calls.length = 0;

      await store.commit('request:a', NEVER_WRITTEN, [set('head', 1)]);

      const synced = disk.calls.filter(({ call }) => call === 'fsync folder').map(({ path }) => path);
      assert.deepEqual(synced, [folder, join(folder, 'request')]);
    });

    it('shows nobody what may not last', async () => {
      const version = await store.commit('request:a', NEVER_WRITTEN, [set('head', 'old')]);
      disk.fault = (call) => (call === 'fsync folder' ? 'EIO' : undefined);

      const committed = store.commit('request:a', version, [set('head', 'never durable')]);
      const readMeanwhile = store.read('request:a');

      await assert.rejects(committed, fault('unwritable'));
      assert.deepEqual((await readMeanwhile).rows.get('head'), { value: 'old' });
    });
  });

  describe('whose disk fails', () => {
    const failures: [call: DiskCall, code: string][] = [
      ['open', 'EACCES'],
      ['open', 'EROFS'],
      ['open', 'EMFILE'],
      ['write', 'ENOSPC'],
      ['fsync', 'EIO'],
      ['rename', 'EACCES'],
      ['fsync folder', 'EIO'],
    ];
    for (const [call, code] of failures) {
      it(`keeps the old content when ${call} ends with ${code}, and never stores the refused change later`, async () => {
        const version = await store.commit('request:a', NEVER_WRITTEN, [set('head', 'old')]);
        const path = join(folder, 'request', 'a.json');
        const old = await readFile(path, 'utf8');
        disk.fault = (reached) => (reached === call ? code : undefined);

        const refused = store.commit('request:a', version, [set('refused', 1, TEN), set('head', 'refused')]);

        await assert.rejects(refused, fault('unwritable', new RegExp(code)));
        assert.equal(await readFile(path, 'utf8'), old);
        assert.deepEqual(await store.read('request:a'), { version, rows: new Map([['head', { value: 'old' }]]) });
        assert.deepEqual(await store.due(new Date(TEN), 10), []);
        disk.fault = () => undefined;
        if (call.startsWith('fsync')) await reopen('boot-1b');
        await store.commit('request:a', version, [set('other', 2)]);
        assert.deepEqual([...(await (await reopen()).read('request:a')).rows.keys()], ['head', 'other']);
        assert.deepEqual(await readdir(join(folder, 'request')), ['a.json']);
      });

      it(`has no partition whose first commit ended with ${code} at ${call}`, async () => {
        await store.commit('request:other', NEVER_WRITTEN, [set('head', 1)]);
        disk.fault = (reached) => (reached === call ? code : undefined);

        await assert.rejects(store.commit('request:a', NEVER_WRITTEN, [set('head', 1)]), fault('unwritable'));

        assert.equal((await store.read('request:a')).version, NEVER_WRITTEN);
        disk.fault = () => undefined;
        if (call.startsWith('fsync')) await reopen('boot-1b');
        await store.commit('request:a', NEVER_WRITTEN, [set('head', 2)]);
        assert.deepEqual((await (await reopen()).read('request:a')).rows.get('head'), { value: 2 });
      });
    }

    it('does not let a partition be read until a refused change is taken back', async () => {
      const version = await store.commit('request:a', NEVER_WRITTEN, [set('head', 'old')]);
      let renames = 0;
      disk.fault = (call) => {
        if (call === 'fsync folder') return 'EIO';
        return call === 'rename' && (renames += 1) > 1 ? 'EIO' : undefined;
      };

      await assert.rejects(store.commit('request:a', version, [set('head', 'refused')]), fault('unwritable'));

      await assert.rejects(store.read('request:a'), fault('unwritable'));
      await assert.rejects(store.commit('request:a', version, [set('head', 'x')]), fault('unwritable'));
      disk.fault = () => undefined;
      assert.deepEqual((await store.read('request:a')).rows.get('head'), { value: 'old' });
    });

    it('says that it cannot be reached, and that it can be once the disk is well', async () => {
      for (const call of ['write', 'rename', 'read'] as const) {
        disk.fault = (reached) => (reached === call ? 'EIO' : undefined);
        assert.equal(await store.isReachable(), false);

        disk.fault = () => undefined;
        assert.equal(await store.isReachable(), true);
      }
    });

    for (const call of ['fsync', 'fsync folder'] as const)
      it(`F26: writes nothing more once a ${call} has failed, says so once, and is well when it is opened again`, async () => {
        await store.close();
        let told = 0;
        const onUnsynced = (): void => {
          told += 1;
        };
        store = await openFileStore({ folder, boot: 'boot-2', disk: disk.disk, onUnsynced });
        const version = await store.commit('request:a', NEVER_WRITTEN, [set('head', 'old')]);
        disk.fault = (reached) => (reached === call ? 'EIO' : undefined);
        await assert.rejects(store.commit('request:a', version, [set('head', 'refused')]), fault('unwritable', /EIO/));
        disk.fault = () => undefined;
        const toldBy = told;

        await assert.rejects(store.commit('request:a', version, [set('head', 'x')]), fault('unwritable'));
        await assert.rejects(store.commit('request:b', NEVER_WRITTEN, [set('head', 'x')]), fault('unwritable'));

        assert.equal(await store.isReachable(), false);
        assert.deepEqual([toldBy, told], [1, 1]);
        assert.deepEqual((await store.read('request:a')).rows.get('head'), { value: 'old' });
        await reopen('boot-3');
        assert.deepEqual(await store.read('request:a'), { version, rows: new Map([['head', { value: 'old' }]]) });
        assert.equal((await store.read('request:b')).version, NEVER_WRITTEN);
        assert.equal(await store.isReachable(), true);
      });

    it('F26: leaves nothing refused for the next process, also where it could not be taken back at once', async () => {
      const version = await store.commit('request:a', NEVER_WRITTEN, [set('head', 'old')]);
      let renames = 0;
      disk.fault = (call) => {
        if (call === 'fsync folder') return 'EIO';
        return call === 'rename' && (renames += 1) > 1 ? 'EIO' : undefined;
      };
      await assert.rejects(store.commit('request:a', version, [set('head', 'refused')]), fault('unwritable'));
      disk.fault = () => undefined;

      await reopen();

      assert.deepEqual((await store.read('request:a')).rows.get('head'), { value: 'old' });
    });

    it('does not take a partition that cannot be read for an empty one', async () => {
      const version = await store.commit('request:a', NEVER_WRITTEN, [set('head', 1)]);
      disk.fault = (call) => (call === 'read' ? 'EACCES' : undefined);

      await assert.rejects(store.read('request:a'), fault('unwritable', /EACCES/));
      await assert.rejects(store.commit('request:a', version, [set('head', 2)]), fault('unwritable', /EACCES/));
    });

    it('does not open, and has no lock left behind', async () => {
      await store.commit('request:a', NEVER_WRITTEN, [set('head', 1)]);
      await store.close();
      for (const call of ['list', 'read', 'open', 'write', 'fsync', 'link'] as const) {
        disk.fault = (reached) => (reached === call ? 'EACCES' : undefined);

        await assert.rejects(openFileStore({ folder, boot: 'b', disk: disk.disk }), fault('unwritable', /EACCES/));

        disk.fault = () => undefined;
        assert.deepEqual((await readdir(folder)).sort(), ['inventory.txt', 'request', 'store.json']);
      }
      store = await openFileStore({ folder, boot: 'boot-2', disk: disk.disk });
    });

    it('does not open where a file is in the place of its folder', async () => {
      const path = join(dirname(folder), 'file');
      await writeFile(path, '');

      await assert.rejects(openFileStore({ folder: path, boot: 'b' }), fault('unwritable', /EEXIST/));
      await assert.rejects(openFileStore({ folder: join(path, 'data'), boot: 'b' }), fault('unwritable', /ENOTDIR/));
    });
  });

  describe('with a damaged file', () => {
    const change = (edit: (document: Record<string, Json>) => Json) => (text: string) =>
      JSON.stringify(edit(JSON.parse(text) as Record<string, Json>));
    const damages: [name: string, damage: (text: string) => string][] = [
      ['nothing in it', () => ''],
      ['its end cut off', (text) => text.slice(0, -20)],
      ['half of it', (text) => text.slice(0, text.length / 2)],
      ['a list', () => '[]'],
      ['a number', () => '5'],
      ['null', () => 'null'],
      ['NULs', (text) => '\0'.repeat(text.length)],
      ['NULs at its end', (text) => `${text}\0\0`],
      ['a byte order mark', (text) => `\uFEFF${text}`],
      ['two documents', (text) => text + text],
      ['another value', (text) => text.replace('"old"', '"new"')],
      ['a row less', change((document) => ({ ...document, rows: {} }))],
      ['no rows', change((document) => ({ ...document, rows: null }))],
      ['a list of rows', change((document) => ({ ...document, rows: [] }))],
      ['no checksum', change((document) => ({ ...document, checksum: undefined }))],
      ['a wrong checksum', change((document) => ({ ...document, checksum: 'f'.repeat(64) }))],
      ['no version', change((document) => ({ ...document, version: NEVER_WRITTEN }))],
      ['more than it should', change((document) => ({ ...document, note: 'x' }))],
      ['no schema', change((document) => ({ ...document, schema: undefined }))],
      ['schema 0', change((document) => ({ ...document, schema: 0 }))],
      ['the name of another partition', change((document) => ({ ...document, partition: 'request:b' }))],
      ['the name of another kind', change((document) => ({ ...document, partition: 'person:a' }))],
      ['an impossible name', change((document) => ({ ...document, partition: 'a' }))],
    ];
    const path = (): string => join(folder, 'request', 'a.json');
    for (const [name, damage] of damages) {
      it(`F27: names it and leaves it as it is: ${name}`, async () => {
        const version = await store.commit('request:a', NEVER_WRITTEN, [set('head', 'old')]);
        const evidence = damage(await readFile(path(), 'utf8'));
        await writeFile(path(), evidence);

        await assert.rejects(store.read('request:a'), fault('damaged', /request.a\.json/));
        await assert.rejects(store.commit('request:a', version, [set('head', 2)]), fault('damaged'));
        await store.close();
        await assert.rejects(openFileStore({ folder, boot: 'b' }), fault('damaged', /request.a\.json/));

        assert.equal(await readFile(path(), 'utf8'), evidence);
      });
    }

    it('F38: does not take a newer form for damage', async () => {
      await store.commit('request:a', NEVER_WRITTEN, [set('head', 'old')]);
      await writeFile(path(), '{"schema":2,"compressed":"…"}');

      await assert.rejects(store.read('request:a'), fault('too-new', /request.a\.json/));
      await store.close();
      await assert.rejects(openFileStore({ folder, boot: 'b' }), fault('too-new'));
    });

    it('F27: does not take a file that vanished for a partition that was never written', async () => {
      await store.commit('request:a', NEVER_WRITTEN, [set('head', 'old')]);
      await rename(path(), join(folder, 'elsewhere.json'));

      await assert.rejects(store.read('request:a'), fault('damaged', /missing/));
      await assert.rejects(store.commit('request:a', NEVER_WRITTEN, [set('head', 2)]), fault('damaged', /missing/));
    });

    it('says so of a folder in the place of the file', async () => {
      await mkdir(path(), { recursive: true });

      await assert.rejects(store.read('request:a'), fault('damaged', /folder/));
    });
  });

  describe('that had a file which is gone', () => {
    const inventory = (): string => join(folder, 'inventory.txt');
    const commitAll = async (...names: string[]): Promise<void> => {
      for (const name of names) await store.commit(name, NEVER_WRITTEN, [set('head', name)]);
    };
    const opening = (): Promise<Store> => openFileStore({ folder, boot: 'b', disk: disk.disk });

    for (const name of ['customer:a', 'person:a', 'request:a', 'conversation:a', 'limits:removals'])
      it(`F27: is not opened, names it, and is opened once it is back: ${name}`, async () => {
        await commitAll('customer:other', name);
        await store.close();
        const path = join(folder, `${name.replace(':', '/')}.json`);
        await rename(path, join(folder, 'elsewhere.json'));

        await assert.rejects(opening(), fault('damaged', new RegExp(`${path}" is damaged: .* it is missing\\. `)));
        await assert.rejects(opening(), fault('damaged'));

        await rename(join(folder, 'elsewhere.json'), path);
        store = await opening();
        assert.deepEqual((await store.read(name)).rows.get('head'), { value: name });
      });

    it('is not opened without its archived ones, without a folder, nor without any', async () => {
      await commitAll('customer:a', 'customer:b');
      await store.archive('request:a', await store.commit('request:a', NEVER_WRITTEN, [set('head', 1)]), '2026-03');
      await store.close();

      await rename(join(folder, 'archive'), join(folder, 'away'));
      await assert.rejects(opening(), fault('damaged', /request.a\.json.*it is missing\./));
      await rename(join(folder, 'customer'), join(folder, 'gone'));
      await assert.rejects(opening(), fault('damaged', /customer.a\.json.*it is missing, and so are 2 more\./));
      await rename(join(folder, 'away'), join(folder, 'archive'));
      await assert.rejects(opening(), fault('damaged', /customer.a\.json.*it is missing, and so is 1 more\./));
      await rename(join(folder, 'gone'), join(folder, 'customer'));

      store = await opening();
    });

    it('is opened where it was written by a version that named none, and misses them from then on', async () => {
      await commitAll('customer:a', 'customer:b');
      await store.close();
      await rm(inventory());
      await rm(join(folder, 'customer', 'a.json'));

      await reopen();
      await store.close();
      await rm(join(folder, 'customer', 'b.json'));

      await assert.rejects(opening(), fault('damaged', /customer.b\.json.*it is missing\./));
    });

    it('is opened whatever became of the names: a torn one is none, and one that could not be noted is noted at the next start', async () => {
      disk.fault = (_, path) => (path === inventory() ? 'ENOSPC' : undefined);
      await commitAll('customer:a');
      disk.fault = () => undefined;
      await reopen();
      await commitAll('customer:b');
      await store.close();
      const whole = await readFile(inventory(), 'utf8');
      const torn = Array.from({ length: whole.length / 5 }, (_, at) => whole.slice(0, at * 5));
      for (const text of [...torn, '\0'.repeat(50), `${whole}\0\0`, '[]']) {
        await writeFile(inventory(), text);
        store = await opening();
        await store.close();
        await rename(join(folder, 'customer', 'b.json'), join(folder, 'b.json'));
        await assert.rejects(opening(), fault('damaged', /customer.b\.json/), JSON.stringify(text));
        await rename(join(folder, 'b.json'), join(folder, 'customer', 'b.json'));
        await rename(join(folder, 'customer', 'a.json'), join(folder, 'a.json'));
        await assert.rejects(opening(), fault('damaged', /customer.a\.json/), JSON.stringify(text));
        await rename(join(folder, 'a.json'), join(folder, 'customer', 'a.json'));
      }
      store = await opening();
    });

    it('has named it in one write when it was new, and in none later', async () => {
      await commitAll('customer:a');
      const ofNames = (): readonly DiskCall[] =>
        disk.calls.filter(({ path }) => path === inventory()).map(({ call }) => call);
      assert.deepEqual(ofNames(), ['read', 'open', 'write']);
      disk.calls.length = 0;

      await store.commit('customer:a', (await store.read('customer:a')).version, [set('head', 2)]);
      await reopen();

      assert.deepEqual(ofNames(), ['read']);
    });
  });

  describe('says which store it is, and', () => {
    const path = (): string => join(folder, 'store.json');

    it('is the same one when it is opened again', async () => {
      const { origin } = store;

      await reopen();

      assert.deepEqual(store.origin, origin);
      assert.equal(origin.restoredAt, undefined);
    });

    it('is not opened without that where partitions are: a part is not taken for the whole', async () => {
      const version = await store.commit('request:a', NEVER_WRITTEN, [set('head', 1)]);
      await store.close();
      await rm(path());
      await assert.rejects(openFileStore({ folder, boot: 'b' }), fault('damaged', /store\.json.*missing/));
      assert.deepEqual((await readdir(folder)).sort(), ['inventory.txt', 'request']);

      store = await openFileStore({ folder: await newFolder(), boot: 'b' });
      const closed = await openFileStore({ folder: join(folder, 'other'), boot: 'b' });
      await closed.commit('request:a', NEVER_WRITTEN, [set('head', 1)]);
      await closed.archive('request:a', version, '2026-03');
      await closed.close();
      await rm(join(folder, 'other', 'store.json'));

      await assert.rejects(openFileStore({ folder: join(folder, 'other'), boot: 'b' }), fault('damaged'));
    });

    it('is opened by no earlier version of the program than wrote it', async () => {
      await store.close();
      await writeFile(path(), '{"schema":2,"layout":"…"}');

      await assert.rejects(openFileStore({ folder, boot: 'b' }), fault('too-new', /store\.json/));

      assert.equal(await readFile(path(), 'utf8'), '{"schema":2,"layout":"…"}');
    });

    for (const damage of ['', '[]', '5', 'null', '\0\0', '{"schema":1}', '{"schema":0}'])
      it(`is not opened where it says ${JSON.stringify(damage)}, which is left as it is`, async () => {
        await store.close();
        await writeFile(path(), damage);

        await assert.rejects(openFileStore({ folder, boot: 'b' }), fault('damaged', /store\.json/));

        assert.equal(await readFile(path(), 'utf8'), damage);
      });

    it('is not opened where somebody has edited that', async () => {
      await store.close();
      await writeFile(path(), (await readFile(path(), 'utf8')).replace(/"id":"./, '"id":"x'));

      await assert.rejects(openFileStore({ folder, boot: 'b' }), fault('damaged', /checksum/));
    });
  });

  it('lets running commits end before it closes', async () => {
    const commits = Array.from({ length: 20 }, (_, n) => store.commit(`request:${n}`, NEVER_WRITTEN, [set('head', n)]));

    await reopen();

    assert.equal((await Promise.all(commits)).length, 20);
    assert.equal((await Array.fromAsync(store.partitions('request'))).length, 20);
  });

  it('refuses commits once its folder is somebody else’s', async () => {
    const version = await store.commit('request:a', NEVER_WRITTEN, [set('head', 'old')]);
    await rm(join(folder, 'owner.lock'));
    const other = await openFileStore({ folder, boot: 'boot-2' });

    await assert.rejects(store.commit('request:a', version, [set('head', 'new')]), fault('locked'));
    assert.equal(await store.isReachable(), false);
    await store.close();

    assert.deepEqual((await other.read('request:a')).rows.get('head'), { value: 'old' });
    await other.commit('request:a', version, [set('head', 'theirs')]);
    await other.close();
  });
});
