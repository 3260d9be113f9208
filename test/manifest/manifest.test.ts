import assert from 'node:assert/strict';
import { TAB_ENTITY } from '../../cards/links.ts';
import { inflateSync } from 'node:zlib';
import { strFromU8, unzipSync, zipSync } from 'fflate';
import { readCommand } from '../../bot/turns/commands.ts';
import { ConfigError } from '../../bot/config/config.ts';
import { LANGUAGES, type Language } from '../../cards/texts/texts.ts';
import { LISTED_WORDS, WORDS } from '../../cards/texts/words.ts';
import { PACKAGE_FILES, packApp, TRANSLATIONS } from '../../manifest/app-package.ts';
import { checkPackage, packageOf } from '../../manifest/check-package.ts';
import { parseAppSettings } from '../../manifest/settings.ts';

type Env = Readonly<Record<string, string>>;
interface Command {
  readonly title: string;
  readonly description: string;
}
interface Manifest {
  readonly id: string;
  readonly version: string;
  readonly developer: Readonly<Record<string, string>>;
  readonly accentColor: string;
  readonly bots: readonly {
    readonly botId: string;
    readonly scopes: readonly string[];
    readonly supportsFiles: boolean;
    readonly commandLists: readonly { readonly commands: readonly Command[] }[];
  }[];
  readonly staticTabs?: readonly object[];
  readonly validDomains: readonly string[];
  readonly webApplicationInfo?: unknown;
}

const APP_ID = 'aaaaaaaa-1111-4000-8000-00000000000a';
const SIGN_IN_ID = 'dddddddd-1111-4000-8000-00000000000d';
const env: Env = { MicrosoftAppId: APP_ID, PUBLIC_URL: 'https://bot.contoso.com', SIGN_IN_APP_ID: SIGN_IN_ID };

/** The languages that the manifest is translated into. */
const OTHERS = (Object.keys(LANGUAGES) as Language[]).filter((language) => language !== 'en');
interface Listed {
  readonly additionalLanguages: readonly { readonly languageTag: string }[];
}

const settings = parseAppSettings(env);
const filesOf = async (variables: Env = env): Promise<Record<string, Uint8Array>> =>
  unzipSync(await packApp(parseAppSettings(variables), '1.2.3'));
const manifestOf = async (variables?: Env): Promise<Manifest> =>
  JSON.parse(strFromU8((await filesOf(variables))['manifest.json']!)) as Manifest;
const textsIn = async (language: string): Promise<Readonly<Record<string, string>>> =>
  JSON.parse(strFromU8((await filesOf())[`${language}.json`]!)) as Record<string, string>;
const russian = (): Promise<Readonly<Record<string, string>>> => textsIn('ru');
/** What is found in a package of which one file was changed by hand; `undefined` takes it out. */
const foundIn = async (name: string, content: string | Uint8Array | undefined): Promise<string> => {
  const others = Object.fromEntries(Object.entries(await filesOf()).filter(([other]) => other !== name));
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return (await checkPackage(zipSync({ ...others, ...(bytes && { [name]: bytes }) }), settings)).join('\n');
};
const changed = async (change: (manifest: Manifest) => object): Promise<string> =>
  foundIn('manifest.json', JSON.stringify(change(await manifestOf())));

