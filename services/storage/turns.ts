/**
 * Lets work on one thing happen one after another, in the order of asking, and on different things at the
 * same time: at most `parallel` at once, so that a rush does not use up the files a process may open.
 */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(parallel: number) {
    this.#free = parallel;
  }

  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#last.get(key) ?? Promise.resolve()).then(() => this.#run(work));
    const end = turn.then(
      () => undefined,
      () => undefined, // the one whose turn it was hears of it
    );
    this.#last.set(key, end);
    try {
      return await turn;
    } finally {
      if (this.#last.get(key) === end) this.#last.delete(key);
    }
  }

  /** Resolves when all work that was asked for is done. */
  async idle(): Promise<void> {
    await Promise.all(this.#last.values());
  }

  async #run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((go) => this.#waiting.push(go));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
