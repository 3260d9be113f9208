import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { en, type TextKey } from '../../cards/texts/en.ts';
import { LANGUAGES, textsFor, type Language } from '../../cards/texts/texts.ts';
import { NAMED_WORDS, WORDS } from '../../cards/texts/words.ts';
import { readCommand } from '../../bot/turns/commands.ts';

const KEYS = Object.keys(en) as TextKey[];
const ALL = Object.keys(LANGUAGES) as Language[];
const FOREIGN = ALL.filter((language) => language !== 'en');

/** Values and marks between them: there is no word in these that a language could say in its own way. */
const WITHOUT_WORDS: readonly TextKey[] = ['line.name', 'line.named', 'line.status', 'open.order'];
/** What is the same in English, word for word. */
const SAME: Readonly<Record<Exclude<Language, 'en'>, readonly TextKey[]>> = {
  de: WITHOUT_WORDS,
  // In French a blank stands before a colon.
  fr: WITHOUT_WORDS.filter((key) => key !== 'line.named'),
  ru: WITHOUT_WORDS,
};
/** More than any card counts. Beyond it there are forms that nobody sees, as the French one for millions. */
const MOST_COUNTED = 10_000;
/** What is called the same in Russian. */
const NAMES = [
  'PDF',
  'OneDrive',
  'Azure',
  'CSV',
  'DAP',
  'Entra',
  'GDAP',
  'Graph',
  'JSON',
  'Marketplace',
  'Microsoft',
  'PartnerID',
  'Teams',
];
/** What is sent to Partner Center, letter for letter. */
const SENT = ['PATCH', 'status', 'suspended', 'deleted', 'cancelled', 'relationshipToPartner', 'none'];

