import type { AuditKey } from '../../services/audit/audit-chain.ts';
import { createAuditLog, type AuditLog } from '../../services/audit/audit-log.ts';
import { createCheckpoints } from '../../services/audit/checkpoints.ts';
import { refuseMissingChains } from '../../services/audit/missing-chains.ts';
import { createRefusals, type Refusals } from '../../services/audit/refusals.ts';
import { settingsDigest } from '../../services/audit/settings-digest.ts';
import { createSpoolIntake } from '../../services/audit/spool.ts';
import type { Clock } from '../../services/clock.ts';
import type { Claim } from '../../services/storage/claim.ts';
import type { Store } from '../../services/storage/store.ts';
import type { Config } from '../config/config.ts';
import type { Log } from '../log.ts';
import { loggableError } from '../loggable-error.ts';
import type { OpenedStore } from './chores.ts';

export interface RecordParts {
  readonly store: Store;
  /** The same, without marking what has grown. */
  readonly plainStore: OpenedStore;
  readonly config: Config;
  readonly clock: Clock;
  readonly boot: string;
  readonly auditKey: AuditKey;
  readonly log: Log;
}

/** The record of what belongs to no request, and the checkpoints over all of it. */
export interface RunningRecord {
  readonly log: AuditLog;
  readonly refusals: Refusals;
  /** Takes in what others have spooled, and writes a checkpoint. */
  checkpoint(claim: Claim): Promise<void>;
  /** Records that the process ends, and what was only counted so far. */
  stop(): Promise<void>;
}

/**
 * Begins the record of this run of the process, with its start, on a store of which nothing is missing.
 *
 * @throws {StoreError}
 */
export async function startRecord(parts: RecordParts): Promise<RunningRecord> {
  const { store, plainStore, config, clock, boot, auditKey, log } = parts;
  await refuseMissingChains(plainStore);
  const auditLog = createAuditLog({
    store,
    clock,
    boot,
    auditKey,
    onFault: (error, { waiting, lost }) => {
      log.error('the record could not be written, which is tried again', {
        count: waiting,
        error: loggableError(error),
      });
      if (lost > 0) log.error('events were lost, because the record could not be written', { count: lost });
    },
  });
  const refusals = createRefusals({ log: auditLog, clock });
  const checkpoints = createCheckpoints({
    store: plainStore,
    clock,
    auditKey,
    onUnreadable: (_chain, error) => {
      log.error('a chain of the record cannot be read, and no checkpoint covers it', { error: loggableError(error) });
    },
  });
  const { spool: box } = plainStore;
  const takeInSpooled = box && createSpoolIntake({ box, auditKey, log: auditLog });

  await auditLog.record({
    action: 'bot.started',
    actor: 'bot',
    detail: { settings: settingsDigest(config, auditKey) },
  });
  await checkpoints.start();
  refusals.start();

  return {
    log: auditLog,
    refusals,
    async checkpoint(claim) {
      await takeInSpooled?.().catch((error: unknown) => {
        log.error('what was spooled for the record cannot be read', { error: loggableError(error) });
      });
      await checkpoints.write(claim);
    },
    async stop() {
      await refusals.close();
      await auditLog.record({ action: 'bot.stopped', actor: 'bot' });
      await auditLog.close();
    },
  };
}
