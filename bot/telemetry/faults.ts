import { trace } from '@opentelemetry/api';
import { PartnerCenterError } from '../../services/partner-center/partner-center.ts';
import { createCount } from '../../services/telemetry/instruments.ts';
import { errorType, failed, note } from '../../services/telemetry/spans.ts';

/** Counts turns that could not do what was asked, and notes it on their spans with what the person is told to quote. */
export function createFaultCount(): (error: unknown, reference: string) => void {
  const count = createCount('offboarding.turn.faults', '{turn}', 'Turns that could not do what was asked.');
  return (error, reference) => {
    const why = errorType(error);
    count({ 'error.type': why });
    const span = trace.getActiveSpan();
    if (span === undefined) return;
    failed(span, why);
    const correlationId = error instanceof PartnerCenterError ? error.ids.correlationId : undefined;
    note(
      {
        'offboarding.reference': reference,
        ...(correlationId !== undefined && { 'ms.correlation_id': correlationId }),
      },
      span,
    );
  };
}
