import { readFile } from 'node:fs/promises';
import { zipSync } from 'fflate';
import { z } from 'zod';
import { TAB_PATH } from '../bot/tab/paths.ts';
import type { AppSettings } from './settings.ts';

/** The texts of the manifest in every language that it is not written in itself. */
export const TRANSLATIONS = ['de.json', 'fr.json', 'ru.json'] as const;
/** What lies in a package, all of it at its top. @see "Create your Teams app package" */
export const PACKAGE_FILES = ['manifest.json', 'color.png', 'outline.png', ...TRANSLATIONS] as const;

const folder = new URL('./', import.meta.url);

/** The part of the manifest that is the same for everybody. */
const Template = z.looseObject({ bots: z.tuple([z.looseObject({})]), staticTabs: z.tuple([z.looseObject({})]) });
type Template = z.infer<typeof Template>;

/** What Teams is told about the app of one partner. */
export function appManifest(
  template: Template,
  settings: AppSettings,
  version: string,
): Readonly<Record<string, unknown>> {
  const { appId, publicUrl, signIn, developer } = settings;
  const { bots, staticTabs, ...rest } = template;
  const [[bot], [tab]] = [bots, staticTabs];
  return {
    ...rest,
    version,
    id: appId,
    developer,
    bots: [{ botId: appId, ...bot }],
    // Who looks at it is known by single sign-on alone.
    ...(signIn && { staticTabs: [{ ...tab, contentUrl: `${publicUrl}${TAB_PATH}` }] }),
    // The pages to sign in on are the bot's own. Entra's are none of ours, and there is no Azure Bot OAuth connection
    // that would need token.botframework.com.
    validDomains: [new URL(publicUrl).host],
    ...(signIn && { webApplicationInfo: { id: signIn.appId, resource: signIn.appUri } }),
  };
}

const printed = (json: Readonly<Record<string, unknown>>): Uint8Array =>
  Buffer.from(`${JSON.stringify(json, undefined, 2)}\n`);

/** A translation of what is not in the manifest is a fault to Teams. */
function withoutTab(file: Uint8Array = new Uint8Array()): Uint8Array {
  const texts = z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.from(file).toString('utf8')));
  return printed(Object.fromEntries(Object.entries(texts).filter(([key]) => !key.startsWith('staticTabs'))));
}

/** Zip files tell the time by the wall clock of nowhere, from 1980 on. Always the same: equal settings, equal bytes. */
const LAST_CHANGED = new Date(1980, 0, 1);

/**
 * The Teams app, packed for a partner.
 *
 * With `fflate`: it packs and opens, has no dependencies, and is used all over the field.
 *
 * @param version of this program; Teams takes a newer package only under a newer version.
 */
export async function packApp(settings: AppSettings, version: string): Promise<Uint8Array> {
  const files: Record<string, Uint8Array> = {};
  for (const name of PACKAGE_FILES) files[name] = await readFile(new URL(name, folder));
  const template = Template.parse(JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString('utf8')));
  files['manifest.json'] = printed(appManifest(template, settings, version));
  for (const name of settings.signIn === undefined ? TRANSLATIONS : []) files[name] = withoutTab(files[name]);
  return zipSync(files, { level: 9, mtime: LAST_CHANGED });
}
