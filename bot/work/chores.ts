import { auditKeyOf } from '../../services/audit/audit-chain.ts';
import type { SpoolBox } from '../../services/audit/spool.ts';
import type { Clock } from '../../services/clock.ts';
import { createArchiving } from '../../services/retention/archiving.ts';
import type { WakeQueue } from '../../services/storage/azure/wake-queue.ts';
import type { BackedUpStore } from '../../services/storage/file-store.ts';
import type { Store } from '../../services/storage/store.ts';
import type { Config } from '../config/config.ts';
import { createBackupChore } from './backups.ts';
import type { Chore } from './nightly.ts';

/** A store that cannot be copied is not backed up by the bot. */
export type OpenedStore = Store &
  Partial<Pick<BackedUpStore, 'backUp'>> & {
    /** Where others lay down what they have to record (nowhere). */
    readonly spool?: SpoolBox;
    /** By what other processes that work with it are called (nothing). */
    readonly wakeQueue?: WakeQueue;
  };

/** Archiving and deleting come first: what is over is not to be in tonight's backup either. */
export function choresOf(
  { config, clock }: { readonly config: Config; readonly clock: Clock },
  store: OpenedStore,
): readonly Chore[] {
  const { retentionMonths, backups } = config;
  const archiving = createArchiving({ store, clock, retentionMonths, auditKey: auditKeyOf(config.auditKey.reveal()) });
  const { backUp } = store;
  return [
    { name: 'archive', run: () => archiving.archiveClosed() },
    { name: 'retention', run: () => archiving.deleteOld() },
    ...(backUp === undefined || backups === undefined || backups.kept === 0
      ? []
      : [createBackupChore({ store: { backUp: (to) => backUp.call(store, to) }, ...backups, clock })]),
  ];
}
