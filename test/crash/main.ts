/* The bot in a process of its own, as `bot/main.ts` starts it, that ends itself with SIGKILL where it is told to. */
import { fstatSync } from 'node:fs';
import { startBot } from '../../bot/compose.ts';
import { parseConfig } from '../../bot/config/config.ts';
import { createLog } from '../../bot/log.ts';
import { newGuid } from '../../services/ids.ts';
import { openFileStore } from '../../services/storage/file-store.ts';
import { Boundaries, parsePoint } from './boundaries.ts';
import { hookedPartnerCenter, hookedTeams } from './hooked-calls.ts';
import { hookedDisk } from './hooked-disk.ts';
import { hookDoor } from './hooked-door.ts';
import { hurry, quickClock } from './quick-time.ts';

const { CRASH_AT, CLOCK_STARTED = '0', CLOCK_SPEED = '1', ...env } = process.env;
/** Where the parent process listens to what is crossed. */
const TELL = 3;

const boundaries = new Boundaries(
  CRASH_AT === undefined ? undefined : parsePoint(CRASH_AT),
  isOpen(TELL) ? TELL : undefined,
);
const speed = Number(CLOCK_SPEED);
const clock = quickClock(Number(CLOCK_STARTED), speed);
hurry(speed);
hookDoor(boundaries);
const config = parseConfig(env);
if (config.store.kind !== 'file') throw new Error('crashes are tried on a disk');
const { folder } = config.store;
await startBot({
  config,
  clock,
  elapsedMs: () => performance.now() * speed,
  newId: newGuid,
  http: hookedPartnerCenter(boundaries),
  fetch: hookedTeams(boundaries),
  openStore: (boot) => openFileStore({ folder, boot, disk: hookedDisk(boundaries, folder), now: clock }),
  log: createLog({ level: 'info' }),
});
console.log('The bot listens.');

function isOpen(file: number): boolean {
  try {
    return fstatSync(file).isFIFO() || fstatSync(file).isSocket();
  } catch {
    return false;
  }
}
