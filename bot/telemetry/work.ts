import type { Context } from '@opentelemetry/api';
import { OUTBOX_KEY } from '../../services/requests/change.ts';
import type { Claim } from '../../services/storage/claim.ts';
import type { Attributes } from '../../services/telemetry/attributes.ts';
import { createDurations } from '../../services/telemetry/instruments.ts';
import { errorType, failed, inSpan } from '../../services/telemetry/spans.ts';

/** Does a piece of work, and is told of what it fails with. */
export type InWorkSpan = (
  claim: Pick<Claim, 'partition' | 'key'>,
  within: Context,
  work: (onFault: (error: unknown) => void) => Promise<void>,
) => Promise<void>;

/** A span for every piece of work, and its duration. */
export function createWorkSpans(): InWorkSpan {
  const durations = createDurations('offboarding.work.duration', 'How long one piece of work takes.');
  return async (claim, within, work) => {
    const measured = workOf(claim);
    const attributes = { ...measured, ...subjectOf(claim) };
    const began = performance.now();
    let fault: Attributes = {};
    await inSpan(`work ${measured['offboarding.work']}`, { kind: 'internal', attributes, within }, (span) =>
      work((error) => {
        fault = { 'error.type': errorType(error) };
        failed(span, errorType(error));
      }),
    );
    durations(performance.now() - began, { ...measured, ...fault });
  };
}

/** The kind of work, without the person and the holding that a key names: `run`, `clock`, `step`, `outbox` … */
function workOf({ key }: Pick<Claim, 'key'>) {
  const [work = '', , slot = ''] = key.split(':');
  return { 'offboarding.work': work, ...(key.startsWith(OUTBOX_KEY) && { 'offboarding.slot': slot }) };
}

/** Whom it is about. */
function subjectOf({ partition }: Pick<Claim, 'partition'>): Attributes {
  const [kind, id = ''] = partition.split(':');
  if (kind === 'request') return { 'offboarding.request.id': id };
  return kind === 'customer' ? { 'offboarding.customer.id': id } : {};
}
