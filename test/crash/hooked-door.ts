import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Boundaries } from './boundaries.ts';

/** Every activity that comes in is a boundary, and so is its answer. */
export function hookDoor(boundaries: Boundaries): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { readonly request: IncomingMessage; readonly response: ServerResponse };
    if (request.method !== 'POST') return;
    boundaries.come('activity', false)('before');
    const end = response.end.bind(response) as (text: string) => ServerResponse;
    const hooked = (text: string): ServerResponse => {
      const endIf = boundaries.come('answer', text.length > 1);
      endIf('before');
      if (endIf.is('torn')) {
        response.write(text.slice(0, text.length / 2), () => {
          endIf('torn');
        });
        return response;
      }
      response.once('finish', () => {
        // What was handed over to the system arrives, though the process is gone.
        endIf('after');
      });
      return end(text);
    };
    response.end = hooked as ServerResponse['end'];
  });
}
