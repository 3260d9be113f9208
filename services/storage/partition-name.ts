const NAME = /^([a-z]+):(\P{Cc}{1,200})$/u;

/** The folder of closed partitions, by month. */
export const ARCHIVE = 'archive';
/** The folder of backups, where no other was named. */
export const BACKUPS = 'backups';
/** Names of the store's own, which no kind of partition has. */
export const isReserved = (kind: string): boolean => kind === ARCHIVE || kind === BACKUPS;

/** A partition's name, taken apart at its first colon. */
export type PartitionName = { readonly kind: string; readonly rest: string };

/**
 * Checks a partition's name: a kind in small letters, a colon, and 1 to 200 characters of text without
 * control characters.
 *
 * @throws {RangeError} when a caller made up another one.
 */
export function partitionName(partition: string): PartitionName {
  const name = parsePartitionName(partition);
  if (!name) throw new RangeError(`${JSON.stringify(partition)} is no name for a partition`);
  return name;
}

/** The parts of what may be a partition's name. */
export function parsePartitionName(text: string): PartitionName | undefined {
  const [, kind, rest] = NAME.exec(text) ?? [];
  if (kind === undefined || rest === undefined || isReserved(kind)) return undefined;
  if (rest.length > 200 || !rest.isWellFormed()) return undefined;
  return { kind, rest };
}
