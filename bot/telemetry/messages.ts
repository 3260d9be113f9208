import { createDurations } from '../../services/telemetry/instruments.ts';
import { errorType, inSpan } from '../../services/telemetry/spans.ts';

/** Does something with a message in somebody's chat. What is thrown comes out as it is. */
export type InMessageSpan = <T>(operation: 'send' | 'edit' | 'delete', work: () => Promise<T>) => Promise<T>;

/** A span for every message to somebody in Teams, and its duration, with what it has waited so that Teams' rates are kept. */
export function createMessageSpans(): InMessageSpan {
  const durations = createDurations('offboarding.message.duration', 'How long it takes to write to somebody in Teams.');
  return async (operation, work) => {
    const measured = { 'offboarding.operation': `${operation} message` };
    const began = performance.now();
    const took = (): number => performance.now() - began;
    return inSpan(`${operation} message`, { kind: 'client', attributes: measured }, async () => {
      try {
        const done = await work();
        durations(took(), measured);
        return done;
      } catch (error) {
        durations(took(), { ...measured, 'error.type': errorType(error) });
        throw error;
      }
    });
  };
}
