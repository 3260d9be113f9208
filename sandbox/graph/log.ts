import type { Json } from '../partner-center/json.ts';

/** One call, for tests and for people who watch. Never holds a token. */
export interface LogEntry {
  readonly seq: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly authorization: 'none' | 'bearer';
  /** The application that the token was given to, and the person it speaks for, as far as it says so. */
  readonly application?: string;
  readonly person?: string;
  body?: Json;
  /** 0 while there is no answer, and for ever where there was none. */
  status: number;
  code?: string;
  /** The kind of the fault that struck. */
  fault?: string;
}

const KEPT_ENTRIES = 20_000;

/** Every call but those behind the curtain, oldest first. */
export class GraphLog {
  #entries: LogEntry[] = [];
  #seq = 0;

  open(entry: Omit<LogEntry, 'seq' | 'status'>): LogEntry {
    const opened: LogEntry = { seq: ++this.#seq, ...entry, status: 0 };
    this.#entries.push(opened);
    if (this.#entries.length > KEPT_ENTRIES * 1.1) this.#entries = this.#entries.slice(-KEPT_ENTRIES);
    return opened;
  }

  since(seq: number): readonly LogEntry[] {
    return this.#entries.filter((entry) => entry.seq > seq);
  }

  /** Numbering goes on, so that a reader with an old number misses nothing. */
  clear(): void {
    this.#entries = [];
  }
}
