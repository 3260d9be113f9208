import { z } from 'zod';
import type { Meaning } from '../../partner-center/known-codes.ts';
import type { PartnerCenterError } from '../../partner-center/partner-center.ts';

/** A call that Partner Center did not carry out, as it is kept: the code, the service's own words, the ids to quote. */
export const Refused = z.object({
  fault: z.string(),
  status: z.number().exactOptional(),
  code: z.string().exactOptional(),
  /** What the code means, where it is known. */
  meaning: z.custom<Meaning>((value) => typeof value === 'string').exactOptional(),
  /** Foreign text. */
  description: z.string().exactOptional(),
  ids: z.object({ requestId: z.string(), correlationId: z.string() }),
});
export type RefusedCall = z.output<typeof Refused>;

/** What is kept of a call that was not carried out. */
export const refusedCall = ({ fault, status, code, meaning, description, ids }: PartnerCenterError): RefusedCall => ({
  fault,
  ids: { requestId: ids.requestId, correlationId: ids.correlationId },
  ...(status !== undefined && { status }),
  ...(code !== undefined && { code }),
  ...(meaning !== undefined && { meaning }),
  ...(description !== undefined && { description }),
});

/** The fault of a removal call that got no answer, was not carried out, and may not be sent again. */
export const NOT_RESENT = 'not-resent';
