import { readFile } from 'node:fs/promises';
import { AppManifestUtils, type TeamsManifest } from '@microsoft/app-manifest';
import { unzipSync } from 'fflate';
import { z } from 'zod';
import { readCommand } from '../bot/turns/commands.ts';
import { TAB_PATH } from '../bot/tab/paths.ts';
import { PACKAGE_FILES, TRANSLATIONS } from './app-package.ts';
import type { AppSettings } from './settings.ts';

const Json = z.record(z.string(), z.unknown());
type Json = z.infer<typeof Json>;

/** What of a manifest is looked at here. */
const Manifest = z.looseObject({
  id: z.string(),
  manifestVersion: z.string(),
  name: z.looseObject({ short: z.string() }),
  developer: z.looseObject({ websiteUrl: z.string(), privacyUrl: z.string(), termsOfUseUrl: z.string() }),
  bots: z.tuple([
    z.looseObject({
      botId: z.string(),
      scopes: z.array(z.string()),
      commandLists: z.array(z.looseObject({ commands: z.array(z.looseObject({ title: z.string() })) })),
    }),
  ]),
  staticTabs: z.array(z.looseObject({ contentUrl: z.string(), scopes: z.array(z.string()) })).optional(),
  validDomains: z.array(z.string()),
  webApplicationInfo: z.looseObject({ id: z.string(), resource: z.string() }).optional(),
});
type Manifest = z.infer<typeof Manifest>;
const Localization = z.object({
  additionalLanguages: z.array(z.object({ languageTag: z.string(), file: z.string() })),
});

/** Which side a picture has to have, in pixels. @see "Design your app icon" */
const ICON_SIDES = { 'color.png': 192, 'outline.png': 32 } as const;

