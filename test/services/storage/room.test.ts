import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import type { Disk } from '../../../services/storage/disk.ts';
import { openFileStore } from '../../../services/storage/file-store.ts';
import { hasRoomAt } from '../../../services/storage/room.ts';
import { tempFolders } from './temp-folder.ts';

const MB = 1_024 * 1_024;
const diskOf = (sizeMb: number, freeMb: number): Pick<Disk, 'statfs'> => ({
  statfs: (async () => ({ blocks: sizeMb, bavail: freeMb, bsize: MB })) as unknown as Disk['statfs'],
});

describe('whether there is room for something new on a disk', () => {
  for (const [sizeMb, freeMb, expected] of [
    [1_000, 100, true],
    [1_000, 99, false],
    [100_000, 256, true],
    [100_000, 255, false],
    [0, 0, true],
  ] as const)
    it(`of ${sizeMb} MB with ${freeMb} MB free: ${expected ? 'yes' : 'no'}`, async () => {
      assert.equal(await hasRoomAt(diskOf(sizeMb, freeMb), '/data'), expected);
    });

  it('is not guessed where the disk cannot say', async () => {
    const broken = { statfs: () => Promise.reject(Object.assign(new Error('gone'), { code: 'EIO' })) };

    await assert.rejects(hasRoomAt(broken, '/data'), { name: 'StoreError', fault: 'unwritable' });
  });
});

describe('a store in files', () => {
  const newFolder = tempFolders();

  it('asks the disk that its folder is on', async () => {
    const asked: string[] = [];
    const disk = {
      ...fs,
      statfs: async (path: string) => {
        asked.push(path);
        return diskOf(1_000, 10).statfs(path);
      },
    } as unknown as Disk;
    const folder = await newFolder();
    const store = await openFileStore({ folder, boot: 'b', disk });

    assert.equal(await store.hasRoom(), false);
    await store.close();
    assert.deepEqual(asked, [folder]);
  });
});
