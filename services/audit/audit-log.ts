import { SECOND_MS, type Clock } from '../clock.ts';
import { MAX_ROWS_PER_COMMIT, StaleWriteError, type Store } from '../storage/store.ts';
import { appendAudit, type AuditEvent, type AuditKey, type PastEvent } from './audit-chain.ts';
import { processChain } from './chains.ts';

/** Records what belongs to no request: in a chain for each run of the process and day of UTC. */
export interface AuditLog {
  /**
   * Events that come while others are being stored are stored together. Never rejects: what cannot be stored now is
   * told to `onFault` and tried again, so that nobody's turn is lost with it.
   *
   * @returns whether they are stored.
   */
  record(...events: readonly AuditEvent[]): Promise<boolean>;
  /** Stores what still waits, if that can be done. */
  close(): Promise<void>;
}

export interface AuditLogParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly boot: string;
  readonly auditKey: AuditKey;
  /** Told each time something could not be stored: why, and how many events wait, or were given up. */
  readonly onFault: (error: unknown, events: { readonly waiting: number; readonly lost: number }) => void;
}

/** With the head, which is a row too. */
const EVENTS_PER_COMMIT = MAX_ROWS_PER_COMMIT - 1;
/** More than this does not wait for a store that takes nothing. */
const MOST_WAITING = 10_000;
const AGAIN_MS = 10 * SECOND_MS;

export function createAuditLog({ store, clock, boot, auditKey, onFault }: AuditLogParts): AuditLog {
  let waiting: readonly PastEvent[] = [];
  let lost = 0;
  let last: Promise<boolean> = Promise.resolve(true);
  /** The batch that has not begun yet. */
  let next: Promise<boolean> | undefined;
  let again: NodeJS.Timeout | undefined;

  const commit = async (events: readonly PastEvent[]): Promise<void> => {
    const chain = processChain(boot, clock());
    for (;;) {
      const { version, rows } = await store.read(chain);
      try {
        await store.commit(chain, version, appendAudit(rows, events, clock(), chain, auditKey));
        return;
      } catch (error) {
        if (!(error instanceof StaleWriteError)) throw error;
      }
    }
  };

  const writeAll = async (): Promise<boolean> => {
    try {
      while (waiting.length > 0) {
        const told: readonly PastEvent[] =
          lost === 0 ? [] : [{ action: 'audit.lost', actor: 'bot', detail: { events: lost } }];
        const batch = waiting.slice(0, EVENTS_PER_COMMIT - told.length);
        await commit([...told, ...batch]);
        waiting = waiting.slice(batch.length);
        if (told.length > 0) lost = 0;
      }
      return true;
    } catch (error) {
      onFault(error, { waiting: waiting.length, lost });
      again ??= setTimeout(() => {
        again = undefined;
        void flush(); // never rejects, and nobody waits
      }, AGAIN_MS).unref();
      return false;
    }
  };

  const flush = (): Promise<boolean> => {
    next ??= last.then(() => {
      next = undefined;
      return writeAll();
    });
    last = next;
    return next;
  };

  return {
    async record(...events) {
      const room = Math.max(0, MOST_WAITING - waiting.length);
      waiting = [...waiting, ...events.slice(0, room).map((event) => ({ ...event, happened: clock() }))];
      lost += Math.max(0, events.length - room);
      return flush();
    },
    async close() {
      await flush();
      clearTimeout(again);
    },
  };
}
