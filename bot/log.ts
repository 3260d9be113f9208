import pino from 'pino';
import { traceId } from '../services/telemetry/spans.ts';
import type { LogLevel } from './config/config.ts';
import type { LoggableError } from './loggable-error.ts';

/**
 * What may stand in a log besides the sentence, by name. Everything else is left out, so that no name, text, body
 * or token gets there because somebody logged one object too many.
 */
const fieldKinds = {
  activityType: 'text',
  attempt: 'number',
  correlationId: 'text',
  count: 'number',
  customerId: 'text',
  error: 'error',
  fault: 'text',
  faults: 'texts',
  host: 'text',
  kind: 'text',
  method: 'text',
  ms: 'number',
  path: 'text',
  personId: 'text',
  port: 'number',
  requestId: 'text',
  signal: 'text',
  slot: 'text',
  state: 'text',
  status: 'number',
  step: 'text',
  traceId: 'text',
  tries: 'number',
  verb: 'text',
  version: 'text',
  work: 'text',
} as const;

interface Kinds {
  readonly text: string;
  readonly texts: readonly string[];
  readonly number: number;
  readonly error: LoggableError;
}

export type LogFields = {
  readonly [Name in keyof typeof fieldKinds]?: Kinds[(typeof fieldKinds)[Name]] | undefined;
};

/** Sentences about what the bot does, for whoever operates it. The sentence is ours and holds no values. */
export interface Log {
  debug(sentence: string, fields?: LogFields): void;
  info(sentence: string, fields?: LogFields): void;
  warn(sentence: string, fields?: LogFields): void;
  error(sentence: string, fields?: LogFields): void;
}

const LONGEST_TEXT = 500;

export interface LogOptions {
  readonly level: LogLevel;
  /** Takes one line, its end included (standard output). */
  readonly write?: (line: string) => void;
}

/** A log of one JSON object a line, with the time in UTC. */
export function createLog({ level, write = toStandardOutput() }: LogOptions): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: allowed },
    },
    {
      write: (line: string) => {
        write(escaped(line));
      },
    },
  );
  return {
    debug: (sentence, fields) => {
      logger.debug(inTrace(fields), sentence);
    },
    info: (sentence, fields) => {
      logger.info(inTrace(fields), sentence);
    },
    warn: (sentence, fields) => {
      logger.warn(inTrace(fields), sentence);
    },
    error: (sentence, fields) => {
      logger.error(inTrace(fields), sentence);
    },
  };
}

/** A line of what is traced names the trace, so that one leads to the other. */
function inTrace(fields: LogFields = {}): LogFields {
  const id = traceId();
  return id === undefined ? fields : { ...fields, traceId: id };
}

function toStandardOutput(): (line: string) => void {
  const output = pino.destination({ dest: 1, sync: true });
  return (line) => {
    output.write(line);
  };
}

const allowed = (fields: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => Object.hasOwn(fieldKinds, name))
      .map(([name, value]: [string, unknown]) => [
        name,
        typeof value === 'string' ? value.slice(0, LONGEST_TEXT) : value,
      ]),
  );

/** JSON escapes the control characters of ASCII only; terminals and readers of logs heed these, too. */
const escaped = (line: string): string =>
  line.replace(
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
