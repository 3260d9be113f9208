/**
 * Verifies or exports the whole record, from the store and with the key that STORE and AUDIT_KEY name. Only reads the
 * store, so the bot may run meanwhile; that it was done is spooled beside it, and the bot records it.
 */
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { ConfigError, parseRecordConfig } from '../bot/config/config.ts';
import { openToRead, placeOf, type ReadableStore } from '../bot/open-store.ts';
import { auditKeyOf, type AuditKey } from '../services/audit/audit-chain.ts';
import { anchorsIn, isHead } from '../services/audit/anchors.ts';
import { entriesOf } from '../services/audit/export-record.ts';
import { exportText } from '../services/audit/export-text.ts';
import { faultLine } from '../services/audit/record-fault.ts';
import { spool, type SpooledEvent } from '../services/audit/spool.ts';
import { verifyRecord } from '../services/audit/verify-record.ts';
import { newGuid } from '../services/ids.ts';
import { FILE_MODE } from '../services/storage/disk.ts';
import { StoreError } from '../services/storage/store.ts';
import { readArguments, USAGE, type AuditCommand } from './audit-arguments.ts';

/** By the names of sysexits, where they have one. */
const EXIT = { ok: 0, broken: 1, usage: 64, noInput: 66, io: 74, config: 78 } as const;

/** What ends the program, said in one line. */
class Refusal extends Error {
  readonly code: number;
  constructor(code: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

interface Opened extends ReadableStore {
  readonly place: string;
  readonly key: AuditKey;
}

async function main(): Promise<number> {
  try {
    const command = readArguments(process.argv.slice(2));
    if (typeof command === 'string') throw new Refusal(EXIT.usage, `${command}\n${USAGE}`);
    const { store, auditKey } = parseRecordConfig(process.env);
    const place = placeOf(store);
    const readable = await openToRead(store);
    if (readable === undefined) throw new Refusal(EXIT.noInput, `there is no store in ${place}`);
    const opened = { ...readable, place, key: auditKeyOf(auditKey.reveal()) };
    return command.kind === 'verify' ? await verify(opened, command) : await exportAll(opened, command);
  } catch (error) {
    if (error instanceof ConfigError) {
      for (const fault of error.faults) console.error(fault);
      return EXIT.config;
    }
    if (error instanceof Refusal) {
      console.error(error.message);
      return error.code;
    }
    if (!(error instanceof StoreError)) throw error;
    console.error(error.message);
    return EXIT.broken;
  }
}

async function verify(opened: Opened, { anchor }: Extract<AuditCommand, { kind: 'verify' }>): Promise<number> {
  const anchors = anchor === undefined ? new Set<string>() : await readAnchors(anchor);
  const { faults, chains, entries, checkpoints, uncovered, buried, newest } = await verifyRecord(
    opened.reader,
    opened.key,
    anchors,
  );
  if (chains + checkpoints + faults.length === 0)
    throw new Refusal(EXIT.noInput, `there is no record in ${opened.place}`);

  for (const fault of faults) console.log(oneLine(faultLine(fault)));
  const isIntact = faults.length === 0;
  console.log(
    `${isIntact ? 'intact' : `broken, ${count(faults.length, 'fault')}`}: ${count(entries, 'entry', 'entries')} in ` +
      `${count(chains, 'chain')} and ${count(checkpoints, 'checkpoint')}; ` +
      `${count(uncovered, 'chain')} not covered by a checkpoint yet` +
      (buried === 0 ? '' : `; ${count(buried, 'request')} deleted at the end of its time`) +
      (anchors.size === 0 ? '' : `; ${count(anchors.size, 'anchor')} looked for`),
  );
  if (newest) console.log(`to be kept elsewhere: ${newest.chain} entry ${newest.entries} ${newest.head}`);
  await spoolOr(
    opened,
    'audit.verified',
    { isIntact, faults: faults.length, entries, anchors: anchors.size },
    (why) => {
      console.error(`that it was verified could not be noted for the record: ${why}`);
    },
  );
  return isIntact ? EXIT.ok : EXIT.broken;
}

/** Names of files may hold anything, also what a terminal obeys. */
const oneLine = (text: string): string => text.replace(/\p{Cc}/gu, '?');

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

async function readAnchors(given: string): Promise<ReadonlySet<string>> {
  if (isHead(given)) return new Set([given.trim().toLowerCase()]);
  try {
    const anchors = anchorsIn(await readFile(given, 'utf8'));
    if (anchors.size > 0) return anchors;
  } catch (error) {
    throw new Refusal(EXIT.noInput, `"${given}" is no head, and no file that can be read`, { cause: error });
  }
  throw new Refusal(EXIT.noInput, `there is no head in "${given}"`);
}

/** Nothing leaves before it is certain that the record will know of it. */
async function exportAll(
  opened: Opened,
  { format, part, out }: Extract<AuditCommand, { kind: 'export' }>,
): Promise<number> {
  await spoolOr(opened, 'audit.exported', { format, ...part }, (why) => {
    throw new Refusal(EXIT.io, `nothing was exported, because that could not be noted for the record: ${why}`);
  });
  let unreadable = 0;
  const entries = entriesOf(opened.reader, part, (chain, error) => {
    unreadable += 1;
    console.error(oneLine(`${chain}: is left out: ${error.message}`));
  });
  const text = Readable.from(exportText(entries, format));
  if (out === undefined) {
    text.pipe(process.stdout, { end: false });
    await finished(text);
  } else {
    await pipeline(text, createWriteStream(out, { mode: FILE_MODE })).catch((error: unknown) => {
      if (error instanceof StoreError) throw error;
      throw new Refusal(EXIT.io, `"${out}" could not be written`, { cause: error });
    });
  }
  return unreadable === 0 ? EXIT.ok : EXIT.broken;
}

async function spoolOr(
  { spool: box, key }: Opened,
  action: SpooledEvent['action'],
  detail: SpooledEvent['detail'],
  onFault: (why: string) => void,
): Promise<void> {
  try {
    await spool(box, { id: newGuid(), at: new Date(), action, detail: { ...detail, user: userName() } }, key);
  } catch (error) {
    onFault(error instanceof Error ? error.message : String(error));
  }
}

/** As the machine knows whoever runs this; somebody in a container may have no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}

process.exitCode = await main();
