import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cleanDescription, cleanName, cleanText } from '../../services/clean-text.ts';
import { MARK, type ForeignTexts } from './foreign-texts.ts';
import { hang } from './gallery.ts';
import { everythingSaid, ofType, type Node } from './walk.ts';

/** Texts of any characters and lengths, marked, and cleaned as the services clean them. */
const pieces = fc.array(
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      '[a](https://evil.example)',
      '![a](x)',
      '**',
      '{{DATE(2031-01-01T00:00:00Z)}}',
      '<at>',
      '${a}',
      '\n- ',
    ),
    fc.constantFrom('W', '\u{1d6b7}', 'Ж', '\u202e').map((letter) => letter.repeat(700)),
  ),
  { maxLength: 4 },
);
const marked = pieces.map((all) => `${MARK} ${all.join('')}`);
const foreignTexts: fc.Arbitrary<ForeignTexts> = fc.record({
  name: marked.map(cleanName),
  // What looks like a host name may stand in plain sentences too.
  domain: pieces.map((all) => cleanName(`zanzibar ${all.join('')}`)),
  reason: marked.map((text) => cleanText(text, 500)),
  description: marked.map(cleanDescription),
  status: marked.map((text) => cleanText(text, 40)),
});

/** As long as each can be, of letters of four bytes. */
const LONGEST: ForeignTexts = (() => {
  const long = `${MARK} ${'\u{1d6b7}'.repeat(700)}`;
  return {
    name: cleanName(long),
    domain: cleanName(long.toLowerCase()),
    reason: cleanText(long, 500),
    description: cleanDescription(long),
    status: cleanText(long, 40),
  };
})();

/** The documented limits run from 28 KB; a row of actions shows six. */
const MOST_BYTES = 28 * 1_024;
const MOST_ACTIONS = 6;

describe('every card, whatever others have written', () => {
  it('fits into a message, shows nothing unseen, and has foreign text nowhere but where it is shown as it is', () => {
    fc.assert(
      fc.property(
        foreignTexts,
        fc.constantFrom('en' as const, 'de' as const, 'fr' as const, 'ru' as const),
        (foreign, language) => {
          for (const { name, card } of hang('generated', foreign, language)) {
            const bytes = Buffer.byteLength(JSON.stringify(card));
            assert.ok(bytes <= MOST_BYTES, `${name}: ${bytes} bytes`);
            for (const { actions } of ofType(card, 'ActionSet'))
              assert.ok((actions as readonly Node[]).length <= MOST_ACTIONS, name);
            for (const { owner, name: member, text } of everythingSaid(card)) {
              // A text of several paragraphs has ends of lines in a field, and nowhere else.
              const isField = owner['type'] === 'Input.Text' && member === 'value';
              assert.doesNotMatch(
                isField ? text.replaceAll('\n', ' ') : text,
                /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u,
                name,
              );
              if (!text.includes(MARK)) continue;
              const isShownAsItIs =
                (owner['type'] === 'TextRun' && member === 'text') ||
                (owner['type'] === 'Input.Text' && member === 'value') ||
                (owner['type'] === undefined && 'value' in owner && member === 'title');
              assert.ok(isShownAsItIs, `${name}: ${String(owner['type'])}.${member}`);
            }
          }
        },
      ),
      // The longest in English and Russian, and six more.
      {
        numRuns: 8,
        examples: [
          [LONGEST, 'en'],
          [LONGEST, 'ru'],
        ],
      },
    );
  }).timeout(60_000);
});
