/** Waits that can all be cut short. */
export class Waits {
  readonly #open = new Set<() => void>();

  /** @returns whether the time has passed; false when it was cut. */
  wait(ms: number): Promise<boolean> {
    if (ms <= 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = (passed: boolean): void => {
        clearTimeout(timer);
        this.#open.delete(cut);
        resolve(passed);
      };
      const cut = (): void => {
        end(false);
      };
      const timer = setTimeout(end, ms, true);
      this.#open.add(cut);
    });
  }

  cut(): void {
    for (const cut of [...this.#open]) cut();
  }
}
