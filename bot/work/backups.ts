import * as disk from 'node:fs/promises';
import { HOUR_MS, type Clock } from '../../services/clock.ts';
import { generationNames, generationTime, keepNewest } from '../../services/storage/generation.ts';
import type { BackedUpStore } from '../../services/storage/file-store.ts';
import type { Chore } from './nightly.ts';

/** A start in between makes no second backup of a night, which would push out one from a week ago. */
const ENOUGH_MS = 20 * HOUR_MS;

/** Backs up the store once a night, and keeps the newest backups only. */
export function createBackupChore(parts: {
  readonly store: Pick<BackedUpStore, 'backUp'>;
  readonly folder: string;
  readonly kept: number;
  readonly clock: Clock;
}): Chore {
  const { store, folder, kept, clock } = parts;
  return {
    name: 'backup',
    async run() {
      const [newest] = await generationNames(disk, folder);
      if (newest !== undefined && clock().getTime() - generationTime(newest).getTime() < ENOUGH_MS) return 0;
      const { files } = await store.backUp(folder);
      await keepNewest(disk, folder, kept);
      return files.length;
    },
  };
}