/** What somebody still has to fill in. */
const PLACEHOLDERS = [/0{8}-0{4}-0{4}-0{4}-0{12}/, /\{\{|\$\{|<[^>]*>/, /\bTODO\b/i];

/**
 * Opens a package again and looks at all that Teams would refuse, or that would not work in it.
 *
 * @param settings what it was made with.
 * @returns a sentence a fault; none when it can be installed.
 */
export async function checkPackage(bytes: Uint8Array, settings: AppSettings): Promise<readonly string[]> {
  const files = opened(bytes);
  if (files === undefined) return ['this is no zip file'];
  const manifestJson = jsonOf(files['manifest.json']);
  const translations = TRANSLATIONS.map((name) => ({ name, texts: jsonOf(files[name]) }));
  const parsed = Manifest.safeParse(manifestJson);
  return [
    ...fileFaults(files),
    ...(await schemaFaults('manifest.json', manifestJson)),
    ...(await localizationFaults(manifestJson, translations)),
    ...placeholderFaults(files),
    ...Object.entries(ICON_SIDES).flatMap(([name, side]) => iconFaults(name, side, files[name])),
    ...(parsed.success
      ? [...idFaults(parsed.data, settings), ...addressFaults(parsed.data, settings)]
      : ['manifest.json: has not the form of a manifest']),
    ...(parsed.success ? wordFaults(parsed.data) : []),
    ...(parsed.success ? translations.flatMap((translation) => commandFaults(parsed.data, translation)) : []),
  ];
}

/** What a package of this program is for; `undefined` for any other file. */
export function packageOf(bytes: Uint8Array): { readonly appId: string } | undefined {
  const files = opened(bytes);
  const manifest = Manifest.safeParse(jsonOf(files?.['manifest.json']));
  const isOurs = manifest.success && manifest.data.name.short === 'Reseller Offboarding';
  return isOurs ? { appId: manifest.data.bots[0].botId } : undefined;
}

type Files = Readonly<Record<string, Uint8Array | undefined>>;

function opened(bytes: Uint8Array): Files | undefined {
  try {
    return unzipSync(bytes);
  } catch {
    return undefined;
  }
}

function jsonOf(file: Uint8Array | undefined): Json | undefined {
  try {
    return Json.safeParse(JSON.parse(Buffer.from(file ?? []).toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

function fileFaults(files: Files): readonly string[] {
  const names: readonly string[] = PACKAGE_FILES;
  return [
    ...names.filter((name) => files[name] === undefined).map((name) => `${name}: is missing`),
    ...Object.keys(files)
      .filter((name) => !names.includes(name))
      .map((name) => `${name}: does not belong there`),
  ];
}

async function schemaFaults(name: string, json: Json | undefined, schema?: Json): Promise<readonly string[]> {
  if (json === undefined) return [`${name}: is no JSON`];
  type Args = Parameters<typeof AppManifestUtils.validateAgainstSchema>;
  const args = [json as unknown as TeamsManifest, schema as Args[1]] as const;
  return (await AppManifestUtils.validateAgainstSchema(...args)).map((fault) => `${name}: ${fault}`);
}

/** A file of the package with texts of the manifest in another language. */
interface Translation {
  readonly name: string;
  readonly texts: Json | undefined;
}

/** All have to be of one version, and in the manifest; the library has their schemas, and validates the first kind by itself. */
async function localizationFaults(
  manifest: Json | undefined,
  translations: readonly Translation[],
): Promise<readonly string[]> {
  const version = String(manifest?.['manifestVersion']);
  if (!/^1\.\d+$/.test(version)) return [`manifest.json: is of no version`];
  const schemas = new URL(`./json-schemas/teams/v${version}/`, import.meta.resolve('@microsoft/app-manifest'));
  const written = await readFile(new URL('MicrosoftTeams.Localization.schema.json', schemas), 'utf8');
  const schema = Json.parse(JSON.parse(written));
  const listed = Localization.safeParse(manifest?.['localizationInfo']).data?.additionalLanguages ?? [];
  const faults = translations.map(async ({ name, texts }) => [
    ...(await schemaFaults(name, texts, withReadablePatterns(schema))),
    ...(String(texts?.['$schema']).includes(`/v${version}/`)
      ? []
      : [`${name}: is of another version than manifest.json`]),
    ...(listed.some(({ languageTag, file }) => file === name && name === `${languageTag}.json`)
      ? []
      : [`manifest.json: does not list ${name}`]),
  ]);
  return (await Promise.all(faults)).flat();
}

/** The published schema has patterns, for what there is none of here, that are none to the validator. */
function withReadablePatterns(schema: Json): Json {
  const patterns = Object.entries(Json.parse(schema['patternProperties'])).filter(([pattern]) => isPattern(pattern));
  return { ...schema, patternProperties: Object.fromEntries(patterns) };
}

function isPattern(written: string): boolean {
  try {
    return new RegExp(written, 'u').source !== '';
  } catch {
    return false;
  }
}

const placeholderFaults = (files: Files): readonly string[] =>
  ['manifest.json', ...TRANSLATIONS]
    .filter((name) => PLACEHOLDERS.some((placeholder) => placeholder.test(Buffer.from(files[name] ?? []).toString())))
    .map((name) => `${name}: holds something that was to be filled in`);

function iconFaults(name: string, side: number, file: Uint8Array | undefined): readonly string[] {
  const png = Buffer.from(file ?? []);
  const isPng = png.byteLength > 24 && png.subarray(1, 4).toString('ascii') === 'PNG';
  if (!isPng) return [`${name}: is no PNG`];
  const isOfSize = png.readUInt32BE(16) === side && png.readUInt32BE(20) === side;
  return isOfSize ? [] : [`${name}: must be ${side} by ${side} pixels`];
}

function idFaults({ id, bots, webApplicationInfo: sso }: Manifest, { appId, signIn }: AppSettings): readonly string[] {
  const [{ botId, scopes }] = bots;
  return [
    ...(id === appId && botId === appId ? [] : ['manifest.json: is for another bot']),
    ...(scopes.join() === 'personal' ? [] : ['manifest.json: the bot works in one-to-one chats only']),
    ...(sso?.id === signIn?.appId && sso?.resource === signIn?.appUri
      ? []
      : ['manifest.json: people would sign on with another registration']),
  ];
}

function addressFaults(
  { developer, validDomains, staticTabs = [] }: Manifest,
  { publicUrl, signIn }: AppSettings,
): readonly string[] {
  const tabs = signIn === undefined ? [] : [`${publicUrl}${TAB_PATH} personal`];
  const { websiteUrl, privacyUrl, termsOfUseUrl } = developer;
  const isPlain = [websiteUrl, privacyUrl, termsOfUseUrl].some((url) => !url.startsWith('https://'));
  return [
    ...(isPlain ? ['manifest.json: links to an address without https'] : []),
    ...(validDomains.join() === new URL(publicUrl).host
      ? []
      : ['manifest.json: validDomains must name the host of PUBLIC_URL and nothing else']),
    ...(staticTabs.map(({ contentUrl, scopes }) => `${contentUrl} ${scopes.join()}`).join() === tabs.join()
      ? []
      : ['manifest.json: the personal tab is there where people sign on, and at PUBLIC_URL']),
  ];
}

/** A command is sent as the words that stand on it. */
const wordFaults = ({ bots }: Manifest): readonly string[] =>
  bots[0].commandLists
    .flatMap(({ commands }) => commands)
    .filter(({ title }) => !isWord(readCommand(title)))
    .map(({ title }) => `manifest.json: the bot does not understand “${title}”`);

function commandFaults({ bots }: Manifest, { name, texts }: Translation): readonly string[] {
  if (texts === undefined) return [];
  return bots[0].commandLists.flatMap(({ commands }, list) =>
    commands.flatMap(({ title }, index) => {
      const translated = texts[`bots[0].commandLists[${list}].commands[${index}].title`];
      if (typeof translated !== 'string') return [`${name}: “${title}” is not translated`];
      const [meant, said] = [readCommand(title), readCommand(translated)];
      return isWord(said) && said.word === meant.word ? [] : [`${name}: “${translated}” is not “${title}”`];
    }),
  );
}

const isWord = ({ word, rest }: ReturnType<typeof readCommand>): boolean => word !== 'unknown' && rest === '';
