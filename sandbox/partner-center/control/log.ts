import { RequestLog, type Logged } from '../../control/request-log.ts';
import type { Json, JsonObject } from '../json.ts';

/** One call of the API, for tests and for people who watch. Never holds a token. */
export interface LogEntry extends Logged {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly requestId: string;
  readonly correlationId: string;
  readonly ifMatch?: string;
  readonly authorization: 'none' | 'bearer';
  /** Who called, as far as a token says it: `app-only`, or the name after `user:`. */
  readonly caller?: string;
  readonly application?: string;
  readonly body?: Json;
  code?: string;
  responseBody?: Json;
  ms?: number;
  /** The fault that struck: its id, or else its kind. */
  fault?: string;
  /** What the service did, where the caller was told something else or nothing. */
  applied?: number;
  /** Whether this was an answer given once before, to the same `MS-RequestId`. */
  replayed?: boolean;
}

const KEPT_ENTRIES = 50_000;
/** Answers to older reads are forgotten; what was asked is not. */
const KEPT_READS = 5_000;
const KEPT_BODY_BYTES = 64 * 1_024;

/** Every call of the API, oldest first. */
export class CallLog extends RequestLog<LogEntry> {
  constructor() {
    super(KEPT_ENTRIES);
  }

  override open(entry: Omit<LogEntry, 'seq' | 'status'>): LogEntry {
    const opened = super.open(entry);
    const old = this.fromEnd(KEPT_READS);
    if (old?.method === 'GET') delete old.responseBody;
    return opened;
  }
}

/** A body as the log keeps it: long ones only by their length. */
export const keptBody = (body: Json, bytes: number): Json =>
  bytes <= KEPT_BODY_BYTES ? body : { omittedBytes: bytes };

export function codeOf(body: JsonObject): string | undefined {
  const { code } = body as { readonly code?: unknown };
  return typeof code === 'string' || typeof code === 'number' ? String(code) : undefined;
}
