import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { isGuid, sameCase } from '../ids.ts';
import { createDurations, type Durations } from '../telemetry/instruments.ts';
import type { Attributes } from '../telemetry/attributes.ts';
import { errorType, failed, inSpan, note } from '../telemetry/spans.ts';
import type { CallIds } from './partner-center.ts';

/** How long sendings take. @see OpenTelemetry, "Semantic conventions for HTTP metrics" */
export const createCallDurations = (): Durations =>
  createDurations('http.client.request.duration', 'How long one sending of a call takes.');

export interface TracedCall {
  readonly operation: string;
  readonly path: readonly string[];
}

/**
 * A span for every sending, under whatever it is done for, and its duration. No address, no query and no body: they name
 * people and what was searched for. Nothing is put on the request: the service knows a call by its own two ids.
 *
 * What changes something has its correlation id on the span above too, where a person looks first.
 */
export function traced({ operation, path }: TracedCall, ids: CallIds, durations: Durations): PipelinePolicy {
  const of = customerIn(path);
  let sent = 0;
  return {
    name: 'traced',
    async sendRequest(request, next) {
      const { method } = request;
      const { hostname, port, protocol } = new URL(request.url);
      const measured = {
        'http.request.method': method,
        'server.address': hostname,
        'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
        'offboarding.operation': operation,
      };
      const attributes: Attributes = {
        ...measured,
        ...of,
        'ms.correlation_id': ids.correlationId,
        'ms.request_id': ids.requestId,
        ...(sent > 0 && { 'http.request.resend_count': sent }),
      };
      sent += 1;
      if (method !== 'GET') note({ 'ms.correlation_id': ids.correlationId });
      const began = performance.now();
      const done = (more: Attributes): void => {
        durations(performance.now() - began, { ...measured, ...more });
      };
      return inSpan(`${method} ${operation}`, { kind: 'client', attributes }, async (span) => {
        try {
          const response = await next(request);
          const { status } = response;
          const came = { 'http.response.status_code': status, ...(status >= 400 && { 'error.type': String(status) }) };
          note(came, span);
          if (status >= 400) failed(span, String(status));
          done(came);
          return response;
        } catch (error) {
          done({ 'error.type': errorType(error) });
          throw error;
        }
      });
    },
  };
}

/** Whose call it is; what is no id is no customer's. */
const customerIn = ([kind, id = '']: readonly string[]): Attributes =>
  kind === 'customers' && isGuid(id) ? { 'offboarding.customer.id': sameCase(id) } : {};
