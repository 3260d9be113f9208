import { createServer as createPlainServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { answerControl } from '../control/control.ts';
import { RequestLog } from '../control/request-log.ts';
import { Waits } from '../control/waits.ts';
import { addressOf, send } from '../partner-center/api/http.ts';
import { MovableClock } from '../partner-center/world/clock.ts';
import { answerRequest } from './answer-request.ts';
import { createCertificate } from './certificate.ts';
import { controlsOf } from './control/control.ts';
import { Faults, type FaultSettings } from './control/faults.ts';
import { Given } from './grants/given.ts';
import { People, type Person } from './people.ts';
import { Registrations } from './registrations.ts';
import type { EntraOptions, EntraStandIn } from './stand-in.ts';
import { issuingOf, nowOf, shownBy, type Tenant } from './tenant.ts';
import { userToken } from './tokens/issued.ts';
import { KeyRing } from './tokens/keys.ts';

/** Teams on the desktop and on phones. */
const TEAMS_CLIENT = { clientId: '1fec8e78-bce4-4aaf-ab1b-5451cc387264', azpacr: '0' };

/** Starts an HTTPS server on 127.0.0.1 that answers as one tenant of Microsoft Entra does. */
export async function startEntra(options: EntraOptions): Promise<EntraStandIn> {
  const { tenantId, port = 0, apps, people, plainSignInPage = false, now = () => new Date() } = options;
  const { ca, cert, key } = await createCertificate();
  const waits = new Waits();
  const server = createServer({ cert, key });
  const taken = await listening(server, port);
  const plain = plainSignInPage ? createPlainServer() : undefined;
  const url = `https://127.0.0.1:${taken}`;
  const tenant: Tenant = {
    tenantId,
    url,
    signInUrl: plain === undefined ? url : `http://127.0.0.1:${await listening(plain, 0)}`,
    registrations: new Registrations(apps),
    people: new People(people),
    keys: new KeyRing(),
    clock: new MovableClock(now),
    faults: new Faults(),
    log: new RequestLog(),
    given: new Given(),
  };

  const person = (objectId: string): Person => {
    const found = tenant.people.find(objectId);
    if (found === undefined) throw new Error(`There is nobody with the object id ${objectId}.`);
    return found;
  };
  const setFaults = (settings: FaultSettings): void => {
    tenant.faults.set(settings);
    tenant.people.forgetSessions(settings.withoutMfa);
  };
  const open = new Set<ServerResponse>();
  const standIn: EntraStandIn = {
    url: tenant.url,
    port: taken,
    ca,
    tenantId,
    ssoToken: (objectId, overrides = {}, appId) => {
      const app = appId === undefined ? tenant.registrations.signInApp() : tenant.registrations.app(appId);
      const resource = app && tenant.registrations.resource(app.clientId);
      if (resource === undefined) throw new Error('There is no app to sign in to.');
      const whom = person(objectId);
      const about = {
        person: whom,
        shown: shownBy(tenant, whom),
        client: TEAMS_CLIENT,
        resource,
        scopes: ['access_as_user'],
      };
      return tenant.keys.sign({ ...userToken(issuingOf(tenant), about), ...overrides });
    },
    sign: (claims, signing) => tenant.keys.sign(claims, signing),
    verified: (token) => tenant.keys.verified(token),
    log: (since = 0) => tenant.log.since(since),
    clearLog: () => {
      tenant.log.clear();
    },
    setFaults,
    moveClock: (to) => {
      if (to === undefined) tenant.clock.reset();
      else tenant.clock.moveTo(new Date(to.getTime() - tenant.faults.switches.skewMs));
    },
    now: () => nowOf(tenant),
    rotateKeys: (forgetOld = false) => {
      tenant.keys.rotate(forgetOld);
    },
    revoke: (objectId) => {
      tenant.given.revoke(person(objectId));
    },
    reset: () => {
      setFaults(options.faults ?? {});
      tenant.clock.reset();
      tenant.log.clear();
      tenant.given.clear();
      waits.cut();
      for (const response of open) response.destroy();
    },
    close: async () => {
      waits.cut();
      await Promise.all([closed(server), ...(plain === undefined ? [] : [closed(plain)])]);
    },
  };
  setFaults(options.faults ?? {});
  const controls = controlsOf(standIn, tenant);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const address = addressOf(request);
    if (address === undefined) {
      send(response, { status: 400 }, '');
      return;
    }
    if (address.pathname.startsWith('/_')) {
      await answerControl(controls, request, response, address);
      return;
    }
    open.add(response);
    response.once('close', () => open.delete(response));
    const given = await answerRequest(tenant, waits, request, address);
    if (given === 'cut') response.destroy();
    else if (given !== 'hang') send(response, given, given.text ?? JSON.stringify(given.body ?? null));
  };

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch((error: unknown) => {
      // The caller hung up while its body was read, or a handler has a mistake in it.
      if (request.destroyed && !request.complete) return;
      console.error('The stand-in of Microsoft Entra failed.', error);
      if (response.headersSent) response.destroy();
      else send(response, { status: 500 }, '{"error":"server_error"}');
    });
  };
  server.on('request', handle);
  // Tokens are given over TLS only.
  plain?.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (SIGN_IN_PAGE.test(request.url ?? '')) handle(request, response);
    else send(response, { status: 404 }, '');
  });
  return standIn;
}

const SIGN_IN_PAGE = /^\/[^/?]+\/oauth2\/v2\.0\/authorize(?:\?|$)/;

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });

/** @returns the port. */
async function listening(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
