/** One request, for tests and for people who watch. Never holds a secret, a code or a token. */
export interface LogEntry {
  readonly seq: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  grant?: string;
  clientId?: string;
  scope?: string;
  /** The object id of the person it was about, where one was recognised. */
  person?: string;
  /** The claims request that came along. */
  claims?: string;
  /** How a code is bound to its verifier, where it is. */
  pkce?: string;
  correlationId?: string;
  /** 0 while there is no answer, and for ever where there was none. */
  status: number;
  /** AADSTS… without the letters. */
  code?: number;
  error?: string;
  /** The kind of the fault that struck. */
  fault?: string;
}

const KEPT_ENTRIES = 20_000;

/** Every request but those behind the curtain, oldest first. */
export class RequestLog {
  #entries: LogEntry[] = [];
  #seq = 0;

  open(entry: Pick<LogEntry, 'at' | 'method' | 'path'>): LogEntry {
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
