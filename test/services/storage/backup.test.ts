import assert from 'node:assert/strict';
import * as nodeDisk from 'node:fs/promises';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openFileStore, type BackedUpStore } from '../../../services/storage/file-store.ts';
import { generationNames, keepNewest } from '../../../services/storage/generation.ts';
import { restoreGeneration, type Restored } from '../../../services/storage/restore-generation.ts';
import { NEVER_WRITTEN, StoreError } from '../../../services/storage/store.ts';
import type { Json, RowChange } from '../../../services/storage/store.ts';
import { takeGeneration } from '../../../services/storage/take-generation.ts';
import { FaultDisk } from './fault-disk.ts';
import { startOther } from './other-process.ts';
import { tempFolders } from './temp-folder.ts';

const set = (key: string, value: Json): RowChange => ({ key, row: { value } });
const fault =
  (expected: StoreError['fault'], words = /./) =>
  (error: unknown): boolean =>
    error instanceof StoreError && error.fault === expected && words.test(error.message);
const NIGHT = new Date('2026-03-01T02:00:00.000Z');
const MORNING = new Date('2026-03-01T08:00:00.000Z');

describe('a backup of the file store', function () {
  this.timeout(60_000);
  let folder: string;
  let to: string;
  let disk: FaultDisk;
  let store: BackedUpStore;
  const newFolder = tempFolders();
  const open = async (): Promise<BackedUpStore> =>
    (store = await openFileStore({ folder, boot: 'b', disk: disk.disk, now: () => NIGHT }));
  const restore = (from: string, into = folder): Promise<Restored> =>
    restoreGeneration({ disk: nodeDisk, from, folder: into, now: () => MORNING });
  const head = async (partition: string): Promise<unknown> => (await store.read(partition)).rows.get('head')?.value;
  const below = async (path: string): Promise<string[]> =>
    (await readdir(path, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
      .sort();

  beforeEach(async () => {
    folder = await newFolder();
    to = join(dirname(folder), 'generations');
    disk = new FaultDisk();
    await open();
  });
  afterEach(async () => {
    disk.fault = () => undefined;
    await store.close();
  });

  it('holds the very bytes of every partition, archived ones too, and a list with their checksums', async () => {
    await store.commit('request:a', NEVER_WRITTEN, [set('head', 1)]);
    await store.archive('request:b', await store.commit('request:b', NEVER_WRITTEN, [set('head', 2)]), '2025-11');

    const generation = await store.backUp(to);

    const files = ['archive/2025-11/request/b.json', 'request/a.json', 'store.json'];
    assert.equal(generation.name, '2026-03-01T02-00-00.000Z');
    assert.deepEqual(generation.files.map(({ path }) => path).sort(), files);
    assert.deepEqual(await below(generation.path), [...files.slice(0, 1), 'generation.json', ...files.slice(1)]);
    for (const file of files)
      assert.deepEqual(await readFile(join(generation.path, file)), await readFile(join(folder, file)));
  });

  it('leaves nothing of its own in the store’s folder, and is open to its owner only', async function () {
    await store.commit('request:a', NEVER_WRITTEN, [set('head', 1)]);

    const { path } = await store.backUp(to);

    assert.deepEqual((await readdir(folder)).sort(), ['inventory.txt', 'owner.lock', 'request', 'store.json']);
    if (process.platform === 'win32') return;
    assert.equal((await stat(path)).mode & 0o777, 0o700);
    assert.equal((await stat(join(path, 'request', 'a.json'))).mode & 0o777, 0o600);
  });

  it('is of one moment, however much is committed meanwhile', async () => {
    // Each pair is written in this order, so that at no moment the second is ahead of the first.
    let isOver = false;
    const writePair = async (n: number): Promise<void> => {
      const [first, second] = [`customer:${n}`, `request:${n}`];
      for (let i = 1; !isOver; i += 1) {
        for (const name of [first, second])
          await store.commit(name, (await store.read(name)).version, [set('head', i)]);
      }
    };
    const writers = Promise.all(Array.from({ length: 8 }, (_, n) => writePair(n)));

    const generations = [];
    for (let n = 0; n < 5; n += 1) generations.push(await store.backUp(join(to, String(n))));
    isOver = true;
    await writers;

    for (const { path } of generations) {
      const copy = join(path, '..', 'restored');
      await restore(path, copy);
      const restored = await openFileStore({ folder: copy, boot: 'b' });
      for (let n = 0; n < 8; n += 1) {
        const [first, second] = [await restored.read(`customer:${n}`), await restored.read(`request:${n}`)];
        const ahead = Number(first.version) - Number(second.version);
        assert.ok(ahead === 0 || ahead === 1, `pair ${n}: ${first.version} and ${second.version}`);
      }
      await restored.close();
    }
  });

  it('can be taken by another process than the one that works with the store', async () => {
    await store.close();
    const writer = await startOther(folder, 'write');
    await writer.open();
    await writer.hasSaid(4);
    const acknowledged = Number(writer.said.at(-1));

    const { path } = await takeGeneration({ disk: nodeDisk, folder, to, now: () => NIGHT });
    await writer.kill();

    const document = JSON.parse(await readFile(join(path, 'request', 'a.json'), 'utf8')) as { version: string };
    assert.ok(Number(document.version) >= acknowledged);
    await open();
  });

  it('has what was committed before it, and nothing that came after it', async () => {
    const version = await store.commit('request:a', NEVER_WRITTEN, [set('head', 'before')]);
    const { path } = await store.backUp(to);
    await store.commit('request:a', version, [set('head', 'after')]);
    await store.commit('request:b', NEVER_WRITTEN, [set('head', 'after')]);
    await store.close();

    await restore(path);

    await open();
    assert.equal(await head('request:a'), 'before');
    assert.equal((await store.read('request:b')).version, NEVER_WRITTEN);
  });

  it('is not taken of a store with a damaged file, which it names', async () => {
    await store.commit('request:a', NEVER_WRITTEN, [set('head', 1)]);
    await writeFile(join(folder, 'request', 'a.json'), '{');

    await assert.rejects(store.backUp(to), fault('damaged', /data.request.a\.json/));

    assert.deepEqual(await readdir(to), []);
    assert.deepEqual((await readdir(folder)).sort(), ['inventory.txt', 'owner.lock', 'request', 'store.json']);
  });

  it('that ends half-way is no generation, and the store goes on', async () => {
    const version = await store.commit('request:a', NEVER_WRITTEN, [set('head', 1)]);
    for (const call of ['write', 'fsync', 'rename', 'link', 'open'] as const) {
      disk.fault = (reached) => (reached === call ? 'ENOSPC' : undefined);

      await assert.rejects(store.backUp(to), fault('unwritable', /ENOSPC/));

      disk.fault = () => undefined;
      assert.deepEqual(await generationNames(nodeDisk, to), []);
    }
    await store.commit('request:a', version, [set('head', 2)]);
    assert.equal((await store.backUp(to)).files.length, 2);
  });

  it('is kept so many times, the newest ones', async () => {
    for (const hour of [1, 2, 3, 4])
      await takeGeneration({ disk: nodeDisk, folder, to, now: () => new Date(Date.UTC(2026, 2, 1, hour)) });
    await mkdir(join(to, 'of somebody else'));

    await keepNewest(nodeDisk, to, 2);

    assert.deepEqual((await readdir(to)).sort(), [
      '2026-03-01T03-00-00.000Z',
      '2026-03-01T04-00-00.000Z',
      'of somebody else',
    ]);
  });

  describe('that is restored', () => {
    let generation: string;
    beforeEach(async () => {
      await store.commit('request:a', NEVER_WRITTEN, [set('head', 'backed up')]);
      await store.archive('request:b', await store.commit('request:b', NEVER_WRITTEN, [set('head', 'old')]), '2025-11');
      generation = (await store.backUp(to)).path;
    });

    it('makes another store, which says when it was restored and from when', async () => {
      const { id } = store.origin;
      await store.close();

      const { origin } = await restore(generation);

      await open();
      assert.deepEqual(store.origin, origin);
      assert.notEqual(origin.id, id);
      assert.equal(origin.restoredAt, MORNING.toISOString());
      assert.equal(origin.takenAt, NIGHT.toISOString());
    });

    it('moves aside what lay there, with all its bytes, and leaves backups and foreign files', async () => {
      await store.close();
      const evidence = '{"schema":1,"torn';
      await writeFile(join(folder, 'request', 'a.json'), evidence);
      await writeFile(join(folder, 'notes.txt'), 'of the operator');
      await mkdir(join(folder, 'backups'));
      await assert.rejects(open(), fault('damaged'));

      const { replaced = '' } = await restore(generation);

      assert.equal(await readFile(join(replaced, 'request', 'a.json'), 'utf8'), evidence);
      assert.deepEqual(await below(replaced), [
        'archive/2025-11/request/b.json',
        'inventory.txt',
        'request/a.json',
        'store.json',
      ]);
      assert.equal(await readFile(join(folder, 'notes.txt'), 'utf8'), 'of the operator');
      assert.ok((await readdir(folder)).includes('backups'));
      await open();
      assert.equal(await head('request:a'), 'backed up');
      assert.equal(await head('request:b'), 'old');
    });

    it('does not miss what the store had later than the backup, whichever version of the program restored it', async () => {
      const inventory = join(folder, 'inventory.txt');
      await store.commit('customer:later', NEVER_WRITTEN, [set('head', 1)]);
      await store.close();
      const names = await readFile(inventory, 'utf8');
      assert.match(names, /customer\/later\.json/);

      await restore(generation);
      await writeFile(inventory, names); // as an earlier version would leave it there

      await open();
      assert.equal(await head('customer:later'), undefined);
      await store.close();
      await rm(join(folder, 'request', 'a.json'));
      await assert.rejects(open(), fault('damaged', /request.a\.json.*missing/));
    });

    it('does so without losing what an earlier restore had moved aside', async () => {
      await store.close();

      const first = await restore(generation);
      const second = await restore(generation);

      assert.notEqual(first.replaced, second.replaced);
      assert.equal((await below(first.replaced!)).length, 4);
      await open();
    });

    it('goes into an empty folder as well', async () => {
      const other = join(dirname(folder), 'other');

      const { replaced } = await restore(generation, other);

      assert.equal(replaced, undefined);
      const restored = await openFileStore({ folder: other, boot: 'b' });
      assert.equal((await restored.read('request:a')).rows.get('head')?.value, 'backed up');
      await restored.close();
    });

    it('is refused while somebody works with the store', async () => {
      await assert.rejects(restore(generation), fault('locked', new RegExp(`process ${process.pid} `)));

      assert.equal(await head('request:a'), 'backed up');
      assert.ok(!(await readdir(folder)).some((name) => name.startsWith('replaced-')));
    });

    const damages: [name: string, damage: (path: string) => Promise<unknown>][] = [
      ['a file that was changed', (path) => writeFile(join(path, 'request', 'a.json'), '{}')],
      ['a file less', (path) => rm(join(path, 'request', 'a.json'))],
      ['no list', (path) => rm(join(path, 'generation.json'))],
      [
        'a list that was changed',
        async (path) => {
          const list = join(path, 'generation.json');
          await writeFile(list, (await readFile(list, 'utf8')).replace('2026-03-01', '2026-03-02'));
        },
      ],
      [
        'a list of files elsewhere',
        async (path) => {
          const list = join(path, 'generation.json');
          await writeFile(list, (await readFile(list, 'utf8')).replace('request/a.json', '../../../a.json'));
        },
      ],
    ];
    for (const [name, damage] of damages)
      it(`is refused with ${name}, and nothing is changed`, async () => {
        await store.close();
        await damage(generation);
        const before = await below(folder);

        await assert.rejects(restore(generation), fault('damaged', /generations/));

        assert.deepEqual(await below(folder), before);
        await open();
      });

    it('is not taken for whole where the restore was ended half-way, until it is run again', async () => {
      await store.close();
      const broken = new FaultDisk();
      const before = await below(folder);
      let writes = 0;
      const failing = async (at: number): Promise<void> => {
        writes = 0;
        broken.fault = (call) => (call === 'write' && (writes += 1) === at ? 'ENOSPC' : undefined);
        await restoreGeneration({ disk: broken.disk, from: generation, folder, now: () => MORNING });
      };
      // The lock's own write is the first, that of the mark the second.
      for (const at of [3, 4, 5]) {
        await assert.rejects(failing(at), fault('unwritable', /ENOSPC/));
        await assert.rejects(open(), fault('damaged', /restore.*has not ended/));
      }

      await restore(generation);

      await open();
      assert.equal(await head('request:a'), 'backed up');
      const replaced = (await readdir(folder)).filter((name) => name.startsWith('replaced-')).sort();
      const kept = (await Promise.all(replaced.map((name) => below(join(folder, name))))).map((files) => files.length);
      assert.ok(kept.includes(before.length), 'the former store is whole in one of the folders');
    });
  });
});