describe('the Teams app', () => {
  it('is packed so that nothing is found wrong with it', async () => {
    const bytes = await packApp(settings, '1.2.3');

    assert.deepEqual(await checkPackage(bytes, settings), []);
    assert.deepEqual(Object.keys(unzipSync(bytes)).sort(), [...PACKAGE_FILES].sort());
  });

  it('is the bot of this partner, in one-to-one chats, and takes files', async () => {
    const { id, version, bots } = await manifestOf();

    assert.deepEqual([id, version], [APP_ID, '1.2.3']);
    assert.deepEqual(
      bots.map(({ botId, scopes, supportsFiles }) => ({ botId, scopes, supportsFiles })),
      [{ botId: APP_ID, scopes: ['personal'], supportsFiles: true }],
    );
  });

  it('signs people on with the registration for that, under the URI that is configured or the usual one', async () => {
    const usual = await manifestOf();
    const configured = await manifestOf({ ...env, SIGN_IN_APP_URI: 'api://bot.contoso.com/sign-in' });

    assert.deepEqual(usual.webApplicationInfo, {
      id: SIGN_IN_ID,
      resource: `api://bot.contoso.com/botid-${APP_ID}`,
    });
    assert.deepEqual(configured.webApplicationInfo, { id: SIGN_IN_ID, resource: 'api://bot.contoso.com/sign-in' });
  });

  it('signs nobody on where one account acts for everybody', async () => {
    const { webApplicationInfo } = await manifestOf({
      MicrosoftAppId: APP_ID,
      PUBLIC_URL: 'https://bot.contoso.com',
      PARTNER_CENTER_AUTH: 'service-account',
    });

    assert.equal(webApplicationInfo, undefined);
  });

  it('has a personal tab where people sign on, with a name in every language', async () => {
    const { staticTabs } = await manifestOf();

    assert.deepEqual(staticTabs, [
      {
        ...{ entityId: TAB_ENTITY, name: 'Overview', scopes: ['personal'] },
        contentUrl: 'https://bot.contoso.com/tab',
      },
    ]);
    const names = await Promise.all(OTHERS.map(async (language) => (await textsIn(language))['staticTabs[0].name']));
    assert.deepEqual(names, ['Übersicht', 'Vue d’ensemble', 'Обзор']);
    assert.match(await changed((manifest) => ({ ...manifest, staticTabs: [] })), /the personal tab is there/);
  });

  it('has no tab, and no words for one, where one account acts for everybody', async () => {
    const alone = {
      MicrosoftAppId: APP_ID,
      PUBLIC_URL: 'https://bot.contoso.com',
      PARTNER_CENTER_AUTH: 'service-account',
    };
    const bytes = await packApp(parseAppSettings(alone), '1.2.3');

    assert.deepEqual(await checkPackage(bytes, parseAppSettings(alone)), []);
    assert.equal((await manifestOf(alone)).staticTabs, undefined);
    for (const name of TRANSLATIONS) assert.doesNotMatch(strFromU8((await filesOf(alone))[name]!), /staticTabs/);
  });

  it('trusts no host but its own', async () => {
    const { validDomains } = await manifestOf({ ...env, PUBLIC_URL: 'https://bot.contoso.com:8443' });

    assert.deepEqual(validDomains, ['bot.contoso.com:8443']);
  });

  it('names who answers for it, and links to their pages', async () => {
    const { developer } = await manifestOf({
      ...env,
      DEVELOPER_NAME: 'Contoso Cloud Services',
      DEVELOPER_WEBSITE_URL: 'https://contoso.com/bot',
      DEVELOPER_PRIVACY_URL: 'https://contoso.com/privacy',
      DEVELOPER_TERMS_URL: 'https://contoso.com/terms',
    });

    assert.deepEqual(developer, {
      name: 'Contoso Cloud Services',
      websiteUrl: 'https://contoso.com/bot',
      privacyUrl: 'https://contoso.com/privacy',
      termsOfUseUrl: 'https://contoso.com/terms',
    });
  });

  it('lists every word that the bot understands, in every language, as help names it', async () => {
    const { bots } = await manifestOf();
    const commands = bots.flatMap(({ commandLists }) => commandLists.flatMap((list) => list.commands));
    const words = commands.map(({ title }) => readCommand(title).word);

    assert.deepEqual(new Set(words), new Set(LISTED_WORDS));
    for (const [index, { title }] of commands.entries()) {
      const word = readCommand(title).word as keyof typeof WORDS.en;
      assert.equal(title, WORDS.en[word][0]);
      for (const language of OTHERS) {
        const texts = await textsIn(language);
        assert.equal(texts[`bots[0].commandLists[0].commands[${index}].title`], WORDS[language][word][0]);
      }
    }
  });

  it('is translated into every language of the texts', async () => {
    const { localizationInfo } = (await manifestOf()) as unknown as { localizationInfo: Listed };
    const keys = Object.keys(await russian()).sort();

    assert.deepEqual([...TRANSLATIONS].sort(), OTHERS.map((language) => `${language}.json`).sort());
    assert.deepEqual(
      localizationInfo.additionalLanguages.map(({ languageTag }) => languageTag),
      [...OTHERS].sort(),
    );
    for (const language of OTHERS) assert.deepEqual(Object.keys(await textsIn(language)).sort(), keys, language);
  });

  it('has an outline that is white and nothing else, on nothing', async () => {
    const pixels = pixelsOf(Buffer.from((await filesOf())['outline.png']!));
    const seen = pixels.filter(([, , , alpha]) => alpha > 0);

    assert.equal(pixels.length, 32 * 32);
    assert.ok(seen.length > 0 && seen.length < pixels.length);
    assert.deepEqual(
      seen.filter(([red, green, blue]) => red + green + blue < 3 * 255),
      [],
    );
  });

  it('is the same file for the same settings', async () => {
    assert.deepEqual(await packApp(settings, '1.2.3'), await packApp(settings, '1.2.3'));
  });
});

