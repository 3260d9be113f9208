import type { Instant } from '../clock.ts';

/** What survives storage: JSON and nothing else. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Something as a row holds it: it is JSON by its types already, which the compiler cannot see through their optional members. */
export const asJson = (value: object): Json => value as Json;

/** Who works on a row, until when. `fence` grows with every claim, so that a late owner is told apart. */
export type Lease = { readonly owner: string; readonly until: Instant; readonly fence: number };

export interface Row {
  readonly value: Json;
  /** When somebody has to look at this row; rows without it are only kept. */
  readonly dueAt?: Instant;
  readonly lease?: Lease;
}

/** A change of one row: its new content, or its removal. */
export type RowChange = { readonly key: string; readonly row: Row } | { readonly key: string; readonly remove: true };

/** One partition as it was read, with the version to commit against. */
export interface Partition {
  readonly version: string;
  readonly rows: ReadonlyMap<string, Row>;
}

/** Which archived partitions are asked for: of one kind, those behind the one with this name, so many at most. */
export interface ArchivedNames {
  readonly kind: string;
  readonly after?: string;
  readonly limit?: number;
}

export interface DueRow {
  readonly partition: string;
  readonly key: string;
  readonly dueAt: Instant;
}

/** Which store this is. One that was put back from a backup is another one: what came after the backup is lost. */
export type StoreOrigin = {
  readonly id: string;
  readonly createdAt: Instant;
  /** When it was put back, and when that backup had been taken. */
  readonly restoredAt?: Instant;
  readonly takenAt?: Instant;
};

/** Which rows are asked for, by how their keys begin: so, or in none of these ways. */
export type KeyChoice = { readonly beginning: string } | { readonly notBeginning: string | readonly string[] };

export function isChosen(key: string, keys: KeyChoice | undefined): boolean {
  if (keys === undefined) return true;
  if ('beginning' in keys) return key.startsWith(keys.beginning);
  return ![keys.notBeginning].flat().some((beginning) => key.startsWith(beginning));
}

/** Somebody else wrote first. Read again and decide again. */
export class StaleWriteError extends Error {
  override readonly name = 'StaleWriteError';
  readonly partition: string;
  constructor(partition: string) {
    super(`"${partition}" changed since it was read`);
    this.partition = partition;
  }
}

/** The store cannot be trusted as it lies there, or cannot be written. Nothing was changed. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly fault: 'locked' | 'moved' | 'damaged' | 'too-new' | 'unwritable' | 'too-large';
  constructor(fault: StoreError['fault'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}

/** The version of a partition that was never written. */
export const NEVER_WRITTEN = '0';
/**
 * Azure Table changes at most 100 entities in one transaction. One of them is the head of the partition, and a long row
 * takes two or three, so the port promises fewer.
 */
export const MAX_ROWS_PER_COMMIT = 90;

/**
 * Keeps rows in partitions. A partition (`request:<id>`, `customer:<tenant>`, `person:<oid>`,
 * `conversation:<hash>`) is the unit of atomicity: one commit changes several of its rows or none,
 * and nothing spans two partitions.
 */
export interface Store {
  readonly origin: StoreOrigin;
  /** Whether several processes may work with it at a time: then a lease holds until it ends, whoever has it. */
  readonly isShared: boolean;
  /** What is kept in a partition; one that was never written is empty and has version `NEVER_WRITTEN`. */
  read(partition: string): Promise<Partition>;
  /** Whether a partition was ever written; archived ones were. Looks into none. */
  isKept(partition: string): Promise<boolean>;
  /**
   * Stores all changes, or none. When it returns, they survive a power cut.
   *
   * @param version the version that was read.
   * @returns the new version.
   * @throws {StaleWriteError} when the stored version is another one.
   * @throws {StoreError} when nothing could be written.
   */
  commit(partition: string, version: string, changes: readonly RowChange[]): Promise<string>;
  /**
   * Rows whose time has come, the longest due first. A leased row is due when its lease has lapsed; in a
   * store with one owner at a time, leases of earlier owners (another boot id) have lapsed already. A shared one may
   * miss for a moment what another process changes meanwhile.
   *
   * @param keys leaves out the rows with other keys, before they are counted: however many of them are due, these are found.
   */
  due(at: Date, limit: number, keys?: KeyChoice): Promise<readonly DueRow[]>;
  /** Names of the partitions of one kind (the part before the colon) that are not archived, in no particular order. */
  partitions(kind: string): AsyncIterable<string>;
  /**
   * Takes a partition out of the working set, whole and under the same version, so that a start does not have to
   * read it. It is read and committed as before; a commit that leaves rows with a due time brings it back. What is
   * archived stays under its first month.
   *
   * @param month `yyyy-mm`.
   * @throws {StaleWriteError} when the stored version is another one.
   * @throws {RangeError} for a partition that was never written or has rows with a due time, and for no month.
   */
  archive(partition: string, version: string, month: string): Promise<void>;
  /** Months under which something is archived, the oldest first. */
  archiveMonths(): Promise<readonly string[]>;
  /**
   * Names of the partitions that are archived under a month, in no particular order, but for those of one kind: these come in
   * an order that stays the same.
   */
  archived(month: string, wanted?: ArchivedNames): AsyncIterable<string>;
  /** Whether the store can be read and written at this moment. */
  isReachable(): Promise<boolean>;
  /**
   * Whether something new may be begun: what is under way is written to its end on what is kept free for it.
   *
   * @throws {StoreError} `unwritable`, where nobody can tell.
   */
  hasRoom(): Promise<boolean>;
  close(): Promise<void>;
}
