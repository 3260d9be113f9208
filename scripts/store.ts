// Backs up, lists and restores the files of the embedded store, and marks a table that was put back: `npm run store -- help`.
import * as disk from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, parseBackupConfig, parseRecordConfig } from '../bot/config/config.ts';
import { notePutBackInAzure, placeOf } from '../bot/open-store.ts';
import { BACKUPS } from '../services/storage/partition-name.ts';
import { isMissing } from '../services/storage/disk.ts';
import { checkGeneration, generationNames, readGeneration } from '../services/storage/generation.ts';
import { restoreGeneration } from '../services/storage/restore-generation.ts';
import { StoreError } from '../services/storage/store.ts';
import { takeGeneration } from '../services/storage/take-generation.ts';

const USAGE = `npm run store -- backup [--to <folder>]      copies the whole store; the bot may go on meanwhile
npm run store -- list [--to <folder>]        the backups there are, each compared with its checksums
npm run store -- restore --from <backup>     puts a backup in the store's place; the bot must be stopped
npm run store -- put-back                    with STORE=azure: says that you have put an older table back; every bot must be stopped

--store <folder>   the store (what STORE says, or ./data)
--to <folder>      where backups are (what BACKUP_FOLDER says, or "${BACKUPS}" in the store's folder)`;

const RESTORED = `What was decided since the backup is not in it, and will not come back:
- requests and decisions made since are gone, and so is the record of them;
- an approval from before the restore is not carried out any more: the bot looks whether the customer is
  still there, says so, and the request has to be made again;
- removals and suspensions that may have been on their way are looked at before anything is sent;
- buttons on cards from before the restore show the present state and decide nothing.
Tell the people who use the bot.`;

/** By the names of sysexits. */
const EXIT_USAGE = 64;
const EXIT_NO_INPUT = 66;
const EXIT_CONFIG = 78;

class UsageError extends Error {
  override readonly name = 'UsageError';
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) console.error(`${error.message}\n\n${USAGE}`);
  else if (error instanceof StoreError) console.error(error.message);
  else if (error instanceof ConfigError) for (const fault of error.faults) console.error(fault);
  else throw error;
  process.exitCode = error instanceof UsageError ? EXIT_USAGE : error instanceof ConfigError ? EXIT_CONFIG : 1;
}

async function run(args: readonly string[]): Promise<void> {
  const { command, from, store, to } = read(args);
  switch (command) {
    case 'help':
      console.log(USAGE);
      return;
    case 'backup': {
      if (!(await isThere(store))) {
        console.error(`there is no store in "${store}"`);
        process.exitCode = EXIT_NO_INPUT;
        return;
      }
      const { path: made, files } = await takeGeneration({ disk, folder: store, to, now });
      console.log(`${made}: ${files.length} files`);
      return;
    }
    case 'list':
      await list(to);
      return;
    case 'restore': {
      if (from === undefined) throw new UsageError('restore needs --from, a backup as "list" names them');
      await restore(from, store);
      return;
    }
    case 'put-back':
      await putBack();
      return;
    default:
      throw new UsageError(command === undefined ? 'what is to be done?' : `there is no command "${command}"`);
  }
}

async function isThere(folder: string): Promise<boolean> {
  try {
    await disk.stat(folder);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function now(): Date {
  return new Date();
}

function read(args: readonly string[]) {
  const option = { type: 'string' } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { store: option, to: option, from: option },
      allowPositionals: true,
    });
    const isOfFiles = !['help', 'put-back'].includes(positionals[0] ?? '');
    if (positionals.length > 1) throw new UsageError(`"${positionals[1] ?? ''}" is one word too many`);
    const [command] = positionals;
    const { store, to } = isOfFiles ? foldersOf(values) : { store: '', to: '' };
    return { command, from: values.from, store, to };
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

/** As the bot reads them, so that a slip of the pen leads to no other folder. */
function foldersOf(given: { readonly store?: string | undefined; readonly to?: string | undefined }) {
  const { env } = process;
  const noFiles = new UsageError('a store in Azure has no files: see "A store in Azure" in docs/operations.md');
  if (env['STORE']?.trim() === 'azure' && given.store === undefined) throw noFiles;
  const { store, backups } = parseBackupConfig(
    given.store === undefined ? env : { ...env, STORE: `file:${given.store}` },
  );
  if (store.kind === 'azure') throw noFiles;
  const folder = path.resolve(store.folder);
  return { store: folder, to: path.resolve(given.to ?? backups?.folder ?? path.join(folder, BACKUPS)) };
}

async function list(to: string): Promise<void> {
  const names = await generationNames(disk, to);
  if (names.length === 0) console.log(`There is no backup in ${to}.`);
  for (const name of names) {
    try {
      const generation = await readGeneration(disk, path.join(to, name), name);
      console.log(`${generation.path}: whole, ${await checkGeneration(disk, generation)} files`);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      console.log(`${path.join(to, name)}: cannot be used. ${error.message}`);
      process.exitCode = 1;
    }
  }
}

async function restore(from: string, store: string): Promise<void> {
  const { generation, replaced } = await restoreGeneration({ disk, from, folder: store, now });
  console.log(`${store} is as it was at ${generation.takenAt}.`);
  if (replaced !== undefined) console.log(`What lay there before is kept in ${replaced}.`);
  console.log(`\n${RESTORED}`);
}

async function putBack(): Promise<void> {
  const { store: config } = parseRecordConfig(process.env);
  if (config.kind !== 'azure')
    throw new UsageError('put-back is for STORE=azure; a backup of files is put back by "restore"');
  const origin = await notePutBackInAzure(config, now);
  if (origin === undefined) throw new UsageError(`there is no store in ${placeOf(config)}`);
  console.log(`${placeOf(config)} counts as put back at ${origin.restoredAt ?? ''}.\n\n${RESTORED}`);
}
