import assert from 'node:assert/strict';
import * as nodeDisk from 'node:fs/promises';
import path from 'node:path';
import { openFileStore } from '../../../services/storage/file-store.ts';
import { partitionFile } from '../../../services/storage/partition-file.ts';
import { RememberedPartitions } from '../../../services/storage/remembered-partitions.ts';
import { tempFolders } from './temp-folder.ts';

const REQUEST = 'request:1';

describe('what the store remembers of its files', () => {
  const newFolder = tempFolders();

  it('is never believed where the file says something else', async () => {
    const folder = await newFolder();
    const store = await openFileStore({ folder, boot: 'b' });
    const file = path.join(folder, partitionFile(REQUEST));
    await store.commit(REQUEST, '0', [{ key: 'request', row: { value: { state: 'draft' } } }]);
    const draft = await nodeDisk.readFile(file, 'utf8');
    await store.commit(REQUEST, '1', [{ key: 'request', row: { value: { state: 'pending' } } }]);

    await nodeDisk.writeFile(file, draft);
    assert.deepEqual((await store.read(REQUEST)).rows.get('request')?.value, { state: 'draft' });
    await nodeDisk.writeFile(file, draft.replace('draft', 'later'));
    await assert.rejects(store.read(REQUEST), { fault: 'damaged' });
    await store.close();
  });

  it('is the same for everybody, and nobody can change it', async () => {
    const store = await openFileStore({ folder: await newFolder(), boot: 'b' });
    await store.commit(REQUEST, '0', [{ key: 'request', row: { value: { steps: [{ state: 'wanted' }] } } }]);
    const { rows } = await store.read(REQUEST);
    const { steps } = rows.get('request')?.value as { readonly steps: { state: string }[] };

    assert.throws(() => steps.push({ state: 'done' }), TypeError);
    assert.throws(() => Object.assign(steps[0] ?? {}, { state: 'done' }), TypeError);
    await store.close();
  });

  it('does not take a file for another one with the same text', async () => {
    const folder = await newFolder();
    const remembered = new RememberedPartitions();
    const store = await openFileStore({ folder, boot: 'b', remembered });
    await store.commit(REQUEST, '0', [{ key: 'request', row: { value: 1 } }]);
    await store.commit('request:2', '0', [{ key: 'request', row: { value: 2 } }]);
    await nodeDisk.copyFile(path.join(folder, partitionFile(REQUEST)), path.join(folder, partitionFile('request:2')));

    await assert.rejects(store.read('request:2'), { fault: 'damaged' });
    assert.equal((await store.read(REQUEST)).rows.get('request')?.value, 1);
    await store.close();
  });

  it('is no more than it may be', async () => {
    const folder = await newFolder();
    const store = await openFileStore({ folder, boot: 'b', remembered: new RememberedPartitions(500) });
    for (let at = 0; at < 10; at++)
      await store.commit(`request:${at}`, '0', [{ key: 'request', row: { value: `${at}`.repeat(100) } }]);

    for (let at = 0; at < 10; at++)
      assert.equal((await store.read(`request:${at}`)).rows.get('request')?.value, `${at}`.repeat(100));
    await store.close();
  });
});
