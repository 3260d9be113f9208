import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Customer } from '../../../services/partner-center/partner-center.ts';
import { fold } from '../../../services/customers/fold.ts';
import { merged } from '../../../services/customers/customer-index.ts';
import { searchIndex, tenantIdIn } from '../../../services/customers/search.ts';

const named = (companyName: string, domain = `${fold(companyName).replaceAll(' ', '')}.com`): Customer => ({
  id: `${companyName}/${domain}`,
  companyName,
  domain,
  relationshipToPartner: 'reseller',
});
const find = (customers: readonly Customer[], words: string, limit = 10): string[] =>
  searchIndex(merged([], customers), words, limit).matches.map(({ companyName }) => companyName);

describe('a customer', () => {
  const rows: [name: string, words: string, companyName: string, domain?: string][] = [
    ['by the beginning of its name', 'cont', 'Contoso'],
    ['by any part of its name', 'tos', 'Contoso'],
    ['in any case', 'CONTOSO', 'contoso'],
    ['without accents', 'muller', 'Müller Bäckerei'],
    ['with accents nobody wrote', 'Ćafé', 'Cafe'],
    ['by ss for ß and o for ø', 'strasse smor', 'Straße Smørrebrød'],
    ['in Cyrillic', 'ромаш', 'ООО «Ромашка»'],
    ['by words in any order', 'ltd contoso', 'Contoso Trading Ltd'],
    ['by a typed apostrophe', "o'brien", 'O’Brien'],
    ['in full-width letters', 'abc', 'ＡＢＣ'],
    ['by the beginning of its domain', 'fourth.on', 'Coffee', 'fourth.onmicrosoft.com'],
    ['by a word of its name and the beginning of its domain', 'coffee fourth', 'Coffee', 'fourth.com'],
    ['with blanks around', '  contoso   ltd ', 'Contoso Ltd'],
    ['by characters that mean something elsewhere', 'a.*(b', 'A.*(B'],
  ];
  for (const [name, words, companyName, domain] of rows) {
    it(`is found ${name}`, () => {
      assert.deepEqual(find([named(companyName, domain), named('Zzz')], words), [companyName]);
    });
  }

  it('is not found when one word is missing', () => {
    assert.deepEqual(find([named('Contoso Ltd')], 'contoso gmbh'), []);
  });

  it('is not found by the middle of its domain', () => {
    assert.deepEqual(find([named('Coffee', 'fourth.com')], 'ourth'), []);
  });
});

describe('customers found', () => {
  it('come by how they match: name, word, part, domain', () => {
    const customers = [
      named('Zeta', 'cont.com'),
      named('Discontinued'),
      named('The Contoso Group'),
      named('Contoso'),
      named('Contemporary Arts'),
    ];

    assert.deepEqual(find(customers, 'cont'), [
      'Contemporary Arts',
      'Contoso',
      'The Contoso Group',
      'Discontinued',
      'Zeta',
    ]);
  });

  it('come first when one word begins the name and the others begin words', () => {
    assert.deepEqual(find([named('Big Ltd Contoso'), named('Contoso Ltd')], 'ltd con'), [
      'Contoso Ltd',
      'Big Ltd Contoso',
    ]);
  });

  it('of one name are told apart by domain, in the same order each time', () => {
    const [a, b] = [named('Adventure Works', 'a.com'), named('Adventure Works', 'b.com')];

    assert.deepEqual(searchIndex(merged([], [b, a]), 'adv', 5).matches, [a, b]);
  });

  it('are no more than asked for, and say whether there are more', () => {
    const index = merged(
      [],
      ['A1', 'A2', 'A3', 'xA'].map((name) => named(name)),
    );

    assert.deepEqual(searchIndex(index, 'a', 3), {
      matches: index.slice(0, 3).map(({ customer }) => customer),
      more: true,
    });
    assert.equal(searchIndex(index, 'a', 4).more, false);
    assert.equal(searchIndex(index, '1', 1).more, false);
  });

  it('are everybody when no words are given', () => {
    assert.deepEqual(find([named('b'), named('a')], ' '), ['a', 'b']);
  });
});

describe('what is found', () => {
  /** The rule itself, one customer after the other. */
  const rankOf = ({ companyName, domain }: Customer, words: readonly string[]): number | undefined => {
    const name = fold(companyName);
    const ranks = words.map((word) => {
      if (name.startsWith(word)) return 0;
      if (name.includes(word)) return new RegExp(`[^\\p{L}\\p{N}]${RegExp.escape(word)}`, 'u').test(name) ? 1 : 2;
      return fold(domain).startsWith(word) ? 3 : undefined;
    });
    if (ranks.includes(undefined)) return undefined;
    const [best, worst] = [Math.min(3, ...(ranks as number[])), Math.max(0, ...(ranks as number[]))];
    return best === 0 && worst === 1 ? 0 : worst;
  };

  it('is what the rule says, whatever customers are called and whatever is typed', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'ä', ' ', '-', 'ж'), maxLength: 7 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(letters, letters), { maxLength: 12 }),
        letters,
        fc.nat(6),
        (names, typed, limit) => {
          const index = merged(
            [],
            names.map(([name, domain]) => named(name, domain)),
          );
          const words = fold(typed).split(' ').filter(Boolean);
          const ranked = index.flatMap(({ customer }) => {
            const rank = rankOf(customer, words);
            return rank === undefined ? [] : [{ rank, customer }];
          });
          const all = ranked.sort((one, other) => one.rank - other.rank).map(({ customer }) => customer);

          assert.deepEqual(searchIndex(index, typed, limit), {
            matches: all.slice(0, limit),
            more: all.length > limit,
          });
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('the order of customers', () => {
  it('is that of names, whatever the case and the accents', () => {
    const names = ['Zebra', 'äpfel', 'Apfel 2', 'éclair', 'Eclair 2', 'Ёлка', 'ель', 'žaba'];

    assert.deepEqual(
      find(
        names.map((name) => named(name)),
        '',
      ),
      ['äpfel', 'Apfel 2', 'éclair', 'Eclair 2', 'žaba', 'Zebra', 'Ёлка', 'ель'],
    );
  });

  it('is the same whether they come at once or page by page', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 8 })), fc.nat(5), (names, size) => {
        const customers = names.map((name) => named(name));
        const paged = Object.values(
          Object.groupBy(customers, (_, at) => Math.floor(names.indexOf(names[at] ?? '') / (size + 1))),
        );

        assert.deepEqual(
          paged.reduce((index, page) => merged([...index], page ?? []), merged([], [])),
          merged([], customers),
        );
      }),
    );
  });
});

describe('a tenant id', () => {
  const id = '0cca44d6-68e9-4762-94ee-31ece98783b9';
  for (const text of [id, id.toUpperCase(), `{${id}}`, ` {${id.toUpperCase()}} `])
    it(`is known as one: ${text}`, () => {
      assert.equal(tenantIdIn(text), id);
    });
  for (const text of [id.slice(1), `{${id}`, 'contoso', ''])
    it(`is not ${text === '' ? 'nothing' : text}`, () => {
      assert.equal(tenantIdIn(text), undefined);
    });
});
