// Packs the Teams app of one partner: `npm run package -- --help`.
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError } from '../bot/config/config.ts';
import { firstSteps } from '../bot/config/names.ts';
import { packApp } from '../manifest/app-package.ts';
import { checkPackage, packageOf } from '../manifest/check-package.ts';
import { parseAppSettings } from '../manifest/settings.ts';

const USAGE = `npm run package [-- --out <file>]   packs the Teams app (reseller-offboarding.zip)

It is made from the variables the bot runs with: MicrosoftAppId, PUBLIC_URL, SIGN_IN_APP_ID, SIGN_IN_APP_URI.
DEVELOPER_NAME, DEVELOPER_WEBSITE_URL, DEVELOPER_PRIVACY_URL and DEVELOPER_TERMS_URL say who answers for it.`;

/** Codes of sysexits: the command was used wrongly, the file cannot be made, the configuration cannot be used. */
const EXIT = { usage: 64, cannotCreate: 73, config: 78 };

process.exitCode = await run();

async function run(): Promise<number> {
  const out = outFile();
  if (typeof out === 'number') return out;
  try {
    const settings = parseAppSettings(process.env);
    const version = await ownVersion();
    const before = await readFile(out).catch(absent);
    const inTheWay = before && whatIsInTheWay(before, settings.appId);
    if (inTheWay !== undefined) {
      console.error(`${out}: ${inTheWay}; it was left as it is. Move it away, or name another file with --out.`);
      return EXIT.cannotCreate;
    }
    const bytes = await packApp(settings, version);
    const faults = await checkPackage(bytes, settings);
    if (faults.length > 0) {
      for (const fault of faults) console.error(fault);
      return 1;
    }
    await replace(out, bytes);
    console.log(
      `${out}: version ${version} for ${new URL(settings.publicUrl).host}${before ? ', in place of the one before' : ''}`,
    );
    if (settings.unnamedPages.length > 0) {
      console.log(
        `Its links lead to ${settings.publicUrl}: set ${settings.unnamedPages.join(', ')} to pages of yours.`,
      );
    }
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const fault of [...error.faults, ...firstSteps(process.env)]) console.error(fault);
    return EXIT.config;
  }
}

/** @returns the code to end with where nothing is to be made. */
function outFile(): string | number {
  try {
    const { values } = parseArgs({ options: { out: { type: 'string' }, help: { type: 'boolean' } } });
    if (values.help !== true) return path.resolve(values.out ?? 'reseller-offboarding.zip');
    console.log(USAGE);
    return 0;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    return EXIT.usage;
  }
}

async function ownVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
  };
  return version;
}

function whatIsInTheWay(bytes: Uint8Array, appId: string): string | undefined {
  const found = packageOf(bytes);
  if (found === undefined) return 'this file is there, and is no package of this app';
  return found.appId === appId ? undefined : 'this is the package of another bot';
}

/** Whoever opens the file finds the old package or the new one, whole. */
async function replace(file: string, bytes: Uint8Array): Promise<void> {
  const next = `${file}.${process.pid}.next`;
  try {
    await writeFile(next, bytes, { flag: 'wx' });
    await rename(next, file);
  } finally {
    await rm(next, { force: true });
  }
}

function absent(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  throw error;
}
