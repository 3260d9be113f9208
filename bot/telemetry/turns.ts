import { ROOT_CONTEXT } from '@opentelemetry/api';
import type { PressedButton } from '../../cards/actions.ts';
import { isGuid } from '../../services/ids.ts';
import { createDurations } from '../../services/telemetry/instruments.ts';
import { inSpan, note } from '../../services/telemetry/spans.ts';

/** Of activities these are told apart; what others call themselves is theirs. */
const ACTIVITIES: ReadonlySet<string> = new Set(['message', 'invoke', 'installationUpdate', 'conversationUpdate']);

/** Answers an activity. @returns the status that it was answered with. */
export type InTurnSpan = (type: string, answer: () => Promise<number>) => Promise<void>;

/**
 * A span for every turn, and its duration. It begins a trace of its own, whatever trace the sender says that it is a part
 * of: nobody outside decides what is sampled here, or under which id it is found.
 */
export function createTurnSpans(): InTurnSpan {
  const durations = createDurations('http.server.request.duration', 'How long a turn takes, until it is answered.');
  return async (type, answer) => {
    const measured = {
      'http.request.method': 'POST',
      'http.route': '/api/messages',
      'offboarding.activity': ACTIVITIES.has(type) ? type : 'other',
    };
    const began = performance.now();
    await inSpan('POST /api/messages', { kind: 'server', attributes: measured, within: ROOT_CONTEXT }, async (span) => {
      const came = { 'http.response.status_code': await answer() };
      note(came, span);
      durations(performance.now() - began, { ...measured, ...came });
    });
  };
}

/** Notes what was pressed in this turn, and about what. Cards come back from outside: what is no id is left out. */
export function notePressed({ verb, data }: PressedButton): void {
  const { requestId = '', customerId = '' } = data as { readonly requestId?: string; readonly customerId?: string };
  note({
    'offboarding.verb': verb,
    ...(isGuid(requestId) && { 'offboarding.request.id': requestId.toLowerCase() }),
    ...(isGuid(customerId) && { 'offboarding.customer.id': customerId.toLowerCase() }),
  });
}
