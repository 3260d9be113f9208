import { NoAnswerError, type EntityChange, type Tables } from './tables.ts';

/** How long to try, and how time passes; a simulation brings its own. */
export interface Patience {
  /** Milliseconds since any moment, by what nobody can set. */
  readonly elapsedMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** After so long nothing is tried again: whoever pressed a button is answered within five seconds. */
const LONGEST_MS = 2_000;
const FIRST_PAUSE_MS = 100;

/** Does something until there is an answer, within limits. @param work may be done more than once. */
export async function untilAnswered<T>({ elapsedMs, sleep }: Patience, work: () => Promise<T>): Promise<T> {
  const began = elapsedMs();
  for (let pause = FIRST_PAUSE_MS; ; pause *= 3) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof NoAnswerError) || elapsedMs() - began + pause > LONGEST_MS) throw error;
    }
    await sleep(pause);
  }
}

/** Tries again what may be done twice: readings, and putting what is put whatever was there. */
export const patientTables = (tables: Tables, patience: Patience): Tables => ({
  name: tables.name,
  exists: () => untilAnswered(patience, () => tables.exists()),
  make: () => untilAnswered(patience, () => tables.make()),
  get: (...what) => untilAnswered(patience, () => tables.get(...what)),
  page: (...what) => untilAnswered(patience, () => tables.page(...what)),
  batch: (partitionKey, changes) =>
    isRepeatable(changes)
      ? untilAnswered(patience, () => tables.batch(partitionKey, changes))
      : tables.batch(partitionKey, changes),
  remove: (...what) => tables.remove(...what),
});

const isRepeatable = (changes: readonly EntityChange[]): boolean => changes.every(({ kind }) => kind === 'put');
