import { Line, openLoop } from '../load/open-loop.ts';
import { Histogram } from '../measuring/histogram.ts';
import type { Channel } from '../world/channel.ts';
import type { Shown, Step, Visit, Visits } from '../world/visits.ts';
import type { Decided, Ledger } from './ledger.ts';
import { check, type Check } from './trial.ts';

const DECIDING: Readonly<Record<string, Decided>> = {
  approve: 'approved',
  decline: 'declined',
  withdraw: 'withdrawn',
};

/** People at work: so many steps of their visits a second, and what they were answered. */
export class Traffic {
  readonly took = new Histogram();
  /** Visits that did not come to their end, since a card had not the button that was to be pressed. */
  cutShort = 0;
  #sent = 0;
  readonly #statuses = new Map<number, number>();
  readonly #waiting: { readonly visit: Visit; readonly shown: Shown }[] = [];
  readonly #channel: Channel;
  readonly #visits: Visits;
  readonly #ledger: Ledger;
  readonly #line: Line;

  constructor(port: number, channel: Channel, visits: Visits, ledger: Ledger) {
    this.#channel = channel;
    this.#visits = visits;
    this.#ledger = ledger;
    this.#line = new Line(port);
  }

  async run(perSecond: number, forMs: number): Promise<void> {
    await openLoop({
      ...{ perSecond, forMs },
      begin: async (dueAtMs) => {
        const { visit, step } = this.#nextStep();
        this.#waiting.push({ visit, shown: await this.#take(step, dueAtMs) });
      },
    });
  }

  /** Whoever is in the middle of something comes to the end of it. */
  async finish(): Promise<void> {
    for (let next = this.#underWay(); next !== undefined; next = this.#underWay()) {
      const { visit, step } = next;
      this.#waiting.push({ visit, shown: await this.#take(step, performance.now()) });
    }
  }

  close(): void {
    this.#line.close();
  }

  /** Of each click its answer was 200, and no visit ended before its end. */
  get checks(): readonly Check[] {
    const good = this.#statuses.get(200) ?? 0;
    const others = Object.fromEntries([...this.#statuses].map(([status, count]) => [`status ${status}`, count]));
    return [
      check('every click and every message was answered', good === this.#sent, { sent: this.#sent, ...others }),
      check('every card had the button that came next', this.cutShort === 0, { without: this.cutShort }),
    ];
  }

  /** How many were not answered with 200. */
  get unanswered(): number {
    return this.#sent - (this.#statuses.get(200) ?? 0);
  }
  get sent(): number {
    return this.#sent;
  }

  async #take(step: Step, dueAtMs: number): Promise<Shown> {
    const decided = DECIDING[step.kind];
    const requestId = requestIdOf(step);
    if (decided !== undefined && requestId !== undefined) this.#ledger.press(decided, requestId, step.user.id);
    this.#sent++;
    const { status, body } = await this.#line.send(this.#channel.request(step.user, step.act));
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    this.took.add(performance.now() - dueAtMs);
    const shown = status === 200 ? cardIn(body) : undefined;
    if (shown !== undefined) this.#ledger.see({ userId: step.user.id, card: shown });
    return shown;
  }

  #nextStep(): Next {
    for (;;) {
      const next = this.#underWay() ?? this.#stepOf(this.#visits.next(), undefined);
      if (next !== undefined) return next;
    }
  }

  /** The next step of a visit that has begun, if there is one. */
  #underWay(): Next | undefined {
    for (let waiting = this.#waiting.shift(); waiting !== undefined; waiting = this.#waiting.shift()) {
      const next = this.#stepOf(waiting.visit, waiting.shown);
      if (next !== undefined) return next;
    }
    return undefined;
  }

  /** @returns `undefined` at the end of the visit. */
  #stepOf(visit: Visit, shown: Shown): Next | undefined {
    try {
      const { value: step } = visit.next(shown);
      return step === undefined ? undefined : { visit, step };
    } catch (error) {
      // A card without it is what is to be seen here; that there is nothing left to do is a mistake of the trial's.
      if (!(error instanceof Error) || !error.message.startsWith('there is no button')) throw error;
      this.cutShort++;
      return undefined;
    }
  }
}

interface Next {
  readonly visit: Visit;
  readonly step: Step;
}

/** What an Execute was answered with, if it was a card. */
export function cardIn(body: string): Shown {
  if (body === '') return undefined;
  const { value } = JSON.parse(body) as { readonly value?: Shown | string };
  return typeof value === 'object' ? value : undefined;
}

function requestIdOf({ act }: Step): string | undefined {
  const { value } = act as {
    readonly value?: { readonly action?: { readonly data?: { readonly requestId?: string } } };
  };
  return value?.action?.data?.requestId;
}
