/**
 * Moves the store on disk to Azure: `npm run migrate -- --from ./data`, with STORE=azure, the account and AUDIT_KEY in the environment. May be
 * ended anywhere and run again.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, parseRecordConfig } from '../bot/config/config.ts';
import { tablesOf } from '../bot/open-store.ts';
import { auditKeyOf } from '../services/audit/audit-chain.ts';
import { MoveRefusedError, moveToAzure, planMove, type MovePlan } from '../services/moving/move-to-azure.ts';
import { StoreError } from '../services/storage/store.ts';

const USAGE = `npm run migrate -- --from <folder> [--dry-run]

Moves the store in <folder> to the account that STORE=azure and AZURE_STORAGE_ACCOUNT (or AZURE_STORAGE_CONNECTION_STRING) name,
compares both sides, and verifies the record on both with AUDIT_KEY. The bot must be stopped. The folder is kept as it is, and
marked, so that no bot starts on it any more. Run it again where it was ended in between.

--dry-run   says what would be done, and changes nothing`;

/** By the names of sysexits, where they have one. */
const EXIT = { ok: 0, refused: 1, usage: 64, config: 78 } as const;

async function main(): Promise<number> {
  let values: { readonly from?: string | undefined; readonly 'dry-run'?: boolean | undefined };
  try {
    ({ values } = parseArgs({ options: { from: { type: 'string' }, 'dry-run': { type: 'boolean' } } }));
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
  if (values.from === undefined) return usage('which store is to be moved?');
  try {
    const { store, auditKey } = parseRecordConfig(process.env);
    if (store.kind !== 'azure') return usage('STORE has to be azure: it says where to');
    const options = {
      folder: path.resolve(values.from),
      tables: await tablesOf(store),
      auditKey: auditKeyOf(auditKey.reveal()),
      say: (line: string) => {
        console.log(line);
      },
    };
    if (values['dry-run'] === true) tellPlan(await planMove(options), options);
    else tellDone(await moveToAzure(options), options);
    return EXIT.ok;
  } catch (error) {
    if (error instanceof ConfigError) {
      for (const fault of error.faults) console.error(fault);
      return EXIT.config;
    }
    if (!(error instanceof StoreError || error instanceof MoveRefusedError)) throw error;
    console.error(error.message);
    return EXIT.refused;
  }
}

interface Places {
  readonly folder: string;
  readonly tables: { readonly name: string };
}

function tellPlan(plan: MovePlan, { folder, tables }: Places): void {
  const { origin, partitions, archived, rows, record, there } = plan;
  console.log(
    `"${folder}" has ${partitions} partitions (${archived} archived) with ${rows} rows, of store ${origin.id}.`,
  );
  console.log(`Its record is intact: ${record.entries} entries in ${record.chains} chains.`);
  const what = {
    nothing: `${tables.name} is empty: everything would be moved there.`,
    begun: `${tables.name} has a part of it: what is missing would be moved there.`,
    ended: `${tables.name} has all of it: nothing would be done.`,
  };
  console.log(what[there]);
  console.log('Nothing was changed.');
}

function tellDone({ partitions, rows, record, there, origin }: MovePlan, { folder, tables }: Places): void {
  if (there === 'ended') {
    console.log(`The store ${origin.id} was moved to ${tables.name} before; nothing was done.`);
    return;
  }
  console.log(`${partitions} partitions with ${rows} rows are the same on both sides.`);
  console.log(`The record is intact on both: ${record.entries} entries in ${record.chains} chains.`);
  console.log(`Start the bot with STORE=azure. "${folder}" is kept as it is, and no bot starts on it any more.`);
}

function usage(why: string): number {
  console.error(`${why}\n\n${USAGE}`);
  return EXIT.usage;
}

process.exitCode = await main();
