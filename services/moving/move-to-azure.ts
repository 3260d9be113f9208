import * as nodeDisk from 'node:fs/promises';
import path from 'node:path';
import type { AuditKey } from '../audit/audit-chain.ts';
import { folderSpool } from '../audit/folder-spool.ts';
import { faultLine } from '../audit/record-fault.ts';
import { tableSpool } from '../audit/table-spool.ts';
import { verifyRecord, type RecordSource, type RecordVerdict } from '../audit/verify-record.ts';
import type { Clock } from '../clock.ts';
import { newGuid } from '../ids.ts';
import { beginArrival, endArrival, headsIn, readArrival } from '../storage/azure/arrival.ts';
import { readOrigin } from '../storage/azure/azure-origin.ts';
import { answered, openAzureStore, PATIENCE } from '../storage/azure/azure-store.ts';
import { patientTables } from '../storage/azure/patient-tables.ts';
import type { Tables } from '../storage/azure/tables.ts';
import { openFileStore } from '../storage/file-store.ts';
import { contentsOf, differences, movePartitions, namesIn, type Contents } from '../storage/move-store.ts';
import { markMoved, readMoved } from '../storage/moved-mark.ts';
import { readInventory } from '../storage/inventory.ts';
import { originOf } from '../storage/open-origin.ts';
import { lookForOwner } from '../storage/owner-lock.ts';
import { partitionName } from '../storage/partition-name.ts';
import { filesOf, listStore, refuseHalfRestored } from '../storage/store-folder.ts';
import { openStoreReader } from '../storage/store-reader.ts';
import { StoreError, type Store, type StoreOrigin } from '../storage/store.ts';

export interface MoveOptions {
  /** Of the store on disk. */
  readonly folder: string;
  readonly tables: Tables;
  readonly auditKey: AuditKey;
  readonly now?: Clock;
  /** Told what is going on, a line each time. */
  readonly say?: (line: string) => void;
  readonly sleep?: (ms: number) => Promise<void>;
}

/** What there is to move, and whether it can be. */
export interface MovePlan {
  readonly origin: StoreOrigin;
  readonly partitions: number;
  readonly archived: number;
  readonly rows: number;
  readonly record: RecordVerdict;
  /** Where it goes: nothing there yet, a part of this store, or all of it. */
  readonly there: 'nothing' | 'begun' | 'ended';
}

/** Something stands in the way; nothing was changed. */
export class MoveRefusedError extends Error {
  override readonly name = 'MoveRefusedError';
}

/**
 * Looks at both sides, and changes nothing.
 *
 * @throws {StoreError} @throws {MoveRefusedError}
 */
export async function planMove({ folder, tables: plain, auditKey }: MoveOptions): Promise<MovePlan> {
  const tables = patientTables(plain, PATIENCE);
  const reader = await openStoreReader(folder);
  if (reader === undefined) throw new MoveRefusedError(`there is no store in "${folder}"`);
  const owner = await lookForOwner(folder);
  if (owner !== undefined) throw new StoreError('locked', `"${folder}" is in use by ${owner}: stop the bot first`);
  await refuseHalfRestored(nodeDisk, folder);
  const origin = await originOf(nodeDisk, folder);
  const inventory = await readInventory(nodeDisk, folder, origin.id);
  const files = await listStore(nodeDisk, folder);
  inventory.refuseMissing(filesOf(files));
  const { archived } = files;
  let [partitions, rows] = [0, 0];
  for (const kind of await kindsIn(folder))
    for await (const partition of reader.partitions(kind)) {
      partitions += 1;
      rows += (await reader.read(partition)).rows.size;
    }
  const record = await intact(reader, auditKey, `"${folder}"`);
  const there = await whatIsThere(tables, origin);
  if (there === 'ended' && (await readMoved(nodeDisk, folder)) === undefined)
    throw new MoveRefusedError(`"${folder}" was moved to ${tables.name} before, and gone back to: take an empty table`);
  return { origin, partitions, archived: archived.size, rows, record, there };
}

/**
 * Moves a store on disk to Azure, and leaves it marked, so that no bot works with it any more. May be ended anywhere and run
 * again; the table gets the store's name once everything in it was compared and the record verified on both sides.
 *
 * @throws {StoreError} @throws {MoveRefusedError}
 */
