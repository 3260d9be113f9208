import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openFileStore } from '../../../services/storage/file-store.ts';
import { NEVER_WRITTEN, StoreError } from '../../../services/storage/store.ts';
import { openStoreReader } from '../../../services/storage/store-reader.ts';
import { tempFolders } from './temp-folder.ts';

describe('a store that is only read', () => {
  const newFolder = tempFolders();

  it('is read while another process owns it, and stays as it is', async () => {
    const folder = await newFolder();
    const store = await openFileStore({ folder, boot: 'boot-1' });
    const names = ['request:one', 'request:Of An Odd Name', 'person:ada'];
    for (const name of names) await store.commit(name, NEVER_WRITTEN, [{ key: 'a', row: { value: name } }]);
    const leftover = join(folder, 'request', '.one.json.1.tmp');
    await writeFile(leftover, 'half');
    const before = await readdir(folder, { recursive: true });

    const reader = (await openStoreReader(folder))!;

    const found: string[] = [];
    for await (const name of reader.partitions('request')) found.push(name);
    assert.deepEqual(found.sort(), ['request:Of An Odd Name', 'request:one']);
    for (const name of names) assert.deepEqual((await reader.read(name)).rows.get('a'), { value: name });
    assert.deepEqual(await readdir(folder, { recursive: true }), before);
    await store.close();
  });

  it('is read in its archive too, and where a move has left a file in both places the newer one counts', async () => {
    const folder = await newFolder();
    const store = await openFileStore({ folder, boot: 'boot-1' });
    const version = await store.commit('request:one', NEVER_WRITTEN, [{ key: 'a', row: { value: 'old' } }]);
    const next = await store.commit('request:one', version, [{ key: 'a', row: { value: 'new' } }]);
    await store.commit('request:two', NEVER_WRITTEN, [{ key: 'a', row: { value: 'here' } }]);
    const before = (await openStoreReader(folder))!;
    await before.read('request:one');
    await store.archive('request:one', next, '2026-03');

    const reader = (await openStoreReader(folder))!;

    assert.deepEqual((await Array.fromAsync(reader.partitions('request'))).sort(), ['request:one', 'request:two']);
    assert.deepEqual((await reader.read('request:one')).rows.get('a'), { value: 'new' });
    assert.deepEqual((await before.read('request:one')).rows.get('a'), { value: 'new' }, 'moved since it was listed');
    await store.close();
  });

  it('is none where there is no folder, and makes none', async () => {
    const folder = await newFolder();

    assert.equal(await openStoreReader(folder), undefined);
    assert.equal(await openStoreReader(folder), undefined);
  });

  it('has no rows in a partition that is not there', async () => {
    const folder = await newFolder();
    await mkdir(folder, { recursive: true });
    const reader = (await openStoreReader(folder))!;

    assert.deepEqual(await reader.read('request:one'), { version: NEVER_WRITTEN, rows: new Map() });
    for await (const name of reader.partitions('request')) assert.fail(name);
  });

  it('says which file is damaged', async () => {
    const folder = await newFolder();
    const store = await openFileStore({ folder, boot: 'boot-1' });
    await store.commit('request:one', NEVER_WRITTEN, [{ key: 'a', row: { value: 'before' } }]);
    await store.close();
    const file = join(folder, 'request', 'one.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('before', 'after'));

    const reader = (await openStoreReader(folder))!;

    await assert.rejects(
      reader.read('request:one'),
      (error: unknown) => error instanceof StoreError && error.message.includes(file),
    );
  });
});
