import { SpanKind, SpanStatusCode, context, trace, type Context, type Span } from '@opentelemetry/api';
import { SCOPE, type Attributes } from './attributes.ts';

export interface SpanOptions {
  readonly kind: 'server' | 'client' | 'internal';
  readonly attributes: Attributes;
  /** What it is a part of (whatever is going on at that moment). */
  readonly within?: Context;
}

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL };
/** Gives out spans that are nothing as long as nobody has started telemetry. */
const tracer = trace.getTracer(SCOPE);

/** Does something within a span of its own, which ends with it. What is thrown comes out as it is. */
export const inSpan = <T>(
  name: string,
  { kind, attributes, within = context.active() }: SpanOptions,
  work: (span: Span) => Promise<T>,
): Promise<T> =>
  tracer.startActiveSpan(name, { kind: KINDS[kind], attributes }, within, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      failed(span, errorType(error));
      throw error;
    } finally {
      span.end();
    }
  });

/** Notes that what a span is about did not succeed. Only why, by name: messages quote what they were given. */
export function failed(span: Span, why: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  note({ 'error.type': why }, span);
}

/** Adds to a span: the one that everything is a part of at this moment, unless told otherwise. */
export function note(attributes: Attributes, span = trace.getActiveSpan()): void {
  span?.setAttributes(attributes);
}

/** The trace that goes on at this moment, in hex; `undefined` where nobody has started telemetry. */
export const traceId = (): string | undefined => trace.getActiveSpan()?.spanContext().traceId;

const WORD = /^[\w-]{1,60}$/;

/** Which kind of fault something is, for a span or a measured value: the word that it names itself by. */
export function errorType(error: unknown): string {
  if (!(error instanceof Error)) return '_OTHER';
  const { fault, why, name } = error as Error & { readonly fault?: unknown; readonly why?: unknown };
  return [fault, why, name].find((word): word is string => typeof word === 'string' && WORD.test(word)) ?? '_OTHER';
}
