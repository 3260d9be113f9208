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
import { Waits } from '../../sandbox/partner-center/control/waits.ts';
import type { SwitchSettings } from '../../sandbox/partner-center/world/switches.ts';
import { World } from '../../sandbox/partner-center/world/world.ts';

export const PARTNER_CENTER_URL = 'http://127.0.0.1:7071';

/** Asked before a call reaches the service, and after the service has done it; may throw, or hang for ever. */
export type CallGate = (moment: 'before' | 'after', request: PipelineRequest) => Promise<void> | undefined;

/** The stand-in of Partner Center, asked without a network in between. */
export class PartnerCenterInProcess {
  readonly world: World;
  readonly #parts: ApiParts;
  /** Told of each whole answer that the bot has got. */
  onAnswer: (request: PipelineRequest, status: number, body: string) => void = () => undefined;

  constructor(now: () => Date, switches: SwitchSettings) {
    this.world = new World(now, { scenario: 'everyday' }, switches);
    const log = new CallLog();
    const throttle = new Throttle();
    this.#parts = { world: this.world, faults: new Faults(), log, throttle, answered: new Map(), waits: new Waits() };
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
    const answer = await this.#ask(request);
    await gate('after', request);
    this.onAnswer(request, answer.status, answer.bodyAsText ?? '');
    return answer;
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
