import assert from 'node:assert/strict';
import { guessCommand, isSmallTalk, readCommand, textAfterWord, type Command } from '../../../bot/turns/commands.ts';
import { WORDS, type Word } from '../../../cards/texts/words.ts';
import { readCustomerList } from '../../../services/batches/customer-list.ts';

describe('what somebody types', () => {
  const spellings = Object.values(WORDS).flatMap((words) =>
    (Object.entries(words) as [Word, readonly string[]][]).flatMap(([word, all]) =>
      all.map((spelling) => [spelling, word] as const),
    ),
  );
  for (const [spelling, word] of spellings) {
    it(`is understood as ${word} when it is “${spelling}”, however it is written`, () => {
      const written = [
        spelling,
        spelling.toUpperCase(),
        `${spelling.charAt(0).toUpperCase()}${spelling.slice(1)}`,
        `/${spelling}`,
        `  ${spelling}\t\n`,
        `<at>Reseller Offboarding</at> ${spelling}`,
        `\u200b${spelling}\u200d\ufeff`,
        ...(spelling === '?' ? [] : [`${spelling}.`, `${spelling}!`, `${spelling}?!`, `${spelling},`]),
      ];

      for (const text of written) assert.deepEqual(readCommand(text), { word, rest: '' }, JSON.stringify(text));
    });
  }

  const table: [typed: string, read: Command][] = [
    ['remove contoso', { word: 'remove', rest: 'contoso' }],
    ['Remove   Contoso   Bakery ', { word: 'remove', rest: 'Contoso Bakery' }],
    ['/remove contoso', { word: 'remove', rest: 'contoso' }],
    ['remove: contoso', { word: 'remove', rest: 'contoso' }],
    ['remove\ncontoso', { word: 'remove', rest: 'contoso' }],
    ['remove\u00a0contoso', { word: 'remove', rest: 'contoso' }],
    ['<at>Bot</at> remove <at>Bot</at> contoso', { word: 'remove', rest: 'contoso' }],
    [
      'offboard {63c5c5aa-668a-4508-ae06-36ed258265a4}',
      { word: 'remove', rest: '{63c5c5aa-668a-4508-ae06-36ed258265a4}' },
    ],
    ['удалить ООО «Ромашка»', { word: 'remove', rest: 'ООО «Ромашка»' }],
    ['удалить «Ромашка»', { word: 'remove', rest: 'Ромашка' }],
    ['remove "Contoso Bakery"', { word: 'remove', rest: 'Contoso Bakery' }],
    ['remove “contoso”', { word: 'remove', rest: 'contoso' }],
    ['remove "a" and "b"', { word: 'remove', rest: '"a" and "b"' }],
    ['delete contoso', { word: 'remove', rest: 'contoso' }],
    ['cancel contoso', { word: 'cancel', rest: 'contoso' }],
    ['УДАЛИ ромашка', { word: 'remove', rest: 'ромашка' }],
    ['status contoso', { word: 'status', rest: 'contoso' }],
    ['Статус ромашка', { word: 'status', rest: 'ромашка' }],
    ['заявки все', { word: 'requests', rest: 'все' }],
    ['requests all', { word: 'requests', rest: 'all' }],
    ['привёт', { word: 'help', rest: '' }],
    ['ПРИВЁТ!', { word: 'help', rest: '' }],
  ];
  for (const typed of [
    ...['ok', 'OK, thanks a lot!', '👍🏽', '!!!', 'Ja, vielen Dank', 'D’accord', 'S’il vous plaît', 'J’approuve.'],
    ...['хорошо', 'да, спасибо'],
  ])
    it(`is but a yes, a no or a thanks: ${typed}`, () => {
      assert.ok(isSmallTalk(typed));
    });
  for (const typed of ['Yes Bank', 'okcupid', 'no 7', '山田商事', 'approve contoso'])
    it(`may well be a name: ${typed}`, () => {
      assert.ok(!isSmallTalk(typed));
    });

  for (const [typed, read] of table) {
    it(`is read as a word and what follows: ${JSON.stringify(typed)}`, () => {
      assert.deepEqual(readCommand(typed), read);
    });
  }

  const unknown: [typed: string, rest: string][] = [
    ['', ''],
    [' \t\r\n ', ''],
    ['<at>Reseller Offboarding</at>', ''],
    ['/', '/'],
    ['.', '.'],
    ['???', '???'],
    ['🙂', '🙂'],
    ['👩‍👩‍👧 🏳️‍🌈', '👩👩👧 🏳🌈'],
    ['contoso', 'contoso'],
    ['removed contoso', 'removed contoso'],
    ['removecontoso', 'removecontoso'],
    ['please remove contoso', 'please remove contoso'],
    ['help me find contoso', 'help me find contoso'],
    ['stop it', 'stop it'],
    ['заявки мои', 'заявки мои'],
    ['approve', 'approve'],
    ['yes, approve', 'yes, approve'],
    ['constructor', 'constructor'],
    ['__proto__', '__proto__'],
    ['toString', 'toString'],
    ['\u0000\u0007\u001b[31m', '[31m'],
    ['\u202eevomer\u202c', 'evomer'],
    ['\ud800', ''],
  ];
  for (const [typed, rest] of unknown) {
    it(`is no word of ours: ${visible(typed)}`, () => {
      assert.deepEqual(readCommand(typed), { word: 'unknown', rest });
    });
  }

  it('loses what cannot be seen, in the word as well as after it', () => {
    assert.deepEqual(readCommand('re\u200bmo\u00adve con\u202etoso\u0000'), { word: 'remove', rest: 'contoso' });
  });

  const slips: [typed: string, read: Command][] = [
    ['remov contoso', { word: 'remove', rest: 'contoso' }],
    ['rmeove contoso', { word: 'remove', rest: 'contoso' }],
    ['Remoove Contoso Bakery', { word: 'remove', rest: 'Contoso Bakery' }],
    ['удаилть ромашка', { word: 'remove', rest: 'ромашка' }],
    ['statsu', { word: 'status', rest: '' }],
    ['reqeusts', { word: 'requests', rest: '' }],
    ['hlep', { word: 'help', rest: '' }],
    ['sing in', { word: 'sign-in', rest: '' }],
    ['sign ot', { word: 'sign-out', rest: '' }],
    ['dry rnu fabrikam', { word: 'dry-run', rest: 'fabrikam' }],
    ['памощь', { word: 'help', rest: '' }],
    ['canel', { word: 'cancel', rest: '' }],
  ];
  for (const [typed, read] of slips) {
    it(`is taken for what was meant where nothing else fits: ${typed}`, () => {
      assert.equal(readCommand(typed).word, 'unknown');
      assert.deepEqual(guessCommand(typed), read);
    });
  }

  // The last one is one letter from "in" and one from "out" in Russian.
  for (const typed of ['contoso', 'rename contoso', 'hi!there', 'approve', 'stp', 'stop it', 'helping', '', 'вйти'])
    it(`is guessed to be nothing where it may be anything: ${visible(typed)}`, () => {
      assert.equal(guessCommand(typed).word, 'unknown');
    });

  it('is cut when it is a pasted book, and its first word is understood', () => {
    const { word, rest } = readCommand(`remove ${'contoso '.repeat(12_800)}`);

    assert.equal(word, 'remove');
    assert.ok(rest.startsWith('contoso contoso'));
    assert.ok(rest.length <= 400);
  });

  for (const filler of ['x', ' ', '\u200b', '<', '<at>', '🙂', '/', '!']) {
    it(`is answered however long it is: 100,000 times ${visible(filler)}`, () => {
      const { word, rest } = readCommand(filler.repeat(100_000));

      assert.equal(word, 'unknown');
      assert.ok(Array.from(rest).length <= 400);
    });
  }

  for (const [where, begun] of [
    ['beside the word', 'remove several contoso.com'],
    ['below the word', 'remove several\ncontoso.com'],
    ['below the word and a colon, as Windows ends lines', '/Remove several:\r\ncontoso.com'],
    ['below a mention, the word and two empty lines', '<at>Bot</at> remove several \n\n \t\ncontoso.com'],
  ] as const)
    it(`numbers the lines of a list from its first one, which stands ${where}`, () => {
      const { lines } = readCustomerList(textAfterWord(`${begun}\n\nfabrikam.com\nnorthwind.com`));

      assert.deepEqual(
        lines.map(({ line, domain }) => [line, domain]),
        [
          [1, 'contoso.com'],
          [3, 'fabrikam.com'],
          [4, 'northwind.com'],
        ],
      );
    });

  it('numbers the rows of a pasted table from its heading', () => {
    const table = 'name;domain\nContoso;contoso.com\n\nFabrikam;fabrikam.com';

    for (const between of ['\n', '\n\n', ' '])
      assert.deepEqual(
        readCustomerList(textAfterWord(`remove several${between}${table}`)).lines.map(({ line }) => line),
        [2, 4],
      );
  });

  it('is the same word when a name in a mention holds markup', () => {
    assert.deepEqual(readCommand('<at>Bot &lt;b&gt;</at> help'), { word: 'help', rest: '' });
  });
});

function visible(text: string): string {
  return JSON.stringify(text).replace(/\p{Cf}/gu, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