describe('a package that somebody has changed', () => {
  it('is told from a file that is none', async () => {
    assert.deepEqual(await checkPackage(Buffer.from('PK no zip'), settings), ['this is no zip file']);
    assert.equal(packageOf(Buffer.from('PK no zip')), undefined);
    assert.equal(packageOf(zipSync({ 'manifest.json': Buffer.from('{"name":{"short":"Other"}}') })), undefined);
    assert.deepEqual(packageOf(await packApp(settings, '1.2.3')), { appId: APP_ID });
  });

  it('needs all of its files, and no others', async () => {
    assert.match(await foundIn('ru.json', undefined), /^ru\.json: is missing$/m);
    assert.match(await foundIn('more.txt', 'x'), /^more\.txt: does not belong there$/m);
  });

  it('needs pictures of the right size', async () => {
    const { 'outline.png': outline } = await filesOf();

    assert.match(await foundIn('color.png', outline), /^color\.png: must be 192 by 192 pixels$/m);
    assert.match(await foundIn('outline.png', 'GIF89a'), /^outline\.png: is no PNG$/m);
  });

  it('has to list every translation that is in it', async () => {
    const faults = await changed((manifest) => ({
      ...manifest,
      localizationInfo: { defaultLanguageTag: 'en', additionalLanguages: [{ languageTag: 'ru', file: 'ru.json' }] },
    }));

    assert.match(faults, /^manifest\.json: does not list de\.json$/m);
    assert.match(faults, /^manifest\.json: does not list fr\.json$/m);
    assert.doesNotMatch(faults, /ru\.json/);
  });

  it('has to fit the schema of its version, the translations too', async () => {
    assert.match(
      await changed((manifest) => ({ ...manifest, accentColor: 'blue' })),
      /^manifest\.json: .*accentColor/m,
    );
    assert.match(
      await foundIn('ru.json', JSON.stringify({ ...(await russian()), 'name.short': 'x'.repeat(31) })),
      /^ru\.json: .*name\.short/m,
    );
    assert.match(
      await foundIn('ru.json', JSON.stringify(await russian()).replace('/v1.19/', '/v1.16/')),
      /^ru\.json: is of another version/m,
    );
  });

  it('may leave nothing to be filled in', async () => {
    const nobody = '00000000-0000-0000-0000-000000000000';

    assert.match(await changed((manifest) => ({ ...manifest, id: nobody })), /was to be filled in/);
    assert.match(await changed((manifest) => ({ ...manifest, accentColor: '${{ACCENT}}' })), /was to be filled in/);
  });

  it('may be nobody else’s', async () => {
    const other = 'eeeeeeee-1111-4000-8000-00000000000e';

    assert.match(await changed((manifest) => ({ ...manifest, id: other })), /is for another bot/);
    assert.match(
      await changed((manifest) => ({ ...manifest, webApplicationInfo: { id: other, resource: 'api://x' } })),
      /with another registration/,
    );
    assert.match(await changed((manifest) => ({ ...manifest, validDomains: ['*.com'] })), /validDomains must name/);
  });

  it('may list no word that the bot does not understand', async () => {
    const withTitle = (title: string) => (manifest: Manifest) => {
      const copy = structuredClone(manifest) as unknown as {
        bots: [{ commandLists: [{ commands: [{ title: string }] }] }];
      };
      copy.bots[0].commandLists[0].commands[0].title = title;
      return copy;
    };
    const texts = JSON.stringify(await russian());

    assert.match(await changed(withTitle('obliterate')), /does not understand “obliterate”/);
    assert.match(await foundIn('ru.json', texts.replace('"удалить"', '"статус"')), /“статус” is not “remove”/);
    const german = JSON.stringify(await textsIn('de'));
    assert.match(
      await foundIn('de.json', german.replace('"entfernen"', '"vernichten"')),
      /^de\.json: “vernichten” is not/m,
    );
  });

  it('may link to no address without https', async () => {
    assert.match(
      await changed((manifest) => ({
        ...manifest,
        developer: { ...manifest.developer, privacyUrl: 'http://contoso.com' },
      })),
      /without https/,
    );
  });
});

