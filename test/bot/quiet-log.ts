import { createLog, type Log } from '../../bot/log.ts';

/** A log whose lines a test can read, and nobody else. */
export function quietLog(): { readonly log: Log; readonly lines: Readonly<Record<string, unknown>>[] } {
  const lines: Readonly<Record<string, unknown>>[] = [];
  const write = (line: string): void => {
    lines.push(JSON.parse(line) as Readonly<Record<string, unknown>>);
  };
  return { log: createLog({ level: 'debug', write }), lines };
}
