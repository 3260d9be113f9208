import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { en, type TextKey } from '../../cards/texts/en.ts';
import type { Language } from '../../cards/texts/texts.ts';
import { isLoopback } from '../config/loopback.ts';
import type { Page, PageRequest, Pages } from '../channel/page.ts';
import { textsOf } from './asker.ts';
import { TAB_PATH } from './paths.ts';

const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
} as const;

/**
 * Where Teams shows a tab in a frame: in browsers, in its clients, and in the clouds of the government of the United States.
 *
 * @see "Manifest: frame-ancestors", "Microsoft Teams domains"
 */
const TEAMS = [
  'https://teams.microsoft.com',
  'https://*.teams.microsoft.com',
  'https://*.cloud.microsoft',
  'https://*.teams.microsoft.us',
];

/** Texts of the page itself: the rest comes with what is answered. None of them takes a value. */
const WORDS = (Object.keys(en) as TextKey[]).filter((key) => key.startsWith('tab.') && !en[key].includes('{'));

export interface TabFilesParts {
  readonly publicUrl: string;
  readonly fallbackLanguage: Language;
}

/**
 * The page, its scripts and its words: the same for everybody, with nothing of anybody in them. They load nothing from
 * elsewhere and talk to nobody but the bot; what teams-js would look up by itself, it then knows from its own list.
 */
export function createTabFiles({ publicUrl, fallbackLanguage }: TabFilesParts): Pages {
  const headers = (type: keyof typeof TYPES, tag: string) => ({
    'Content-Type': TYPES[type],
    'Cache-Control': 'no-cache',
    ETag: tag,
    'Referrer-Policy': 'no-referrer',
    'Content-Security-Policy': policyFor(publicUrl),
  });
  const file = (type: keyof typeof TYPES, text: string): Pages[string] => {
    const tag = tagOf(text);
    return async ({ ifNoneMatch }) =>
      ifNoneMatch === tag
        ? { status: 304, headers: headers(type, tag) }
        : { status: 200, headers: headers(type, tag), body: text };
  };

  const folder = new URL('public/', import.meta.url);
  const own = readdirSync(folder).flatMap((name) => {
    const type = name.split('.').at(-1) ?? '';
    return isType(type) ? [{ name, type, text: readFileSync(new URL(name, folder), 'utf8') }] : [];
  });
  const teamsJs = readFileSync(
    createRequire(import.meta.url).resolve('@microsoft/teams-js/dist/umd/MicrosoftTeams.min.js'),
    'utf8',
  );
  return {
    ...Object.fromEntries(
      own.map(({ name, type, text }) => [name === 'index.html' ? TAB_PATH : `${TAB_PATH}/${name}`, file(type, text)]),
    ),
    [`${TAB_PATH}/teams.js`]: file('js', teamsJs),
    [`${TAB_PATH}/words`]: async (request: PageRequest): Promise<Page> => {
      const texts = textsOf(request, fallbackLanguage);
      const words = Object.fromEntries(WORDS.map((key) => [key.slice('tab.'.length), texts.say(key)]));
      return {
        status: 200,
        headers: { 'Content-Type': 'application/json; charset=utf-8' },
        body: JSON.stringify({ language: texts.language, words }),
      };
    },
  };
}

const isType = (ending: string): ending is keyof typeof TYPES => Object.hasOwn(TYPES, ending);

const tagOf = (text: string): string => `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;

/** On this machine the page that plays Teams is reached at the same address. */
function policyFor(publicUrl: string): string {
  const frames = isLoopback(new URL(publicUrl).hostname) ? ["'self'"] : TEAMS;
  return [
    "default-src 'none'",
    ...["script-src 'self'", "style-src 'self'", "connect-src 'self'", "base-uri 'none'", "form-action 'none'"],
    `frame-ancestors ${frames.join(' ')}`,
  ].join('; ');
}
