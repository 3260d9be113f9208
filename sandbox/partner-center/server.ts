import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerControl } from '../control/control.ts';
import { Waits } from '../control/waits.ts';
import { answerCall } from './api/answer-call.ts';
import type { Answer } from './api/answers.ts';
import { controlsOf } from './control/control.ts';
import { Faults } from './control/faults.ts';
import { addressOf, send } from './api/http.ts';
import { CallLog } from './control/log.ts';
import { Throttle } from './api/throttle.ts';
import type { SwitchSettings } from './world/switches.ts';
import { World } from './world/world.ts';

export { PARTNER_TENANT_ID } from './partner.ts';

export interface StandInOptions {
  /** 0 takes any free port. */
  readonly port?: number;
  readonly host?: string;
  readonly scenario?: string;
  /** At least so many customers; what the scenario does not bring is generated. */
  readonly customers?: number;
  /** Where the movable clock starts from. */
  readonly now?: () => Date;
  /** How long the list still shows a removed customer. */
  readonly staleListMs?: number;
  /** How the service behaves at the start and after every reset. */
  readonly switches?: SwitchSettings;
  /** Who else answers at this address, asked before anybody here: the people of Microsoft Graph, say. */
  readonly alongside?: readonly Alongside[];
}

export interface Alongside {
  serves(path: string): boolean;
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** A running stand-in of Partner Center, to try and to test against. */
export interface PartnerCenterStandIn {
  readonly url: string;
  readonly port: number;
  readonly world: World;
  close(): Promise<void>;
}

/** The port is taken by another process; take another one. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  readonly code = 'EADDRINUSE';
  readonly port: number;

  constructor(host: string, port: number, options: ErrorOptions) {
    super(`Port ${port} of ${host} is already in use.`, options);
    this.port = port;
  }
}

/**
 * Starts an HTTP server that answers as Partner Center does, from a world that is made up.
 *
 * @throws {PortTakenError} when something else listens there.
 */
export async function startPartnerCenter(options: StandInOptions = {}): Promise<PartnerCenterStandIn> {
  const { port = 0, host = '127.0.0.1', now = () => new Date(), scenario, customers, staleListMs, switches } = options;
  const world = new World(
    now,
    { scenario, customers },
    { ...switches, ...(staleListMs !== undefined && { staleListMs }) },
  );
  const faults = new Faults();
  const log = new CallLog();
  const controls = controlsOf({ world, faults, log });
  const throttle = new Throttle();
  const waits = new Waits();
  const answered = new Map<string, Answer>();
  const open = new Set<ServerResponse>();
  world.resetListeners.add(() => {
    faults.clear();
    log.clear();
    throttle.clear();
    answered.clear();
    waits.cut();
    for (const response of open) response.destroy();
  });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const address = addressOf(request);
    if (address === undefined) {
      send(response, { status: 400 }, '{"code":"400","description":"The address is not valid."}');
      return;
    }
    const other = options.alongside?.find((one) => one.serves(address.pathname));
    if (other !== undefined) {
      await other.answer(request, response);
      return;
    }
    if (address.pathname.startsWith('/_')) {
      await answerControl(controls, request, response, address);
      return;
    }
    open.add(response);
    response.once('close', () => open.delete(response));
    await answerCall({ world, faults, log, throttle, answered, waits }, request, response, address);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // The caller hung up while its body was read, or a handler has a mistake in it.
      if (request.destroyed && !request.complete) return;
      console.error('The stand-in of Partner Center failed.', error);
      if (response.headersSent) response.destroy();
      else send(response, { status: 500 }, '{"code":"500","description":"Internal server error."}');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortTakenError(host, port, { cause: error }) : error);
    });
    server.listen(port, host, resolve);
  });

  const taken = (server.address() as AddressInfo).port;
  return {
    url: `http://${host}:${taken}`,
    port: taken,
    world,
    close: () =>
      new Promise((resolve) => {
        waits.cut();
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