describe('the settings of a package', () => {
  const faultsOf = (variables: Env): readonly string[] => {
    try {
      parseAppSettings(variables);
    } catch (error) {
      assert.ok(error instanceof ConfigError);
      return error.faults.map((fault) => fault.split(':')[0] ?? '');
    }
    return [];
  };
  const cases: readonly [name: string, variables: Env, names: readonly string[]][] = [
    ['nothing', {}, ['MicrosoftAppId', 'PUBLIC_URL', 'SIGN_IN_APP_ID']],
    ['an app id that is none', { ...env, MicrosoftAppId: 'my bot' }, ['MicrosoftAppId']],
    ['a bot on this machine', { ...env, PUBLIC_URL: 'http://127.0.0.1:3978' }, ['PUBLIC_URL']],
    ['a bot on an IP address', { ...env, PUBLIC_URL: 'https://203.0.113.7' }, ['PUBLIC_URL']],
    ['a bot without https', { ...env, PUBLIC_URL: 'http://bot.contoso.com' }, ['PUBLIC_URL']],
    ['an app URI that is none', { ...env, SIGN_IN_APP_URI: 'https://bot' }, ['SIGN_IN_APP_URI']],
    ['one registration for both', { ...env, SIGN_IN_APP_ID: APP_ID }, ['SIGN_IN_APP_ID, MicrosoftAppId']],
    ['a name that Teams cuts', { ...env, DEVELOPER_NAME: 'x'.repeat(33) }, ['DEVELOPER_NAME']],
    ['a page without https', { ...env, DEVELOPER_PRIVACY_URL: 'http://localhost/' }, ['DEVELOPER_PRIVACY_URL']],
    ['a misspelt variable', { ...env, PUBLICURL: 'https://bot' }, ['PUBLICURL']],
  ];
  for (const [name, variables, names] of cases) {
    it(`are refused for ${name}`, () => {
      assert.deepEqual(faultsOf(variables), names);
    });
  }
});

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

/** Of a PNG of 8 bits a channel with transparency, not interlaced. @see PNG specification, filtering */
function pixelsOf(png: Buffer): readonly Pixel[] {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  assert.deepEqual([...png.subarray(24, 29)], [8, 6, 0, 0, 0]);
  const parts: Buffer[] = [];
  for (let at = 8; at < png.byteLength; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('ascii', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(parts));
  const line = width * 4;
  const bytes = Buffer.alloc(line * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (line + 1)]!;
    for (let x = 0; x < line; x += 1) {
      const at = y * line + x;
      const left = x < 4 ? 0 : bytes[at - 4]!;
      const up = y === 0 ? 0 : bytes[at - line]!;
      const corner = x < 4 || y === 0 ? 0 : bytes[at - line - 4]!;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!;
      bytes[at] = raw[y * (line + 1) + 1 + x]! + guess;
    }
  }
  return Array.from(
    { length: width * height },
    (_, index) => [...bytes.subarray(index * 4, index * 4 + 4)] as unknown as Pixel,
  );
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [left, up, corner].map((one) => Math.abs(guess - one)) as [number, number, number];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
