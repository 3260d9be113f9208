import { setTimeout as delay } from 'node:timers/promises';
import { TurnContext } from 'botbuilder';
import { SECOND_MS } from '../../services/clock.ts';

/** Teams gives up after some seconds more, and delivers a click again. */
const ANSWER_WITHIN_MS = 4 * SECOND_MS;

/** @returns `undefined` when it takes longer than Teams is to wait; it goes on all the same. */
export async function inTime<T>(answered: Promise<T>): Promise<{ readonly answer: T } | undefined> {
  const timer = new AbortController();
  const late = delay(ANSWER_WITHIN_MS, undefined, { signal: timer.signal }).catch(() => undefined);
  try {
    return await Promise.race([answered.then((answer) => ({ answer })), late]);
  } finally {
    timer.abort('answered');
  }
}

/**
 * A turn that goes on after the SDK has ended it: an answer that takes too long is given all the same.
 * What it answers may be something that came before.
 */
export class OutlastingTurn extends TurnContext {
  readonly #state: TurnContext['turnState'];

  constructor(turn: TurnContext, activity = turn.activity) {
    super(turn.adapter, activity);
    this.#state = turn.turnState;
  }

  override get turnState(): TurnContext['turnState'] {
    return this.#state;
  }
}
