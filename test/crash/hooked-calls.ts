import { request as httpRequest } from 'node:http';
import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import type { Boundaries } from './boundaries.ts';

const GUID = /[0-9a-f]{8}-[0-9a-f-]{27}/gi;

/** Calls to Partner Center, each a boundary. */
export function hookedPartnerCenter(boundaries: Boundaries): HttpClient {
  const inner = createDefaultHttpClient();
  return {
    sendRequest(request) {
      const { method, url, headers, body } = request;
      const { pathname } = new URL(url);
      return boundaries.cross(
        `${method} ${pathname.replace(GUID, '…').replace(/^\/v1\//, '')}`,
        () => inner.sendRequest(request),
        () => sendOnly(url, method, Object.fromEntries(headers), typeof body === 'string' ? body : ''),
      );
    },
  };
}

/** Calls to Teams, each a boundary. */
export function hookedTeams(boundaries: Boundaries): typeof fetch {
  return (input, init = {}) => {
    const url = input instanceof Request ? input.url : input.toString();
    const { method = 'GET', body } = init;
    const kind = { POST: 'message', PUT: 'edit' }[method] ?? method;
    return boundaries.cross(
      `Teams ${kind}`,
      () => fetch(input, init),
      () => sendOnly(url, method, Object.fromEntries(new Headers(init.headers)), typeof body === 'string' ? body : ''),
    );
  };
}

/** Hands a whole call over to the system, and waits for nothing more. */
function sendOnly(url: string, method: string, headers: Record<string, string>, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = { ...headers, 'content-length': String(Buffer.byteLength(body)) };
    const request = httpRequest(url, { method, headers: sent, agent: false });
    request.on('error', reject);
    request.end(body, resolve);
  });
}
