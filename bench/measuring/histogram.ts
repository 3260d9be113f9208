/** How long things took, in milliseconds. */
export class Histogram {
  readonly #ms: number[] = [];
  #isSorted = true;

  add(ms: number): void {
    this.#ms.push(ms);
    this.#isSorted = false;
  }

  get count(): number {
    return this.#ms.length;
  }

  /** @param share from 0 to 1. @returns the smallest value that so large a share does not exceed; NaN where there is none. */
  at(share: number): number {
    if (!this.#isSorted) this.#ms.sort((a, b) => a - b);
    this.#isSorted = true;
    return this.#ms[Math.max(0, Math.ceil(this.#ms.length * share) - 1)] ?? NaN;
  }

  get summary(): Summary {
    return { count: this.count, p50: round(this.at(0.5)), p99: round(this.at(0.99)), max: round(this.at(1)) };
  }
}

export type Summary = { readonly count: number; readonly p50: number; readonly p99: number; readonly max: number };

export const median = (values: readonly number[]): number => {
  const all = new Histogram();
  for (const value of values) all.add(value);
  return all.at(0.5);
};

/** Three digits that matter. */
export const round = (value: number): number => Number(value.toPrecision(3));
