/** How often each kind of thing has happened, by its name. */
export type Counts = Readonly<Record<string, number>>;

/** Counts what really happens in a life: what was planned and never came to be is not in it. */
export class Tally {
  readonly #counts = new Map<string, number>();

  add(what: string, times = 1): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + times);
  }

  get counts(): Counts {
    return Object.fromEntries(this.#counts);
  }
}