export async function moveToAzure(options: MoveOptions): Promise<MovePlan> {
  const { folder, auditKey, now = () => new Date(), say = () => undefined, sleep } = options;
  const plan = await planMove(options);
  if (plan.there === 'ended') return plan;
  const tables = patientTables(options.tables, PATIENCE);
  const from = await openFileStore({ folder, boot: newGuid(), now, isLeft: true });
  try {
    await mark(folder, { store: from.origin.id, to: tables.name, now: now() });
    await answered(tables, async () => {
      await tables.make();
      await beginArrival(tables, from.origin, now);
    });
    const to = await openAzureStore({ tables: options.tables, boot: newGuid(), now, arriving: from.origin });
    try {
      const contents = await contentsOf(from, await kindsIn(folder));
      const parts = { from, to, contents, ...(sleep && { sleep }) };
      await movePartitions({ ...parts, onMoved: progress(say) });
      await moveSpool(folder, tables);
      say('comparing both sides');
      const found = await differences(parts, await contentsThere(to, tables));
      if (found.length > 0) throw new MoveRefusedError(`both sides differ:\n${found.join('\n')}`);
      sameRecord(plan.record, await intact(readerOf(to, tables), auditKey, tables.name));
    } finally {
      await to.close();
    }
    await answered(tables, () => endArrival(tables, from.origin, now));
    return plan;
  } finally {
    await from.close();
  }
}

/** @throws {MoveRefusedError} for whatever is not this store. */
async function whatIsThere(tables: Tables, origin: StoreOrigin): Promise<MovePlan['there']> {
  return answered(tables, async () => {
    if (!(await tables.exists())) return 'nothing';
    const arrival = await readArrival(tables);
    const isOurs = arrival?.from === origin.id;
    if (isOurs && arrival.endedAt !== undefined) return 'ended';
    if (arrival !== undefined && !isOurs)
      throw new MoveRefusedError(`another store is being moved, or was moved, to ${tables.name}: take an empty table`);
    if (isOurs) return 'begun';
    const known = await readOrigin(tables);
    if (known !== undefined)
      throw new MoveRefusedError(`${tables.name} has the store ${known.id} already: take an empty table`);
    return 'nothing';
  });
}

async function kindsIn(folder: string): Promise<ReadonlySet<string>> {
  return new Set(filesOf(await listStore(nodeDisk, folder)).map((file) => file.split(path.sep)[0] ?? ''));
}

async function mark(folder: string, wanted: Parameters<typeof markMoved>[2]): Promise<void> {
  const known = await readMoved(nodeDisk, folder);
  if (known === undefined) return markMoved(nodeDisk, folder, wanted);
  if (known.store !== wanted.store || known.to !== wanted.to)
    throw new MoveRefusedError(`"${folder}" has been moved to ${known.to}, and not to ${wanted.to}`);
}

/** What is there, and whether bots will find it. @throws {MoveRefusedError} */
async function contentsThere(to: Store, tables: Tables): Promise<Contents> {
  const working: string[] = [];
  const archived = new Map<string, string>();
  for await (const { partition, month } of headsIn(tables)) {
    if (month === undefined) working.push(partition);
    else archived.set(partition, month);
  }
  const there = { working, archived };
  const listed = new Set(
    namesIn(await contentsOf(to, new Set(namesIn(there).map((name) => partitionName(name).kind)))),
  );
  const unlisted = namesIn(there).filter((name) => !listed.has(name));
  if (unlisted.length > 0) throw new MoveRefusedError(`both sides differ:\n${unlisted.join('\n')}: only there`);
  return there;
}

/** The record is read as a whole, archived chains too. */
const readerOf = (store: Store, tables: Tables): RecordSource => ({
  read: (partition) => store.read(partition),
  async *partitions(kind) {
    const names = namesIn(await contentsThere(store, tables));
    yield* names.filter((name) => name.startsWith(`${kind}:`)).sort();
  },
});

/** @throws {MoveRefusedError} where it is not. */
async function intact(source: RecordSource, key: AuditKey, where: string): Promise<RecordVerdict> {
  const verdict = await verifyRecord(source, key);
  const [fault] = verdict.faults;
  if (fault !== undefined)
    throw new MoveRefusedError(
      `the record in ${where} is broken (${verdict.faults.length}), first: ${faultLine(fault)}`,
    );
  return verdict;
}

function sameRecord(a: RecordVerdict, b: RecordVerdict): void {
  if (JSON.stringify(a) !== JSON.stringify(b))
    throw new MoveRefusedError(
      `the record on both sides differs: ${JSON.stringify(a)} here, ${JSON.stringify(b)} there`,
    );
}

/** What other programs have for the record, and no bot has taken in yet. */
async function moveSpool(folder: string, tables: Tables): Promise<void> {
  const [from, to] = [folderSpool(folder), tableSpool(tables)];
  for (const name of await from.names()) {
    const text = await from.read(name);
    if (text !== undefined) await to.put(name, text);
  }
}

function progress(say: (line: string) => void): (done: number, of: number) => void {
  return (done, of) => {
    if (done === of || done % 500 === 0) say(`${done} of ${of} partitions`);
  };
}
