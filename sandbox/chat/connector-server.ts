import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerConnector, type ConnectorParts } from './connector.ts';
import { Faults, type FaultRule } from './faults.ts';
import { readBody, sendAnswer, type Answer } from './http.ts';
import { isObject, listAt, parseJson, textAt } from './json.ts';

/** One call of the bot, for tests. Never holds a token. */
export interface ConnectorLogEntry {
  readonly seq: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  /** 0 where the bot got no answer. */
  readonly status: number;
}

export interface ConnectorServerParts extends ConnectorParts {
  /** Whether a call has the bot's own token in its Authorization header (anything will do). */
  readonly admits?: ((authorization: string | undefined) => boolean) | undefined;
}

const KEPT_ENTRIES = 5_000;

/** The connector as a server: its faults first, then its answers, and a log of both. */
export class ConnectorServer {
  readonly faults = new Faults();
  readonly #parts: ConnectorServerParts;
  readonly #hanging = new Set<ServerResponse>();
  #log: ConnectorLogEntry[] = [];
  #seq = 0;

  constructor(parts: ConnectorServerParts) {
    this.#parts = parts;
  }

  get log(): readonly ConnectorLogEntry[] {
    return this.#log;
  }

  /** @param path below the service url. */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: URLSearchParams,
  ): Promise<void> {
    const method = request.method ?? 'GET';
    const body = await readBody(request);
    if (this.#parts.admits?.(request.headers.authorization) === false) {
      this.#note(method, path, body, denied.status);
      sendAnswer(response, denied);
      return;
    }
    const rule = this.faults.strike(method, `/connector${path}`, this.#personOf(path, body));
    const answer = this.#answer(rule, () =>
      body === undefined ? { status: 413, body: {} } : answerConnector(this.#parts, { method, path, query, body }),
    );
    this.#note(method, path, body, answer?.status ?? 0);
    if (answer !== undefined) sendAnswer(response, answer);
    else if (rule?.kind.endsWith('hang') === true) this.#hang(response);
    else response.destroy();
  }

  /** Forgets log and faults, and cuts whoever hangs. */
  reset(): void {
    this.faults.set([]);
    this.#log = [];
    for (const response of this.#hanging) response.destroy();
    this.#hanging.clear();
  }

  /** @returns undefined when the bot gets no answer. */
  #answer(rule: FaultRule | undefined, act: () => Answer): Answer | undefined {
    switch (rule?.kind) {
      case undefined:
        return act();
      case 'answer':
        return faultAnswer(rule);
      case 'hang':
      case 'reset':
        return undefined;
      case 'apply-then-hang':
      case 'apply-then-reset':
        act();
        return undefined;
    }
  }

  #hang(response: ServerResponse): void {
    this.#hanging.add(response);
    response.once('close', () => this.#hanging.delete(response));
  }

  #note(method: string, path: string, body: string | undefined, status: number): void {
    this.#seq += 1;
    const at = new Date().toISOString();
    this.#log.push({ seq: this.#seq, at, method, path, body: parseJson(body ?? ''), status });
    if (this.#log.length > KEPT_ENTRIES * 1.1) this.#log = this.#log.slice(-KEPT_ENTRIES);
  }

  #personOf(path: string, body: string | undefined): string | undefined {
    const { conversations } = this.#parts;
    const [id] = /a:1[\w-]+/.exec(decodeURIComponent(path)) ?? [];
    if (id !== undefined) return conversations.find((one) => one.id === id)?.person.key;
    const wanted = parseJson(body ?? '');
    const [member] = isObject(wanted) ? listAt(wanted, 'members') : [];
    const memberId = isObject(member) ? textAt(member, 'id') : undefined;
    return conversations.find(({ person }) => person.id === memberId || person.aadObjectId === memberId)?.person.key;
  }
}

const denied: Answer = { status: 401, body: { message: 'Authorization has been denied for this request.' } };

function faultAnswer({ status, code, retryAfterSeconds }: FaultRule): Answer {
  const known: Readonly<Record<number, string>> = {
    403: 'MessageWritesBlocked',
    404: 'ConversationNotFound',
    412: 'PreconditionFailed',
    429: 'TooManyRequests',
  };
  return {
    status,
    body: { error: { code: code ?? known[status] ?? 'ServiceError', message: 'The service could not answer.' } },
    ...(retryAfterSeconds !== undefined && { headers: { 'Retry-After': String(retryAfterSeconds) } }),
  };
}
