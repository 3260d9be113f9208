import * as nodeDisk from 'node:fs/promises';
import path from 'node:path';
import { isMissing, readText } from '../../services/storage/disk.ts';
import { readInventory } from '../../services/storage/inventory.ts';
import { readMoved } from '../../services/storage/moved-mark.ts';
import { lookForOwner } from '../../services/storage/owner-lock.ts';
import { originOf } from '../../services/storage/open-origin.ts';
import { ORIGIN_FILE } from '../../services/storage/origin.ts';
import { hasRoomAt } from '../../services/storage/room.ts';
import { filesOf, listStore, refuseHalfRestored } from '../../services/storage/store-folder.ts';
import { openStoreReader } from '../../services/storage/store-reader.ts';
import { StoreError } from '../../services/storage/store.ts';
import type { Config } from '../config/config.ts';
import type { BackupsConfig } from '../config/store.ts';
import { checkAzureStore } from './check-azure-store.ts';
import { ok, warning, wrong, type Finding } from './finding.ts';

const ABOUT = 'store';
const DAMAGED = 'See "When the bot does not start" in docs/operations.md, and keep the files';

/**
 * Looks at the store as it lies there, and changes nothing: no lock is taken, and no folder is made. A store that a bot
 * works with is left alone.
 */
export async function checkStore({ store, backups }: Pick<Config, 'store' | 'backups'>): Promise<readonly Finding[]> {
  if (store.kind === 'azure') return checkAzureStore(store);
  const folder = path.resolve(store.folder);
  return [
    await whatIsThere(folder),
    ...roomFor(await isRoomy(folder)),
    ...(backups === undefined ? [] : backupsOf(backups, folder)),
  ];
}

async function whatIsThere(folder: string): Promise<Finding> {
  try {
    const reader = await openStoreReader(folder);
    const place = reader === undefined ? await nearestFolder(folder) : folder;
    if (!(await isWritable(place))) {
      return wrong(
        ABOUT,
        `"${place}" cannot be written`,
        'Give the account that runs the bot the right to, or change STORE',
      );
    }
    if (reader === undefined) return ok(ABOUT, `there is none yet; the first start makes "${folder}"`);
    const owner = await lookForOwner(folder);
    if (owner !== undefined) return ok(ABOUT, `"${folder}" is in use by ${owner}, so it was not looked into`);
    await refuseHalfRestored(nodeDisk, folder);
    const moved = await readMoved(nodeDisk, folder);
    if (moved !== undefined)
      return wrong(
        ABOUT,
        `"${folder}" has been moved to ${moved.to} since ${moved.at}`,
        'Set STORE=azure: see "Moving to Azure" in docs/operations.md',
      );
    const hasOrigin = (await readText(nodeDisk, path.join(folder, ORIGIN_FILE))) !== null;
    if (!hasOrigin && filesOf(await listStore(nodeDisk, folder)).length === 0) return ok(ABOUT, `"${folder}" is empty`);
    const { id } = await originOf(nodeDisk, folder);
    const inventory = await readInventory(nodeDisk, folder, id);
    const files = filesOf(await listStore(nodeDisk, folder));
    inventory.refuseMissing(files);
    if (files.length === 0) return ok(ABOUT, `"${folder}" is empty`);
    let partitions = 0;
    for (const kind of new Set(files.map((file) => file.split(path.sep)[0] ?? ''))) {
      for await (const partition of reader.partitions(kind)) {
        await reader.read(partition);
        partitions += 1;
      }
    }
    return ok(ABOUT, `"${folder}" is whole: ${partitions} partitions of store ${id}`);
  } catch (error) {
    if (error instanceof StoreError) return wrong(ABOUT, withoutStop(error.message), DAMAGED);
    return wrong(ABOUT, `"${folder}" cannot be read`, 'Look at its rights and at the disk');
  }
}

const withoutStop = (sentence: string): string => sentence.replace(/\.$/, '');

/** What is made at the first start is made below this one. */
async function nearestFolder(folder: string): Promise<string> {
  const parent = path.dirname(folder);
  try {
    await nodeDisk.stat(folder);
    return folder;
  } catch (error) {
    if (!isMissing(error) || parent === folder) throw error;
    return nearestFolder(parent);
  }
}

async function isWritable(folder: string): Promise<boolean> {
  try {
    await nodeDisk.access(folder, nodeDisk.constants.W_OK | nodeDisk.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function isRoomy(folder: string): Promise<boolean> {
  try {
    return await hasRoomAt(nodeDisk, await nearestFolder(folder));
  } catch {
    return true; // what cannot be read was told already
  }
}

const roomFor = (isThere: boolean): readonly Finding[] =>
  isThere
    ? []
    : [
        warning(
          ABOUT,
          'its disk is nearly full, so nothing new would be begun',
          'Make room: see "Disk full" in docs/operations.md',
        ),
      ];

function backupsOf({ folder, kept }: BackupsConfig, store: string): readonly Finding[] {
  if (kept === 0)
    return [warning('backups', 'none is made', 'Set BACKUPS_KEPT, or copy the store away by other means')];
  const isInside = !path.relative(store, path.resolve(folder)).startsWith('..');
  return isInside
    ? [
        warning(
          'backups',
          'they lie in the folder of the store, and are lost with its disk',
          'Set BACKUP_FOLDER to another disk',
        ),
      ]
    : [ok('backups', `the newest ${kept} are kept in "${path.resolve(folder)}"`)];
}
