import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { readCommand } from '../../../bot/turns/commands.ts';
import type { TextKey } from '../../../cards/texts/en.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../../../cards/texts/texts.ts';
import { publicFolder } from '../../../sandbox/chat/page-files.ts';

type Words = Readonly<Record<string, string>>;
/** A module of the page, whose scripts are typed by themselves. */
const load = async (name: string): Promise<Readonly<Record<string, Words>>> =>
  (await import(new URL(name, publicFolder).href)) as Readonly<Record<string, Words>>;

const NAMES = { de: 'German', fr: 'French', ru: 'Russian' } as const;
const others = Object.keys(NAMES) as (keyof typeof NAMES)[];
const english = async (): Promise<Words> => (await load('words-en.js'))['english'] ?? {};
const wordsIn = async (language: keyof typeof NAMES): Promise<Words> =>
  (await load(`words-${language}.js`))[NAMES[language].toLowerCase()] ?? {};
const notesIn = async (language: keyof typeof NAMES): Promise<Words> =>
  (await load(`notes-${language}.js`))[`notesIn${NAMES[language]}`] ?? {};
const valuesOf = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe('the words of the chat page', () => {
  it('are there in each language that the bot speaks, by the name that it gives itself', async () => {
    const page = await readFile(new URL('index.html', publicFolder), 'utf8');

    const offered = [...page.matchAll(/<option value="(\w+)-\w+" lang="(\w+)">([^<]+)</g)];

    assert.deepEqual(
      offered.map(([, tag, language, name]) => [tag, language, name]),
      Object.keys(LANGUAGES).map((language) => [
        language,
        language,
        LANGUAGE_NAMES[language as keyof typeof LANGUAGES],
      ]),
    );
    assert.deepEqual(
      Object.keys(LANGUAGES).filter((one) => one !== 'en'),
      [...others].sort(),
    );
  });

  for (const language of others)
    it(`take the same values as in English, and none is missing: ${language}`, async () => {
      const [originals, words] = [await english(), await wordsIn(language)];

      assert.deepEqual(Object.keys(words).sort(), Object.keys(originals).sort());
      for (const [key, text] of Object.entries(originals))
        assert.deepEqual(valuesOf(words[key] ?? ''), valuesOf(text), key);
    });

  for (const language of others)
    it(`have its customers explained: ${language}`, async () => {
      assert.deepEqual(Object.keys(await notesIn(language)).sort(), Object.keys(await notesIn('ru')).sort());
      assert.ok(Object.values(await notesIn(language)).every((note) => note !== ''));
    });

  it('call what a customer holds as the cards of the bot do', async () => {
    const kinds: Readonly<Record<string, TextKey>> = {
      ...{ classLegacyLicence: 'line.class-legacy-licence', classLegacyAddOn: 'line.class-legacy-add-on' },
      ...{ classNewCommerceLicence: 'line.class-new-commerce-licence', classMarketplace: 'line.class-marketplace' },
      ...{ classNewCommerceTrial: 'line.class-new-commerce-trial', classAzurePlan: 'line.class-azure-plan' },
      ...{ classSoftwareSubscription: 'line.class-software-subscription', statusSuspended: 'status.suspended' },
      ...{ statusDeleted: 'status.deleted', statusExpired: 'status.expired', statusDisabled: 'status.disabled' },
    };
    for (const language of ['de', 'fr'] as const) {
      const words = await wordsIn(language);
      for (const [word, key] of Object.entries(kinds)) assert.equal(words[word], LANGUAGES[language][key], word);
    }
  });

  it('have the tour ask for a removal in words that the bot understands', async () => {
    for (const words of [await english(), ...(await Promise.all(others.map(wordsIn)))])
      assert.deepEqual(readCommand(words['tourRemove']!.replace('{name}', 'Contoso Bakery')), {
        ...{ word: 'remove', rest: 'Contoso Bakery' },
      });
  });

  it('have narrow blanks in French where French has them', async () => {
    const texts = [...Object.values(await wordsIn('fr')), ...Object.values(await notesIn('fr'))];

    assert.deepEqual(
      texts.filter((text) => /(?<!\u202f)[:;!?»](?!\S)|«(?!\u202f)/u.test(text.replaceAll(/\{\w+\}/g, 'x'))),
      [],
    );
  });
});
