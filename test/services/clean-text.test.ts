import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cleanName, cleanText } from '../../services/clean-text.ts';

describe('foreign text', () => {
  const texts: [name: string, text: string, clean: string][] = [
    ['keeps letters of every script', 'ООО «Ромашка» 株式会社 Ünïon', 'ООО «Ромашка» 株式会社 Ünïon'],
    [
      'keeps markup, which is shown as plain text',
      '[a](https://b) **c** <at>d</at>',
      '[a](https://b) **c** <at>d</at>',
    ],
    ['loses what turns the reading direction', 'a\u202Etxt.exe\u202C\u2067b\u2069', 'atxt.exeb'],
    ['loses what has no width', 'Con\u200Bto\u200D\uFEFFso\u00AD', 'Contoso'],
    ['loses fillers and variation selectors', 'a\u3164\u115F\u034Fb\uFE0F\u{E0101}', 'ab'],
    ['loses control characters', 'a\u0000\u001B[31mb\u0085', 'a[31mb'],
    ['becomes one line', 'a\r\n- b\t\u2028c', 'a - b c'],
    ['loses blanks around and doubled', '  a \u200B  b  ', 'a b'],
    ['loses halves of characters', 'a\uD800b\uDC00', 'ab'],
    ['may be left empty', '\u200B \u202E', ''],
  ];
  for (const [name, text, clean] of texts) {
    it(name, () => {
      assert.equal(cleanName(text), clean);
    });
  }

  it('is cut in whole characters', () => {
    assert.equal(cleanText('😀😀😀😀', 3), '😀😀😀');
    assert.equal(cleanName('x'.repeat(5_000)).length, 200);
  });

  it('is not changed by being cleaned twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        assert.equal(cleanText(cleanText(text, 20), 20), cleanText(text, 20));
      }),
    );
  });
});
