import { hasDueRows } from './rows.ts';
import { NEVER_WRITTEN, StaleWriteError } from './store.ts';
import type { Partition } from './store.ts';

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;
/** `yyyy-mm`. */
export const isMonth = (text: string): boolean => MONTH.test(text);

/**
 * Whether a partition may be archived as it is stored.
 *
 * @throws {StaleWriteError} when it is stored under another version.
 * @throws {RangeError} when a caller made a mistake.
 */
export function checkArchiving(
  stored: Partition,
  { partition, version, month }: { readonly partition: string; readonly version: string; readonly month: string },
): void {
  if (!isMonth(month)) throw new RangeError(`"${month}" is no month`);
  if (stored.version !== version) throw new StaleWriteError(partition);
  if (version === NEVER_WRITTEN) throw new RangeError(`"${partition}" was never written`);
  if (hasDueRows(stored.rows)) throw new RangeError(`"${partition}" has rows with a due time`);
}
