import { NoAnswerError, type Tables } from '../../services/storage/azure/tables.ts';
import type { TableCall, TableFault, TableModel } from '../support/table-model.ts';

/** What one process is let do with the tables that all share. */
export interface TablesGate {
  /** Passed before a call reaches the tables, and before its answer reaches the process; never, where that is gone. */
  passes(): Promise<never> | undefined;
  /** How this call goes wrong, if it does. */
  fault(call: TableCall): TableFault | undefined;
}

/** So long after it was given up a call arrives that was late. */
const LATE_MS = 3_000;

/** The tables as one process sees them. */
export function gatedTables(model: TableModel, gate: TablesGate): Tables {
  const through = async <T>(call: TableCall, work: () => Promise<T>): Promise<T> => {
    await gate.passes();
    const fault = gate.fault(call);
    if (fault === '503' || fault === 'lost-before') throw new NoAnswerError(fault);
    if (fault === 'late') {
      setTimeout(() => {
        // What it came to nobody hears.
        void work().catch(() => undefined);
      }, LATE_MS);
      throw new NoAnswerError(fault);
    }
    const done = work();
    const outcome = await done.then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    await gate.passes();
    if (fault === 'lost-after') throw new NoAnswerError(fault);
    if (outcome !== undefined) throw outcome.error;
    return done;
  };
  return {
    name: model.name,
    exists: () => through('exists', () => model.exists()),
    make: () => through('make', () => model.make()),
    get: (...what) => through('get', () => model.get(...what)),
    page: (...what) => through('page', () => model.page(...what)),
    batch: (...what) => through('batch', () => model.batch(...what)),
    remove: (...what) => through('remove', () => model.remove(...what)),
  };
}
