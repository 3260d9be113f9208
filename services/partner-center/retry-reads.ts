import type { PipelinePolicy, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import type { Clock } from '../clock.ts';
import type { Sleep } from './lanes.ts';
import { retryAfterMs } from './retry-after.ts';
import { NoAnswerError } from './within-bounds.ts';

/** Waits before the second, third and fourth sending, in ms. */
const BACKOFF_MS = [300, 1_000, 2_000];
/** A longer wait is handed to the caller, who can do something else meanwhile. */
const LONGEST_WAIT_MS = 10_000;
const TRANSIENT = new Set([500, 502, 503, 504]);

export interface RetryOptions {
  readonly sleep: Sleep;
  readonly now: Clock;
}

/**
 * Sends a read again that was throttled, could not be served or got no answer, at most four times in all
 * and never earlier than the service asks. A read that took the whole time-out is not sent again: whoever
 * waits for it has waited long enough.
 *
 * A change passes through untouched: what became of it has to be read before it is sent again.
 */
export const retryReads = ({ sleep, now }: RetryOptions): PipelinePolicy => ({
  name: 'retry-reads',
  async sendRequest(request, next) {
    if (request.method !== 'GET') return next(request);
    for (const backoffMs of BACKOFF_MS) {
      const answer = await answerOrFault(request, next);
      const waitMs = waitBeforeNext(answer, backoffMs, now());
      if (waitMs === undefined || waitMs > LONGEST_WAIT_MS) return settled(answer);
      await sleep(waitMs, request.abortSignal as AbortSignal | undefined).catch(() => {
        throw new NoAnswerError('stopped', 'the call was stopped while it waited');
      });
    }
    return next(request);
  },
});

type Answer = PipelineResponse | NoAnswerError;
type Next = (request: PipelineRequest) => Promise<PipelineResponse>;

async function answerOrFault(request: PipelineRequest, next: Next): Promise<Answer> {
  try {
    return await next(request);
  } catch (error) {
    if (error instanceof NoAnswerError) return error;
    throw error;
  }
}

function settled(answer: Answer): PipelineResponse {
  if (answer instanceof NoAnswerError) throw answer;
  return answer;
}

function waitBeforeNext(answer: Answer, backoffMs: number, now: Date): number | undefined {
  if (answer instanceof NoAnswerError) return answer.why === 'network' ? backoffMs : undefined;
  const askedMs = retryAfterMs(answer.headers.get('Retry-After'), now);
  if (answer.status === 429) return askedMs ?? Math.max(1_000, backoffMs);
  return TRANSIENT.has(answer.status) ? (askedMs ?? backoffMs) : undefined;
}
