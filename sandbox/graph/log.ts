import type { Logged } from '../control/request-log.ts';
import type { Json } from '../partner-center/json.ts';

/** One call, for tests and for people who watch. Never holds a token. */
export interface LogEntry extends Logged {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly authorization: 'none' | 'bearer';
  /** The application that the token was given to, and the person it speaks for, as far as it says so. */
  readonly application?: string;
  readonly person?: string;
  body?: Json;
  code?: string;
  /** The kind of the fault that struck. */
  fault?: string;
}
