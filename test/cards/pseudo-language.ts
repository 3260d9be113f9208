import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import { en } from '../../cards/texts/en.ts';
import { textsFor, type Texts } from '../../cards/texts/texts.ts';

/** Every letter of English with a mark that no language has: what is still plain on a card is in no text of ours. */
const MARK = '\u0308\u0331';
const strange = (literal: string): string => literal.replace(/[a-z]/gi, (letter) => `${letter}${MARK}`);
/** Longer by this part, as German is at times. */
const MORE = 0.4;

/** A language that nobody speaks: English between marks, with strange letters, and longer. */
export const pseudoTexts: Texts = {
  ...textsFor('en'),
  say: (key, values = {}) => String(new IntlMessageFormat(strangeMessage(en[key]), 'en').format(values)),
  day: (instant) => instant.slice(0, 10),
  plainDay: (instant) => instant.slice(0, 10),
  list: (items) => items.join(' ⟦⟧ '),
};

/** Whether a letter of a text is plain: somebody has written it into a card. */
export const plainWords = (said: string): readonly string[] =>
  said.replace(new RegExp(`[a-z]${MARK}`, 'giu'), '¤').match(/[a-z][a-z-]*/gi) ?? [];

function strangeMessage(message: string): MessageFormatElement[] {
  return [
    { type: TYPE.literal, value: '⟦' },
    ...parse(message).map(strangeElement),
    { type: TYPE.literal, value: `${'·'.repeat(Math.ceil(message.length * MORE))}⟧` },
  ];
}

function strangeElement(element: MessageFormatElement): MessageFormatElement {
  if (element.type === TYPE.literal) return { ...element, value: strange(element.value) };
  if (element.type !== TYPE.plural && element.type !== TYPE.select) return element;
  const options = Object.fromEntries(
    Object.entries(element.options).map(([name, option]) => [
      name,
      { ...option, value: option.value.map(strangeElement) },
    ]),
  );
  return { ...element, options };
}
