import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { FILTER_WORDS, WORDS } from '../../cards/texts/words.ts';
import { LANGUAGES, textsFor, type Language } from '../../cards/texts/texts.ts';
import type { TextKey } from '../../cards/texts/en.ts';
import { PICTURES } from '../../scripts/pictures.ts';

const DOCS = new URL('../../docs/', import.meta.url);
const READERS = ['requester', 'approver', 'auditor'] as const;
const GUIDES = READERS.flatMap((reader) => [
  { file: `guide-${reader}.md`, language: 'en' as const, other: `guide-${reader}.ru.md` },
  { file: `guide-${reader}.ru.md`, language: 'ru' as const, other: `guide-${reader}.md` },
]);
/** What stands for a value that only a person's request has. */
const ANYTHING = '\u0000';

const read = (file: string): Promise<string> => readFile(new URL(file, DOCS), 'utf8');
const plain = (text: string): string => text.replaceAll('’', "'").replaceAll('\u00A0', ' ');

/** A text of values and little else would be found in anything. */
const isTelling = (text: string): boolean =>
  !text.includes(ANYTHING) || text.replaceAll(/\P{L}/gu, '').length >= LEAST_LETTERS;
const LEAST_LETTERS = 6;

/** Everything the bot says in a language, with 3 for each number. */
function saidIn(language: Language): readonly string[] {
  const texts = textsFor(language);
  const said = (Object.entries(LANGUAGES[language]) as [TextKey, string][]).map(([key, message]) => {
    const values = [...message.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, ANYTHING] as const);
    const numbers = [...message.matchAll(/\{(\w+), plural/g)].map(([, name = '']) => [name, 3] as const);
    return plain(texts.say(key, Object.fromEntries<string | number>([...values, ...numbers])));
  });
  return said.filter(isTelling);
}

/** Whether the bot says this, or begins with it where dots or a full stop end it. */
function isSaid(phrase: string, said: readonly string[]): boolean {
  const beginning = phrase.endsWith('…') ? phrase.slice(0, -1).trimEnd() : undefined;
  return said.some((text) => {
    if (beginning !== undefined && text.startsWith(beginning)) return true;
    if (/[.?]$/.test(phrase) && text.startsWith(`${phrase} `)) return true;
    const pattern = text
      .split(ANYTHING)
      .map((part) => RegExp.escape(part))
      .join('.+');
    return new RegExp(`^${pattern}$`, 'u').test(phrase);
  });
}

const withoutCode = (text: string): string => text.replaceAll(/`[^`\n]*`/g, '');
const emphasised = (text: string): readonly string[] =>
  [
    ...withoutCode(text)
      .replaceAll('**', '')
      .matchAll(/\*([^*\n]+)\*/g),
  ].map(([, phrase = '']) => plain(phrase));

/** Whether this can be written to the bot, in the words that its help names first. */
function isWritten(words: string, language: Language): boolean {
  const known = Object.values(WORDS[language]).map(([first]) => first ?? '');
  const [, rest] = new RegExp(`^${WORDS[language].requests[0] ?? ''} (.+)$`).exec(words) ?? [];
  return rest === undefined
    ? known.some((word) => words === word || words.startsWith(`${word} `))
    : Object.values(FILTER_WORDS[language]).some(([first]) => first === rest);
}

describe('the guides', () => {
  it('are held to whole phrases: what is nearly a button is none', () => {
    const said = saidIn('en');

    assert.ok(isSaid('Yes, approve', said));
    assert.ok(isSaid('Suspend 3 legacy subscriptions', said));
    assert.ok(isSaid('Waiting for Elena Marsh.', said));
    for (const stale of ['Yes, agree', 'Note: approve', 'Approv', 'Nobody knows …'])
      assert.ok(!isSaid(stale, said), stale);
  });

  for (const { file, language, other } of GUIDES) {
    describe(file, () => {
      it('quotes nothing that the bot does not say', async () => {
        const manifest = JSON.parse(
          await readFile(new URL(`../manifest/${language === 'en' ? 'manifest' : language}.json`, DOCS), 'utf8'),
        ) as { staticTabs?: readonly { name: string }[]; 'staticTabs[0].name'?: string };
        const tab = manifest.staticTabs?.[0]?.name ?? manifest['staticTabs[0].name'] ?? '';
        const said = [...saidIn(language), tab];
        const phrases = emphasised(await read(file));

        assert.ok(phrases.length > 15);
        assert.deepEqual(
          phrases.filter((phrase) => !isSaid(phrase, said)),
          [],
        );
      });

      it('has people write what the bot understands', async () => {
        const written = [...(await read(file)).matchAll(/`([^`\n]+)`/g)].map(([, words = '']) => words);
        const forAuditors = /^npm run audit -- (?:verify|export)/;

        assert.ok(written.length > 0);
        assert.deepEqual(
          written.filter((words) => !isWritten(words, language) && !forAuditors.test(words)),
          [],
        );
      });

      it('leads to pages that are there, to pictures that are taken, and to the other language', async () => {
        const text = await read(file);
        const linked = [...text.matchAll(/\]\(([\w./-]+)(?:#[\w-]+)?\)/g)].map(([, target = '']) => target);
        const pictures = linked.filter((target) => target.endsWith('.png'));

        assert.ok(linked.includes(other));
        assert.ok(pictures.length > 0);
        assert.deepEqual(
          linked.filter((target) =>
            target.endsWith('.png')
              ? !PICTURES.includes(target.replace('images/', ''))
              : !existsSync(new URL(target, DOCS)),
          ),
          [],
        );
      });
    });
  }
});

describe('README.md', () => {
  it('leads to pages and pictures that are there', async () => {
    const text = await read('../README.md');
    const linked = [...text.matchAll(/\]\(([\w./-]+)\)/g)].map(([, target = '']) => target);

    assert.ok(linked.length > 20);
    assert.deepEqual(
      linked.filter((target) => !existsSync(new URL(`../${target}`, DOCS))),
      [],
    );
  });
});
