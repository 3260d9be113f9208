import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  createHttpHeaders,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { answerCall, type ApiParts } from '../../sandbox/partner-center/api/answer-call.ts';
import { Throttle } from '../../sandbox/partner-center/api/throttle.ts';
import { Faults, FaultSettings } from '../../sandbox/partner-center/control/faults.ts';
import { CallLog, type LogEntry } from '../../sandbox/partner-center/control/log.ts';
import { Waits } from '../../sandbox/control/waits.ts';
import type { Holdings } from '../../sandbox/partner-center/world/records.ts';
import type { SwitchSettings } from '../../sandbox/partner-center/world/switches.ts';
import { World } from '../../sandbox/partner-center/world/world.ts';

export const PARTNER_CENTER_URL = 'http://127.0.0.1:7071';

/** Whom anybody in a life asks for, or might take for one of these; a list of all others would only be read again and again. */
const CUSTOMERS = [
  'alpineskihouse',
  'consolidatedmessenger',
  'continentalcargo',
  'contoso',
  'contosobakery',
  'fabrikambikes',
  'firstupconsultants',
  'litware',
  'northwindtraders',
];

/** Asked before a call reaches the service, and after the service has done it; may throw, or hang for ever. */
export type CallGate = (moment: 'before' | 'after', request: PipelineRequest) => Promise<void> | undefined;

/** The stand-in of Partner Center, asked without a network in between. */
export class PartnerCenterInProcess {
  readonly world: World;
  readonly #parts: ApiParts;
  /** Told of each whole answer that the bot has got. */
  onAnswer: (request: PipelineRequest, status: number, body: string) => void = () => undefined;

  /** Above 0, the next removal is accepted at once and done so much later. */
  lateMs = 0;
  /** Whether whoever calls sees nothing of that: the line is cut. */
  lateUnanswered = false;

  constructor(now: () => Date, switches: SwitchSettings) {
    this.world = new World(now, { scenario: 'everyday', only: CUSTOMERS }, switches);
    const { clock } = this.world;
    clock.elapsedMs = ({ worldMs }) => clock.now().getTime() - worldMs;
    const log = new CallLog();
    const throttle = new Throttle();
    this.#parts = { world: this.world, faults: new Faults(), log, throttle, answered: new Map(), waits: new Waits() };
  }

  /** What a customer holds now. Nothing may be under way: what shows late is not kept. */
  keep(customerId: string): Holdings {
    const holdings = this.world.customer(customerId)?.holdings;
    if (holdings === undefined) throw new Error(`there is no customer ${customerId}`);
    return structuredClone(holdings);
  }
  putBack(customerId: string, kept: Holdings): void {
    Object.assign(this.world.customer(customerId)?.holdings ?? {}, structuredClone(kept));
  }

  get log(): readonly LogEntry[] {
    return this.#parts.log.since(0);
  }

  setFaults(rules: readonly object[]): void {
    this.#parts.faults.set(FaultSettings.parse({ rules }));
  }

  /** The service as one process of the bot reaches it. */
  client(gate: CallGate): HttpClient {
    return {
      sendRequest: (request) => {
        const signal = request.abortSignal as AbortSignal | undefined;
        const { promise: stopped, reject } = Promise.withResolvers<never>();
        signal?.addEventListener('abort', () => {
          reject(new DOMException('aborted', 'AbortError'));
        });
        return Promise.race([this.#call(gate, request), stopped]);
      },
    };
  }

  /** Goes on when nobody waits for it any more: what was sent arrives. */
  async #call(gate: CallGate, request: PipelineRequest): Promise<PipelineResponse> {
    await gate('before', request);
    const answer = this.lateMs > 0 && isRemoval(request) ? this.#promise(request) : await this.#ask(request);
    await gate('after', request);
    this.onAnswer(request, answer.status, answer.bodyAsText ?? '');
    return answer;
  }

  /** Says yes, or is not heard, and does it later; it may turn out then that it cannot be done. */
  #promise(request: PipelineRequest): PipelineResponse {
    setTimeout(() => void this.#ask(request).catch(() => undefined), this.lateMs);
    this.lateMs = 0;
    if (this.lateUnanswered) throw new Error('socket hang up');
    const bodyAsText = JSON.stringify({ relationshipToPartner: 'none', attributes: { objectType: 'Customer' } });
    const headers = createHttpHeaders({ 'Content-Type': 'application/json' });
    return { request, status: 200, headers, bodyAsText };
  }

  async #ask(request: PipelineRequest): Promise<PipelineResponse> {
    const address = new URL(request.url);
    address.pathname = decodeURI(address.pathname);
    const { promise, resolve, reject } =
      Promise.withResolvers<Pick<PipelineResponse, 'status' | 'headers' | 'bodyAsText'>>();
    await answerCall(this.#parts, asIncoming(request, address), asResponse(resolve, reject), address);
    return { request, ...(await promise) };
  }
}

const isRemoval = ({ method, url }: PipelineRequest): boolean =>
  method === 'PATCH' && /\/customers\/[^/]+$/.test(new URL(url).pathname);

function asIncoming({ method, headers, body }: PipelineRequest, address: URL): IncomingMessage {
  const names = [...headers].map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    method,
    url: address.pathname + address.search,
    headers: { host: address.host, ...Object.fromEntries(names) },
    async *[Symbol.asyncIterator]() {
      if (typeof body === 'string') yield Buffer.from(body);
    },
  } as unknown as IncomingMessage;
}

function asResponse(
  answered: (answer: Pick<PipelineResponse, 'status' | 'headers' | 'bodyAsText'>) => void,
  cut: (error: Error) => void,
): ServerResponse {
  const head = { status: 0, headers: createHttpHeaders() };
  return {
    writeHead(status: number, headers: Readonly<Record<string, string | number>>) {
      head.status = status;
      head.headers = createHttpHeaders(
        Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      );
    },
    end(text = '') {
      answered({ ...head, bodyAsText: text });
    },
    write(_part: string, after: () => void) {
      after();
    },
    destroy() {
      cut(new Error('socket hang up'));
    },
  } as unknown as ServerResponse;
}
