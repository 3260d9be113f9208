import type { Logged } from '../../control/request-log.ts';

/** One request, for tests and for people who watch. Never holds a secret, a code or a token. */
export interface LogEntry extends Logged {
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
  /** AADSTS… without the letters. */
  code?: number;
  error?: string;
  /** The kind of the fault that struck. */
  fault?: string;
}
