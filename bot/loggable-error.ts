/** What a log may hold of an error: what kind it is and where it came from, never the words it brings along. */
export interface LoggableError {
  readonly name: string;
  readonly code?: string;
  readonly fault?: string;
  readonly status?: number;
  readonly correlationId?: string;
  /** Where it was thrown, without its message. */
  readonly stack?: readonly string[];
  readonly cause?: LoggableError;
}

const FRAMES = 20;
const CAUSES = 3;
const WORD = /^[\w.:/ -]{1,80}$/;
const ID = /^[\w-]{1,64}$/;

/**
 * Turns whatever was thrown into something to log. Messages are left out: those of libraries and services quote what
 * they were given, which may be a token, a body or a customer's name.
 */
export function loggableError(error: unknown, causes = CAUSES): LoggableError {
  if (!(error instanceof Error)) return { name: `thrown ${typeof error}` };
  const fields = error as Error & Readonly<Record<string, unknown>>;
  const code = matching(fields['code'], WORD);
  const fault = matching(fields['fault'], WORD);
  const correlationId = matching(fields['correlationId'], ID);
  const status = [fields['status'], fields['statusCode']].find((one) => typeof one === 'number');
  const stack = framesOf(error);
  return {
    name: matching(error.name, WORD) ?? 'Error',
    ...(code !== undefined && { code }),
    ...(fault !== undefined && { fault }),
    ...(status !== undefined && { status }),
    ...(correlationId !== undefined && { correlationId }),
    ...(stack.length > 0 && { stack }),
    ...(error.cause !== undefined && causes > 0 && { cause: loggableError(error.cause, causes - 1) }),
  };
}

const matching = (value: unknown, pattern: RegExp): string | undefined =>
  typeof value === 'string' && pattern.test(value) ? value : undefined;

/** A stack begins with the message, which may have several lines and may look like a stack itself. */
function framesOf({ stack = '', message }: Error): readonly string[] {
  const end = stack.indexOf(message);
  if (message !== '' && end < 0) return [];
  return stack
    .slice(end + message.length)
    .split('\n')
    .slice(1)
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, FRAMES);
}
