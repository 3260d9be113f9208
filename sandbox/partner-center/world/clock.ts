export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** A moment from which something is waited for. */
export interface Mark {
  readonly worldMs: number;
  readonly realMs: number;
}

/** The world's time: it runs like the machine's, and can be moved. */
export class MovableClock {
  readonly #base: () => Date;
  #offsetMs = 0;

  constructor(base: () => Date) {
    this.#base = base;
  }

  now(): Date {
    return new Date(this.#base().getTime() + this.#offsetMs);
  }

  moveTo(moment: Date): void {
    this.#offsetMs = moment.getTime() - this.#base().getTime();
  }

  reset(): void {
    this.#offsetMs = 0;
  }

  mark(): Mark {
    return { worldMs: this.now().getTime(), realMs: performance.now() };
  }

  /** Time since the mark: the world's or the machine's, whichever has moved further. */
  elapsedMs({ worldMs, realMs }: Mark): number {
    return Math.max(this.now().getTime() - worldMs, performance.now() - realMs);
  }
}

/** `2026-05-31T14:03:22Z` */
export const seconds = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;
/** `2026-05-31T14:03:22.1230000Z`: new commerce writes seven digits. */
export const ticks = (date: Date): string => date.toISOString().replace('Z', '0000Z');
/** `2026-05-31T00:00:00Z`: a day, meant to its end. */
export const day = (date: Date): string => `${date.toISOString().slice(0, 10)}T00:00:00Z`;
/** The last second of the day that lies `days` after `date`, in UTC. */
export const endOfDay = (date: Date, days = 0): Date =>
  new Date(`${new Date(date.getTime() + days * DAY_MS).toISOString().slice(0, 10)}T23:59:59Z`);

/** The end of the next term. `P1M`, `P1Y`, `P3Y`; 31 January is followed by the last day of February. */
export function addTerm(date: Date, term: string): Date {
  const [, count = '1', unit = 'M'] = /^P(\d+)([MY])$/.exec(term) ?? [];
  const months = Number(count) * (unit === 'Y' ? 12 : 1);
  const moved = new Date(date);
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(date.getUTCDate(), lastDay));
  return moved;
}
