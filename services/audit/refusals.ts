import { MINUTE_MS, type Clock } from '../clock.ts';
import type { UserId } from '../ids.ts';
import type { AuditEvent } from './audit-chain.ts';
import type { AuditLog } from './audit-log.ts';
import { isOver, tried, type Tries } from './refusal-limit.ts';

/** What somebody tried who may not. Words of ours and ids only. */
export interface RefusedTry {
  /** The word they typed or the verb of the button they pressed. */
  readonly what: string;
  readonly why: string;
  /** The request it was about, where there is one. */
  readonly target?: string;
}

/** Refused tries: each is recorded, up to so many an hour for one person, and the rest is counted. */
export interface Refusals {
  /** Records a try that has no request to be recorded with. Never rejects. */
  note(person: UserId, refused: RefusedTry): Promise<void>;
  /** Counts a try. @returns whether it is to be recorded by itself, with its request. */
  admit(person: UserId): boolean;
  start(): void;
  /** Records what was only counted. */
  close(): Promise<void>;
}

/** Counts are kept in memory: a process that is killed forgets at most an hour of them, never a recorded try. */
export function createRefusals({ log, clock }: { readonly log: AuditLog; readonly clock: Clock }): Refusals {
  const triesOf = new Map<UserId, Tries>();
  let timer: NodeJS.Timeout | undefined;

  const count = (person: UserId): { readonly isRecorded: boolean; readonly events: readonly AuditEvent[] } => {
    const { tries, isRecorded, over } = tried(triesOf.get(person), clock());
    triesOf.set(person, tries);
    return { isRecorded, events: over ? [counted(person, over)] : [] };
  };

  const take = (isTaken: (tries: Tries) => boolean): readonly AuditEvent[] => {
    const taken = [...triesOf].filter(([, tries]) => isTaken(tries));
    for (const [person] of taken) triesOf.delete(person);
    return taken.filter(([, { more }]) => more > 0).map(([person, tries]) => counted(person, tries));
  };

  const recordAll = async (events: readonly AuditEvent[]): Promise<void> => {
    if (events.length > 0) await log.record(...events);
  };

  return {
    async note(person, { what, why, target }) {
      const { isRecorded, events } = count(person);
      const actor = `person:${person}` as const;
      const refused: AuditEvent = {
        action: 'refused',
        actor,
        ...(target !== undefined && { target }),
        detail: { what, why },
      };
      await recordAll([...events, ...(isRecorded ? [refused] : [])]);
    },
    admit(person) {
      const { isRecorded, events } = count(person);
      void recordAll(events); // never rejects; whoever asks is answered at once
      return isRecorded;
    },
    start() {
      timer = setInterval(() => {
        void recordAll(take((tries) => isOver(tries, clock()))); // never rejects
      }, MINUTE_MS).unref();
    },
    async close() {
      clearInterval(timer);
      await recordAll(take(() => true));
    },
  };
}

const counted = (person: UserId, { since, more }: Tries): AuditEvent => ({
  action: 'refused.more',
  actor: `person:${person}`,
  detail: { since, more },
});
