import type { CallLog } from '../services/partner-center/policies.ts';
import type { Log } from './log.ts';

/** A line for each sending of a call: what went where, and what came of it. */
export function logACall(log: Log, { method, path, status, fault, ids, attempt, ms }: CallLog): void {
  const { correlationId, requestId } = ids;
  log.info('a call was made', {
    method,
    path,
    correlationId,
    requestId,
    attempt,
    ms,
    ...(status !== undefined && { status }),
    ...(fault !== undefined && { fault }),
  });
}
