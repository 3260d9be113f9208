import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';

/** No answer came, or it broke off. Says nothing about whether the request was carried out. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  readonly why: 'timed-out' | 'stopped' | 'network';
  constructor(why: NoAnswerError['why'], message: string) {
    super(message);
    this.why = why;
  }
}

/** The answer is larger than any honest one. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/**
 * The innermost layer: one sending, within its time, its body read whole and no longer than it may be.
 *
 * @throws {NoAnswerError} when no whole answer came.
 * @throws {BodyTooLargeError}
 */
export const withinBounds = (timeoutMs: number, maxBytes: number): PipelinePolicy => ({
  name: 'within-bounds',
  async sendRequest(request, next) {
    const timeout = AbortSignal.timeout(timeoutMs);
    const stop = request.abortSignal as AbortSignal | undefined;
    request.abortSignal = stop === undefined ? timeout : AbortSignal.any([stop, timeout]);
    request.streamResponseStatusCodes = new Set([Number.POSITIVE_INFINITY]);
    try {
      const response = await next(request);
      response.bodyAsText = await wholeBody(response, maxBytes);
      return response;
    } catch (error) {
      if (error instanceof BodyTooLargeError) throw error;
      if (stop?.aborted === true) throw new NoAnswerError('stopped', 'the call was stopped');
      if (timeout.aborted) throw new NoAnswerError('timed-out', `no whole answer within ${timeoutMs} ms`);
      // Only the words are kept: the error of the library holds the request, and that holds the token.
      throw new NoAnswerError('network', error instanceof Error ? error.message : 'unknown fault');
    } finally {
      if (stop === undefined) delete request.abortSignal;
      else request.abortSignal = stop;
    }
  },
});

async function wholeBody(response: PipelineResponse, maxBytes: number): Promise<string> {
  const { readableStreamBody: stream, bodyAsText } = response;
  if (stream === undefined) {
    if (Buffer.byteLength(bodyAsText ?? '') > maxBytes) throw new BodyTooLargeError();
    return bodyAsText ?? '';
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const part = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    bytes += part.byteLength;
    if (bytes > maxBytes) throw new BodyTooLargeError();
    chunks.push(part);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