describe('the texts', () => {
  for (const language of ALL) {
    const table: Readonly<Record<TextKey, string>> = LANGUAGES[language];

    describe(`in ${language}`, () => {
      it('are all there, and no other is', () => {
        assert.deepEqual(Object.keys(table).sort(), [...KEYS].sort());
        assert.deepEqual(
          KEYS.filter((key) => table[key].trim() === ''),
          [],
        );
      });

      it('show every value that is put in', () => {
        for (const key of KEYS) {
          const values = filledIn(table[key]);
          const said = textsFor(language).say(key, values);
          for (const value of Object.values(values)) assert.ok(said.includes(String(value)), `${key}: ${said}`);
        }
      });

      it('have a form for every number the language tells apart', () => {
        const rules = new Intl.PluralRules(language);
        const counted = Array.from({ length: MOST_COUNTED }, (_, count) => rules.select(count));
        const categories = [...new Set([...counted, 'other' as const])];
        for (const key of KEYS) {
          for (const element of elementsOf(table[key])) {
            if (element.type !== TYPE.plural) continue;
            const missing = categories.filter((category) => element.options[category] === undefined);
            assert.deepEqual(missing, [], key);
          }
        }
      });

      it('hold nothing that a text block would take for markup', () => {
        for (const key of KEYS) {
          const words = wordsOf(table[key]);
          assert.doesNotMatch(words, /[*_`~[\]<>\\#]|^\s*(?:[-+•]|\d+[.)])\s/mu, key);
        }
      });

      it('begin each line of help with the word that the bot understands', () => {
        for (const word of NAMED_WORDS) {
          const told = table[`help.${word}`].replace(/^[«„]\s?/u, '');
          assert.ok(told.startsWith(WORDS[language][word][0] ?? '?'), told);
        }
      });

      it('are set with typographic marks', () => {
        for (const key of KEYS) assert.doesNotMatch(table[key], /['"]|\.\.\.| - |\s$|^\s| {2}/u, key);
      });
    });
  }

  for (const language of FOREIGN) {
    const table: Readonly<Record<TextKey, string>> = LANGUAGES[language];

    it(`take the same values in ${language} as in English, each as the same kind`, () => {
      for (const key of KEYS) assert.deepEqual(valuesOf(table[key]), valuesOf(en[key]), key);
    });

    it(`leave nothing in English when they are in ${language}`, () => {
      const untranslated = KEYS.filter((key) => table[key] === en[key]);

      assert.deepEqual(untranslated.sort(), [...SAME[language]].sort());
    });
  }

  it('hold no Latin word in Russian that is not a name', () => {
    for (const key of KEYS) {
      const latin = wordsOf(LANGUAGES.ru[key]).match(/[a-z]+/giu) ?? [];
      assert.deepEqual(
        latin.filter((word) => !NAMES.includes(word) && !SENT.includes(word)),
        [],
        key,
      );
    }
  });
});

describe('the marks of a language', () => {
  const all = (language: Language): readonly (readonly [TextKey, string])[] =>
    KEYS.map((key) => [key, wordsOf(LANGUAGES[language][key]).replaceAll('\n', '')] as const);

  it('are „these“ quotes in German', () => {
    for (const [key, words] of all('de')) {
      assert.doesNotMatch(words, /[”«»‚‘]/u, key);
      assert.match(words, /^[^„“]*(?:„[^„“]*“[^„“]*)*$/u, key);
    }
  });

  it('are « these » quotes in French, with narrow blanks that do not break inside them and before : ; ! ?', () => {
    for (const [key, words] of all('fr')) {
      assert.doesNotMatch(words, /[“”„]|(?<!\u202f)[:;!?»]|«(?!\u202f)|(?<![«])\u202f(?![:;!?»])/u, key);
      assert.match(words, /^[^«»]*(?:«[^«»]*»[^«»]*)*$/u, key);
    }
  });

  it('are an apostrophe in French wherever a vowel was dropped', () => {
    for (const [key, words] of all('fr'))
      assert.doesNotMatch(words, /(?<![\p{L}-])(?:le|la|de|que|ne|se|je|me|ce) [aeiouyéèêàâîôû]/iu, key);
  });

  it('are «these» quotes in Russian', () => {
    for (const [key, words] of all('ru')) assert.doesNotMatch(words, /[“”]/u, key);
  });

  it('address the reader formally', () => {
    for (const [key, words] of all('de'))
      assert.doesNotMatch(words, /\b(?:du|dein|deine|deinen|deiner|dir|dich)\b/iu, key);
    for (const [key, words] of all('fr')) assert.doesNotMatch(words, /(?<!\p{L})(?:tu|toi|ton|tes)(?!\p{L})/iu, key);
  });

  it('name one thing by one word', () => {
    const other = {
      de: /\b(?:Anfrage|Freigabe|Tenant|Löschung|pausier)/iu,
      fr: /\b(?:requête|validation|tenant|revoqu)/iu,
    };
    for (const language of ['de', 'fr'] as const)
      for (const [key, words] of all(language)) assert.doesNotMatch(words, other[language], key);
  });
});

describe('the title of a button', () => {
  /** What fits beside another one on a phone. */
  const LONGEST = 36;

  for (const language of ALL)
    it(`is short in ${language}`, () => {
      const titles = KEYS.filter((key) => key.startsWith('button.')).map((key) =>
        textsFor(language).say(key, filledIn(LANGUAGES[language][key])),
      );
      assert.deepEqual(
        titles.filter((title) => title.length > LONGEST),
        [],
      );
    });
});

describe('a German or a French number', () => {
  const said: [language: Language, count: number, text: string][] = [
    ['de', 0, 'Räumen Sie hier zuerst 0 Hindernisse aus.'],
    ['de', 1, 'Räumen Sie hier zuerst 1 Hindernis aus.'],
    ['de', 2, 'Räumen Sie hier zuerst 2 Hindernisse aus.'],
    ['fr', 0, 'Réglez d’abord 0 obstacle ici.'],
    ['fr', 1, 'Réglez d’abord 1 obstacle ici.'],
    ['fr', 2, 'Réglez d’abord 2 obstacles ici.'],
  ];
  for (const [language, count, text] of said)
    it(`has its form: ${language}, ${count}`, () => {
      assert.equal(textsFor(language).say('readiness.verdict-clear-here', { count }), text);
    });
});

describe('a word to type', () => {
  it('means the same in every language', () => {
    const meant = new Map<string, Set<string>>();
    for (const words of Object.values(WORDS))
      for (const [word, spellings] of Object.entries(words))
        for (const spelling of spellings) meant.set(spelling, (meant.get(spelling) ?? new Set()).add(word));

    assert.deepEqual(
      [...meant].filter(([, several]) => several.size > 1).map(([spelling]) => spelling),
      [],
    );
  });

  it('is understood as what stands under it, in every language, without its accents too', () => {
    for (const words of Object.values(WORDS))
      for (const [word, spellings] of Object.entries(words))
        for (const spelling of spellings) {
          const bare = spelling.normalize('NFD').replace(/(?<=[a-z])\p{M}/gu, '');
          for (const typed of [spelling, bare, spelling.normalize('NFD')])
            assert.equal(readCommand(typed.normalize('NFC')).word, word, typed);
        }
  });
});

describe('a Russian number', () => {
  const clearHere: [count: number, text: string][] = [
    [1, 'Сначала устраните здесь 1 препятствие.'],
    [2, 'Сначала устраните здесь 2 препятствия.'],
    [5, 'Сначала устраните здесь 5 препятствий.'],
    [11, 'Сначала устраните здесь 11 препятствий.'],
    [21, 'Сначала устраните здесь 21 препятствие.'],
    [22, 'Сначала устраните здесь 22 препятствия.'],
    [25, 'Сначала устраните здесь 25 препятствий.'],
  ];
  const suspendLegacy: [count: number, text: string][] = [
    [1, 'Приостановить 1 устаревшую'],
    [2, 'Приостановить 2 устаревшие'],
    [5, 'Приостановить 5 устаревших'],
    [11, 'Приостановить 11 устаревших'],
    [21, 'Приостановить 21 устаревшую'],
    [22, 'Приостановить 22 устаревшие'],
    [25, 'Приостановить 25 устаревших'],
  ];
  const transfer: [count: number, text: string][] = [
    [1, 'Открыта передача 1 элемента (Active).'],
    [2, 'Открыта передача 2 элементов (Active).'],
    [5, 'Открыта передача 5 элементов (Active).'],
    [11, 'Открыта передача 11 элементов (Active).'],
    [21, 'Открыта передача 21 элемента (Active).'],
    [22, 'Открыта передача 22 элементов (Active).'],
    [25, 'Открыта передача 25 элементов (Active).'],
  ];
  const found: [count: number, text: string][] = [
    [0, 'Не найдено клиентов по запросу «кот»'],
    [1, 'Найден 1 клиент по запросу «кот»'],
    [2, 'Найдено 2 клиента по запросу «кот»'],
    [5, 'Найдено 5 клиентов по запросу «кот»'],
    [11, 'Найдено 11 клиентов по запросу «кот»'],
    [21, 'Найден 21 клиент по запросу «кот»'],
    [22, 'Найдено 22 клиента по запросу «кот»'],
    [25, 'Найдено 25 клиентов по запросу «кот»'],
  ];
  const texts = textsFor('ru');

  for (const [count, text] of clearHere) {
    it(`of obstacles is declined: ${count}`, () => {
      assert.equal(texts.say('readiness.verdict-clear-here', { count }), text);
    });
  }
  for (const [count, text] of suspendLegacy) {
    it(`of subscriptions to suspend is declined: ${count}`, () => {
      assert.equal(texts.say('button.suspend-legacy', { count }), text);
    });
  }
  for (const [count, text] of transfer) {
    it(`of items in a transfer is declined: ${count}`, () => {
      assert.equal(texts.say('line.transfer', { count, status: 'Active' }), text);
    });
  }
  for (const [count, text] of found) {
    it(`of customers found is declined: ${count}`, () => {
      assert.equal(texts.say('pick.results', { count, words: 'кот' }), text);
    });
  }
});

describe('the language of a person', () => {
  const tags: [tag: string, language: Language][] = [
    ['ru-RU', 'ru'],
    ['ru', 'ru'],
    ['RU-ru', 'ru'],
    ['ru-Cyrl-KZ', 'ru'],
    ['en-GB', 'en'],
    ['de-AT', 'de'],
    ['fr-CA', 'fr'],
  ];
  for (const [tag, language] of tags) {
    it(`is found by Teams’ tag ${tag}, whatever the fallback`, () => {
      assert.equal(textsFor(tag, 'en').language, language);
      assert.equal(textsFor(tag, 'ru').language, language);
    });
  }

  for (const tag of ['tlh-KX', 'rue-UA', '', '-', 'constructor', '__proto__', 'toString-US']) {
    it(`is the fallback for the tag “${tag}”`, () => {
      assert.equal(textsFor(tag).language, 'en');
      assert.equal(textsFor(tag, 'ru').language, 'ru');
    });
  }
});

describe('a value in a text', () => {
  it('stays as it was written, even if it looks like a message of its own', () => {
    const words = `{count, plural, other {#}} <b>O'Neil</b> {{DATE(2026-03-01T00:30:00Z)}}`;

    for (const language of ALL) assert.ok(textsFor(language).say('pick.none', { words }).includes(words));
  });
});

describe('a list', () => {
  it('is joined as the language joins it', () => {
    assert.equal(textsFor('en').list(['orders', 'transfers']), 'orders and transfers');
    assert.equal(textsFor('ru').list(['подписки', 'заказы', 'передачи']), 'подписки, заказы и передачи');
    assert.equal(textsFor('de').list(['Abonnements', 'Bestellungen']), 'Abonnements und Bestellungen');
    assert.equal(textsFor('fr').list(['les abonnements', 'les commandes']), 'les abonnements et les commandes');
  });
});

describe('a day', () => {
  // The zone of a machine is settled when it starts, so each of these is a machine of its own.
  for (const zone of ['Pacific/Kiritimati', 'Pacific/Niue', 'UTC']) {
    it(`is named as Partner Center counts it, in UTC, on a machine in ${zone}`, () => {
      assert.deepEqual(daysOnMachineIn(zone, ['2026-03-01T00:30:00Z', '2026-03-01T23:30:00Z']), [
        'Mar 1, 2026 UTC',
        'Mar 1, 2026 UTC',
        '1 мар. 2026 г. UTC',
        '1 мар. 2026 г. UTC',
        '01.03.2026 UTC',
        '01.03.2026 UTC',
        '1 mars 2026 UTC',
        '1 mars 2026 UTC',
      ]);
    });
  }
});

describe('a moment', () => {
  for (const language of ALL) {
    it(`is left to Teams to work out for the reader, without fractions of a second, in ${language}`, () => {
      assert.equal(
        textsFor(language).moment('2026-03-09T07:05:06.789Z'),
        '{{DATE(2026-03-09T07:05:06Z, SHORT)}} {{TIME(2026-03-09T07:05:06Z)}}',
      );
    });

    it(`is the same one from whichever zone it comes, in ${language}`, () => {
      const texts = textsFor(language);

      assert.equal(texts.moment('2026-03-09T01:05:06+03:00'), texts.moment('2026-03-08T22:05:06Z'));
    });

    it(`reaches Teams unchanged inside a text in ${language}`, () => {
      const texts = textsFor(language);
      const at = texts.moment('2026-03-09T07:05:06.789Z');

      assert.ok(texts.say('request.decide-by', { moment: at }).endsWith(at));
    });
  }
});

/** Every element of a message, those inside its plural forms too. */
function elementsOf(message: string): MessageFormatElement[] {
  const inner = (element: MessageFormatElement): MessageFormatElement[] => [
    element,
    ...(element.type === TYPE.plural || element.type === TYPE.select
      ? Object.values(element.options).flatMap(({ value }) => value.flatMap(inner))
      : []),
    ...(element.type === TYPE.tag ? element.children.flatMap(inner) : []),
  ];
  return parse(message, { requiresOtherClause: true }).flatMap(inner);
}

/** The values a message takes, by name, each with its kind. */
function valuesOf(message: string): Readonly<Record<string, readonly string[]>> {
  const kinds: Record<string, Set<string>> = {};
  for (const element of elementsOf(message)) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    (kinds[element.value] ??= new Set()).add(TYPE[element.type]);
  }
  return Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, [...kind].sort()]));
}

/** Something to put in for each value of a message. */
function filledIn(message: string): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(valuesOf(message)).map(([name, kinds]) => [name, kinds.includes('plural') ? 25 : `‹${name}›`]),
  );
}

/** What a message says by itself, without its values. */
const wordsOf = (message: string): string =>
  elementsOf(message)
    .map((element) => (element.type === TYPE.literal ? element.value : ''))
    .join('\n');

/** The days of these instants in every language, English first, as another process in that zone names them. */
function daysOnMachineIn(zone: string, instants: readonly string[]): unknown {
  const script = `
    import { textsFor } from ${JSON.stringify(new URL('../../cards/texts/texts.ts', import.meta.url).href)};
    const days = ['en', 'ru', 'de', 'fr'].flatMap((tag) => ${JSON.stringify(instants)}.map((at) => textsFor(tag).day(at)));
    console.log(JSON.stringify(days));
  `;
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, TZ: zone },
    encoding: 'utf8',
  });
  return JSON.parse(said);
}
