import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openFileStore } from '../../../services/storage/file-store.ts';
import { NEVER_WRITTEN, StoreError } from '../../../services/storage/store.ts';
import type { Json, RowChange, Store } from '../../../services/storage/store.ts';
import { FaultDisk } from './fault-disk.ts';
import type { DiskCall } from './fault-disk.ts';
import { tempFolders } from './temp-folder.ts';

const MONTH = '2026-03';
const NAME = 'request:a';
const DUE = '2026-03-01T09:00:00.000Z';
const set = (key: string, value: Json, dueAt?: string): RowChange => ({
  key,
  row: { value, ...(dueAt !== undefined && { dueAt }) },
});

describe('the archive of the file store', () => {
  let folder: string;
  let disk: FaultDisk;
  let store: Store;
  let version: string;
  const working = (): string => join(folder, 'request', 'a.json');
  const archived = (): string => join(folder, 'archive', MONTH, 'request', 'a.json');
  const filesIn = async (path: string): Promise<string[]> => readdir(dirname(path)).catch(() => []);
  const places = async (): Promise<string[][]> => [await filesIn(working()), await filesIn(archived())];
  const open = async (): Promise<Store> => (store = await openFileStore({ folder, boot: 'b', disk: disk.disk }));
  const reopen = async (): Promise<Store> => {
    await store.close();
    return open();
  };
  const newFolder = tempFolders();
  beforeEach(async () => {
    folder = await newFolder();
    disk = new FaultDisk();
    await open();
    version = await store.commit(NAME, NEVER_WRITTEN, [set('head', 'closed'), set('audit-head', 1)]);
  });
  afterEach(async () => {
    disk.fault = () => undefined;
    await store.close();
  });

  it('has the very bytes that the working set had', async () => {
    const bytes = await readFile(working());

    await store.archive(NAME, version, MONTH);

    assert.deepEqual(await places(), [[], ['a.json']]);
    assert.deepEqual(await readFile(archived()), bytes);
  });

  it('is not opened at a start, and still known after it', async () => {
    const before = await store.read(NAME);
    await store.archive(NAME, version, MONTH);
    await store.close();
    disk.calls.length = 0;

    await open();

    assert.deepEqual(
      disk.calls.filter(({ call, path }) => call === 'read' && path.includes('archive')),
      [],
    );
    assert.deepEqual(await store.read(NAME), before);
    assert.deepEqual(await Array.fromAsync(store.archived(MONTH)), [NAME]);
    await assert.rejects(store.commit(NAME, NEVER_WRITTEN, [set('head', 'anew')]), /changed since/);
  });

  it('does not stop a start with a damaged file, which is named when it is asked for', async () => {
    await store.archive(NAME, version, MONTH);
    await writeFile(archived(), '{"schema":1');

    await reopen();

    await assert.rejects(
      store.read(NAME),
      (error) => error instanceof StoreError && error.message.includes(archived()),
    );
    assert.equal(await readFile(archived(), 'utf8'), '{"schema":1');
  });

  it('does not take a file that vanished for a partition that was never written', async () => {
    await store.archive(NAME, version, MONTH);
    await rm(archived());

    await assert.rejects(store.read(NAME), /missing/);
  });

  const moments: [call: DiskCall, inArchive: boolean][] = [
    ['link', true],
    ['rename', true],
    ['fsync folder', true],
    ['unlink', false],
  ];
  for (const [call, inArchive] of moments)
    it(`has the partition whole where the disk fails at ${call} while it is moved, and moves it the next time`, async () => {
      const before = await store.read(NAME);
      disk.fault = (reached, path) =>
        reached === call && path.includes('archive') === inArchive && !path.includes('.tmp') ? 'EIO' : undefined;
      if (call === 'link') disk.fault = (reached) => (reached === call ? 'EIO' : undefined);

      await assert.rejects(store.archive(NAME, version, MONTH), StoreError);

      disk.fault = () => undefined;
      assert.deepEqual(await store.read(NAME), before);
      // After an fsync that failed, nothing more is written by the same process.
      const next = call === 'fsync folder' ? await reopen() : store;
      await next.archive(NAME, version, MONTH);
      assert.deepEqual(await places(), [[], ['a.json']]);
      assert.deepEqual(await (await reopen()).read(NAME), before);
    });

  describe('where a crash has left a partition in two places', () => {
    const leaveBoth = async (): Promise<void> => {
      await mkdir(dirname(archived()), { recursive: true });
      await copyFile(working(), archived());
    };

    it('keeps one of two equal ones', async () => {
      await leaveBoth();

      await reopen();

      assert.deepEqual(await places(), [[], ['a.json']]);
      assert.equal((await store.read(NAME)).version, version);
      assert.deepEqual(await Array.fromAsync(store.partitions('request')), []);
    });

    it('keeps the newer one in the working set, with what is due', async () => {
      await leaveBoth();
      await store.commit(NAME, version, [set('run', 1, DUE)]);

      await reopen();

      assert.deepEqual(await places(), [['a.json'], []]);
      assert.deepEqual(await store.due(new Date(DUE), 9), [{ partition: NAME, key: 'run', dueAt: DUE }]);
    });

    it('keeps the newer one in the archive', async () => {
      await store.close();
      await leaveBoth();
      await rm(working());
      await open();
      const next = await store.commit(NAME, version, [set('head', 'newer')]);
      await store.close();
      const older = JSON.stringify({ ...(JSON.parse(await readFile(archived(), 'utf8')) as object) });
      assert.ok(older.includes('newer'));
      await open();
      const other = await openFileStore({ folder: `${folder}-2`, boot: 'b' });
      await other.commit(NAME, NEVER_WRITTEN, [set('head', 'closed'), set('audit-head', 1)]);
      await other.close();
      await copyFile(join(`${folder}-2`, 'request', 'a.json'), working());

      await reopen();

      assert.deepEqual(await places(), [[], ['a.json']]);
      assert.equal((await store.read(NAME)).version, next);
    });

    it('says so when they have one version and different rows, and touches neither', async () => {
      await leaveBoth();
      await store.close();
      const other = await openFileStore({ folder: `${folder}-2`, boot: 'b' });
      await other.commit(NAME, NEVER_WRITTEN, [set('head', 'another')]);
      await other.close();
      await copyFile(join(`${folder}-2`, 'request', 'a.json'), working());

      await assert.rejects(open(), (error) => error instanceof StoreError && error.fault === 'damaged');

      assert.deepEqual(await places(), [['a.json'], ['a.json']]);
      await rm(archived());
      await open();
    });

    it('does so for two months, too', async () => {
      await store.archive(NAME, version, MONTH);
      const later = archived().replace(MONTH, '2026-04');
      await mkdir(dirname(later), { recursive: true });
      await copyFile(archived(), later);

      await reopen();

      assert.deepEqual(await store.archiveMonths(), ['2026-04']);
      assert.equal((await store.read(NAME)).version, version);
    });
  });

  it('removes what a crash left half moved', async () => {
    await store.archive(NAME, version, MONTH);
    await writeFile(join(dirname(archived()), '.a.json.0f0e.tmp'), '{');

    await reopen();

    assert.deepEqual(await places(), [[], ['a.json']]);
  });
});
