import { writeSync } from 'node:fs';

/**
 * - `before`: nothing has been done.
 * - `torn`: half of it: half of the bytes are written; the call has been sent and its answer is not read; half of the
 *   answer is sent.
 * - `after`: it is done, and nobody has acted on it yet.
 */
export type Mode = 'before' | 'torn' | 'after';
export const MODES: readonly Mode[] = ['before', 'torn', 'after'];

/**
 * Where the process ends: `rename request#3` is the third renaming of a request's file, `17` is the seventeenth boundary
 * whatever it is.
 */
export interface CrashPoint {
  readonly at: string;
  readonly mode: Mode;
}

const CRASH_POINT = /^(.+) (before|torn|after)$/;
export const printPoint = ({ at, mode }: CrashPoint): string => `${at} ${mode}`;
export function parsePoint(text: string): CrashPoint {
  const [, at, mode] = CRASH_POINT.exec(text) ?? [];
  if (at === undefined) throw new Error(`"${text}" is no crash point, as "rename request#3 after" is one`);
  return { at, mode: mode as Mode };
}

/** One line of what a process tells of its boundaries, while it crosses them. */
export interface Crossing {
  readonly at: string;
  /** Whether it can be done by half. */
  readonly canTear: boolean;
}
export const printCrossing = ({ at, canTear }: Crossing): string => `${canTear ? '~' : '-'}${at}\n`;
export const parseCrossings = (text: string): readonly Crossing[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ at: line.slice(1), canTear: line.startsWith('~') }));

/** The places where a process and its world touch, in the order in which it comes to them. */
export class Boundaries {
  readonly #point: CrashPoint | undefined;
  readonly #tell: number | undefined;
  readonly #times = new Map<string, number>();
  #count = 0;

  /** @param tell the number of an open file that is told of each crossing. */
  constructor(point: CrashPoint | undefined, tell?: number) {
    this.#point = point;
    this.#tell = tell;
  }

  /** @param torn does it by half. */
  async cross<T>(name: string, work: () => Promise<T>, torn?: () => Promise<unknown>): Promise<T> {
    const endIf = this.come(name, torn !== undefined);
    endIf('before');
    if (torn !== undefined && endIf.is('torn')) {
      await torn();
      endIf('torn');
    }
    const result = await work();
    endIf('after');
    return result;
  }

  /** For what is no promise. @returns what ends the process when it has come as far as it is to. */
  come(name: string, canTear: boolean): ((mode: Mode) => void) & { readonly is: (mode: Mode) => boolean } {
    const times = (this.#times.get(name) ?? 0) + 1;
    this.#times.set(name, times);
    this.#count += 1;
    const at = `${name}#${times}`;
    if (this.#tell !== undefined) writeSync(this.#tell, printCrossing({ at, canTear }));
    const isHere = [at, String(this.#count)].includes(this.#point?.at ?? '');
    const is = (mode: Mode): boolean => isHere && this.#point?.mode === mode;
    const endIf = (mode: Mode): void => {
      if (is(mode)) process.kill(process.pid, 'SIGKILL');
    };
    return Object.assign(endIf, { is });
  }
}
