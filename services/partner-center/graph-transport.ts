import type { PartnerCenterClientParts } from './client.ts';
import { createLanes, createPace, machineSleep } from './lanes.ts';
import { createTransport, type Transport } from './transport.ts';

const MAX_BODY_BYTES = 5_000_000;

export interface GraphLimits {
  readonly callsPerMinute: number;
  /** Of these, how many a minute reads leave to changes. */
  readonly keptForChanges: number;
  /** Where the parts say nothing else, in ms. */
  readonly timeoutMs: number;
}

/** Microsoft Graph over HTTP, by the same policies as Partner Center. */
export function createGraphTransport(parts: PartnerCenterClientParts, limits: GraphLimits): Transport {
  const { now, sleep = machineSleep, share = () => 1 } = parts;
  const { callsPerMinute: perMinute, keptForChanges, timeoutMs } = limits;
  return createTransport({
    ...parts,
    service: 'graph',
    prefix: '/v1.0',
    sleep,
    lanes: createLanes(parts.lanes ?? 10),
    pace: createPace({ perMinute, keptForChanges, share, now, sleep }),
    log: parts.log ?? (() => undefined),
    timeoutMs: parts.timeoutMs ?? timeoutMs,
    maxBytes: MAX_BODY_BYTES,
  });
}
