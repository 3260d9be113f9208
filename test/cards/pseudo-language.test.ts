import assert from 'node:assert/strict';
import { LANGUAGE_NAMES } from '../../cards/texts/texts.ts';
import { FOREIGN } from './foreign-texts.ts';
import { hang } from './gallery.ts';
import { plainWords, pseudoTexts } from './pseudo-language.ts';
import { COME_BACK_URL } from './request-records.ts';
import { everythingSaid, readingOf } from './walk.ts';

const everyday = FOREIGN['everyday']!;
const MOST_BYTES = 28 * 1_024;
const SHOWN_FAULTS = 40;

/** What stands in the record as it was written: a deed that this version does not know, codes, and a head. */
const RECORDED = /step\.elsewhere|400 \/ 600024 \/ refused|(?:ab){32}/g;

/** What each language calls itself is the same in all of them. */
const OWN_NAMES = new RegExp(Object.values(LANGUAGE_NAMES).join('|'), 'g');

const withoutForeign = (said: string): string =>
  Object.values<string>({ ...everyday })
    .reduce((left, foreign) => left.replaceAll(foreign, ''), said)
    .replace(/\{\{(?:DATE|TIME)\([^)]*\)\}\}/g, '')
    .replaceAll(COME_BACK_URL, '')
    .replace(OWN_NAMES, '')
    .replace(RECORDED, '')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '');

describe('every card in a language that nobody speaks', () => {
  const cards = hang('everyday', everyday, 'en', pseudoTexts);

  it('says nothing that is not in the texts of the language', () => {
    const plain = cards.flatMap(({ name, card }) =>
      [...readingOf(card), card.fallbackText].flatMap((line) =>
        plainWords(withoutForeign(line)).map((word) => `${name}: “${word}” in ${line}`),
      ),
    );
    assert.deepEqual([...new Set(plain)].slice(0, SHOWN_FAULTS), []);
  });

  it('shows a word that was written into a card', () => {
    const line = pseudoTexts.say('line.named', { name: pseudoTexts.say('request.reason'), said: 'None' });

    assert.deepEqual(plainWords(withoutForeign(line)), ['None']);
  });

  it('fits into a message, though everything is longer by two fifths', () => {
    const tooLong = cards.filter(({ card }) => Buffer.byteLength(JSON.stringify(card)) > MOST_BYTES);
    assert.deepEqual(
      tooLong.map(({ name }) => name),
      [],
    );
  });

  it('has a hint in every field, a label on every input and a title on every button in that language', () => {
    const bare = cards.flatMap(({ name, card }) =>
      everythingSaid(card)
        .filter(({ name: member }) => ['placeholder', 'label', 'errorMessage', 'altText', 'tooltip'].includes(member))
        .filter(({ text }) => !text.includes('⟦'))
        .map(({ text }) => `${name}: ${text}`),
    );
    assert.deepEqual(bare, []);
  });
});
