import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerControl } from '../control/control.ts';
import { RequestLog } from '../control/request-log.ts';
import { Waits } from '../control/waits.ts';
import { refuseGraph, type Answer } from '../partner-center/api/answers.ts';
import { addressOf, headersOf, readBody, send } from '../partner-center/api/http.ts';
import { isObject, parseJson } from '../partner-center/json.ts';
import type { Call } from './calls.ts';
import { callerOf, faultOf, permissionsOf, text, type Caller } from './caller.ts';
import { controlsOf } from './control.ts';
import { Directory, type DirectorySettings, type Installation } from './directory.ts';
import { Faults, type FaultSettings } from './faults.ts';
import type { LogEntry } from './log.ts';
import { routes, type Route } from './routes.ts';

export interface GraphOptions extends DirectorySettings {
  /** Where `exp` of tokens is compared with. */
  readonly now?: () => Date;
  /** What is set at the start and after every reset. */
  readonly faults?: FaultSettings;
  /** Called after an app was installed by a call, as Teams then tells the bot. */
  readonly onInstalled?: (installation: Installation) => void;
}

/** Microsoft Graph's people, groups and Teams apps, to be put into a server. */
export interface Graph {
  readonly directory: Directory;
  readonly faults: Faults;
  readonly log: RequestLog<LogEntry>;
  /** Whether an address is one of those that are answered here; others are somebody else's. */
  serves(path: string): boolean;
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** As at the start, and cuts whoever waits. */
  reset(): void;
}

export interface GraphStandIn extends Graph {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

export function createGraph(options: GraphOptions): Graph {
  const { now = () => new Date(), onInstalled } = options;
  const directory = new Directory(options);
  const faults = new Faults();
  const log = new RequestLog<LogEntry>();
  const waits = new Waits();
  const open = new Set<ServerResponse>();
  faults.set(options.faults ?? {});

  const graph: Graph = {
    directory,
    faults,
    log,
    serves: (path) => /^\/(_graph|v1\.0\/(users|groups|appCatalogs))(\/|$)/i.test(path),
    answer: async (request, response) => {
      const address = addressOf(request);
      if (address === undefined) {
        send(response, { status: 400 }, '');
        return;
      }
      if (address.pathname.startsWith('/_graph')) {
        await answerControl(controls, request, response, address);
        return;
      }
      open.add(response);
      response.once('close', () => open.delete(response));
      await answerCall(request, response, address);
    },
    reset: () => {
      directory.reset();
      faults.set(options.faults ?? {});
      log.clear();
      waits.cut();
      for (const response of open) response.destroy();
    },
  };
  const controls = controlsOf(graph);

  async function answerCall(request: IncomingMessage, response: ServerResponse, address: URL): Promise<void> {
    const body = await readBody(request);
    const method = request.method ?? 'GET';
    const caller = callerOf(request.headers.authorization);
    const entry = log.open(entryOf(method, address, caller, now()));
    const parsed = body === undefined || body === '' ? null : (parseJson(body) ?? null);
    if (parsed !== null) entry.body = parsed;
    const rule = faults.strike(method, address.pathname);
    if (rule !== undefined) entry.fault = rule.kind;
    if (rule?.kind === 'hang') return;
    const passed = rule?.kind !== 'slow' || (await waits.wait(rule.delayMs));
    if (rule?.kind === 'reset' || !passed) return void response.destroy();

    const installed: Installation[] = [];
    const answer =
      rule?.kind === 'answer'
        ? {
            ...refuseGraph(rule.status, rule.code ?? String(rule.status), rule.message),
            ...(rule.retryAfterSeconds !== undefined && { headers: { 'Retry-After': String(rule.retryAfterSeconds) } }),
          }
        : handle(method, caller, {
            ...{ directory, switches: faults.switches, address, body: parsed, headers: headersOf(request) },
            installed: (installation) => installed.push(installation),
          });
    deliver(answer, entry, response, rule?.kind === 'apply-then-reset');
    for (const installation of installed) onInstalled?.(installation);
  }

  function handle(method: string, caller: Caller, call: Omit<Call, 'params'>): Answer {
    const fault = faultOf(caller, faults.switches.requireToken, now());
    if (fault !== undefined) return refuseGraph(401, 'InvalidAuthenticationToken', fault);
    const found = routes
      .map((route) => ({ route, match: route.pattern.exec(call.address.pathname) }))
      .filter(({ match }) => match !== null);
    const [here] = found.filter(({ route }) => route.method === method);
    if (here === undefined)
      return found.length > 0
        ? refuseGraph(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.')
        : refuseGraph(400, 'BadRequest', `Resource not found for the segment in ${call.address.pathname}.`);
    return forbidden(here.route, caller) ?? here.route.handler({ ...call, params: { ...here.match?.groups } });
  }

  return graph;
}

/** Teams and the directory say it in different ways. */
function forbidden({ permissions, pattern }: Route, caller: Caller): Answer | undefined {
  const granted = permissionsOf(caller);
  if (granted === undefined || permissions.some((one) => granted.includes(one))) return undefined;
  if (!/team/i.test(pattern.source))
    return refuseGraph(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
  const names = permissions.join(', ');
  return refuseGraph(403, 'Forbidden', `Missing role permissions on the request. API requires one of '${names}'.`);
}

function entryOf(
  method: string,
  address: URL,
  { authorization, claims = {} }: Caller,
  now: Date,
): Omit<LogEntry, 'seq' | 'status'> {
  const application = text(claims['appid']) ?? text(claims['azp']);
  const person = claims['idtyp'] === 'app' ? undefined : text(claims['oid']);
  return {
    at: now.toISOString(),
    method,
    path: address.pathname,
    query: Object.fromEntries(address.searchParams),
    authorization,
    ...(application !== undefined && { application }),
    ...(person !== undefined && { person }),
  };
}

function deliver(answer: Answer, entry: LogEntry, response: ServerResponse, cut: boolean): void {
  entry.status = answer.status;
  const error = isObject(answer.body) ? answer.body['error'] : undefined;
  const code = isObject(error) ? text(error['code']) : undefined;
  if (code !== undefined) entry.code = code;
  if (cut) response.destroy();
  else
    send(response, answer, answer.body === undefined ? '' : JSON.stringify(answer.body), {
      'request-id': randomUUID(),
    });
}

/** A server of its own on 127.0.0.1, by plain HTTP. @param options.port 0 takes any free port. */
export async function startGraph(options: GraphOptions & { readonly port?: number }): Promise<GraphStandIn> {
  const graph = createGraph(options);
  const server = createServer((request, response) => {
    graph.answer(request, response).catch((error: unknown) => {
      // The caller hung up while its body was read, or a handler has a mistake in it.
      if (request.destroyed && !request.complete) return;
      console.error('The stand-in of Microsoft Graph failed.', error);
      if (response.headersSent) response.destroy();
      else send(response, { status: 500 }, '');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    ...graph,
    url: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
