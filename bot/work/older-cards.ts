import type { Shown } from '../../dialogs/turn-facts.ts';
import type { Person } from '../../services/people/person.ts';
import { isReachable, SendError, type Messenger } from '../channel/messenger.ts';
import type { Log } from '../log.ts';
import { loggableError } from '../loggable-error.ts';
import { afterFailure, GIVE_UP_MS, whileUnreachable, type NotSent, type Waiting } from './sending-again.ts';

export interface OlderCardsParts {
  readonly messenger: Pick<Messenger, 'edit'>;
  readonly log: Pick<Log, 'warn'>;
}

/** Teams may say so while it is in trouble: a message that it has not found so often is one that there is no more. */
const GONE_TRIES = 4;

/** What became of messages that are to say that it goes on on another one. */
export interface Settled {
  /** They say so, there are no such messages any more, or it was given up. */
  readonly done: readonly string[];
  /** How long the others wait for another try. */
  readonly pauseMs: number;
}

/**
 * Takes the buttons off messages that showed a card before. What Teams does not take is tried again with the pauses of
 * all cards, and given up when nothing has come of it for three days: its buttons are refused anyway.
 */
export async function settleOlder(
  { messenger, log }: OlderCardsParts,
  {
    person,
    left,
    shown,
  }: { readonly person: Person | undefined; readonly left: readonly string[]; readonly shown: Shown },
  waiting: Waiting,
  now: Date,
): Promise<Settled> {
  const done: string[] = [];
  let pauseMs = 0;
  for (const messageId of left) {
    const failed = await settleOne(messageId);
    if (failed?.kind === 'later') pauseMs = Math.max(pauseMs, failed.ms);
    else done.push(messageId);
  }
  return { done, pauseMs };

  async function settleOne(messageId: string): Promise<NotSent | undefined> {
    try {
      if (!isReachable(person)) return givenUp(whileUnreachable(waiting, now), {});
      await messenger.edit(person, messageId, shown);
      return undefined;
    } catch (error) {
      if (!(error instanceof SendError)) throw error;
      if (error.fault === 'gone' && waiting.tries >= GONE_TRIES) return undefined;
      return givenUp(afterFailure(error, waiting, now), { error: loggableError(error) });
    }
  }

  function givenUp(failed: NotSent, told: object): NotSent {
    const isOld = now.getTime() - Date.parse(waiting.since) > GIVE_UP_MS;
    if (failed.kind === 'later' && !isOld) {
      log.warn('an older card could not be settled', { attempt: waiting.tries, ...told });
      return failed;
    }
    log.warn('an older card was left as it was', told);
    return { kind: 'never' };
  }
}
