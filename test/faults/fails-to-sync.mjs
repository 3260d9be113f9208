/**
 * Loaded before the bot's own process: from the moment the file that `FSYNC_FAILS_ONCE` names is there, every fsync
 * fails, as on a disk that dies.
 */
import { existsSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';

const disk = createRequire(import.meta.url)('node:fs/promises');
const { open } = disk;
disk.open = async (...how) => {
  const handle = await open(...how);
  const sync = handle.sync.bind(handle);
  handle.sync = async () => {
    if (existsSync(process.env['FSYNC_FAILS_ONCE'] ?? ''))
      throw Object.assign(new Error('EIO: the disk is dying'), { code: 'EIO' });
    await sync();
  };
  return handle;
};
syncBuiltinESMExports();
