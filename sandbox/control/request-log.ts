/** What every entry of a log has, besides what the stand-in that keeps it notes. */
export interface Logged {
  readonly seq: number;
  /** 0 while there is no answer, and for ever where there was none. */
  status: number;
}

/** Every request but those behind the curtain, oldest first. */
export class RequestLog<Entry extends Logged> {
  readonly #kept: number;
  #entries: Entry[] = [];
  #seq = 0;

  /** @param kept how many entries are kept at least, the newest */
  constructor(kept = 20_000) {
    this.#kept = kept;
  }

  /** @returns the entry itself, for what is found out later. */
  open(entry: Omit<Entry, 'seq' | 'status'>): Entry {
    const opened = { seq: ++this.#seq, ...entry, status: 0 } as unknown as Entry;
    this.#entries.push(opened);
    if (this.#entries.length > this.#kept * 1.1) this.#entries = this.#entries.slice(-this.#kept);
    return opened;
  }

  since(seq: number): readonly Entry[] {
    return this.#entries.filter((entry) => entry.seq > seq);
  }

  /** Numbering goes on, so that a reader with an old number misses nothing. */
  clear(): void {
    this.#entries = [];
  }

  /** @returns the entry so many from the end; 1 is the newest. */
  protected fromEnd(count: number): Entry | undefined {
    return this.#entries.at(-count);
  }
}
