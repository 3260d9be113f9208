/**
 * Loaded before the bot's own process: for as long as the file that `DISK_IS_FULL` names is there, nothing more is taken by
 * the disk, and what is on it can be read.
 */
import { existsSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';

const disk = createRequire(import.meta.url)('node:fs/promises');
const { open, mkdir } = disk;
const refuseWhenFull = (path) => {
  if (existsSync(process.env['DISK_IS_FULL'] ?? ''))
    throw Object.assign(new Error(`ENOSPC: no space left on device, open '${path}'`), { code: 'ENOSPC' });
};
disk.open = async (path, flags, ...how) => {
  if (flags !== undefined && flags !== 'r') refuseWhenFull(path);
  return open(path, flags, ...how);
};
disk.mkdir = async (path, ...how) => {
  refuseWhenFull(path);
  return mkdir(path, ...how);
};
syncBuiltinESMExports();
