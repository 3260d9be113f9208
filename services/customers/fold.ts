/** Letters that stay one letter under decomposition, and typographic quotes that nobody types. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  '’': "'",
  '‘': "'",
  ʼ: "'",
  '–': '-',
};
const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu');
// eslint-disable-next-line no-control-regex -- the fast way for what most names are
const ASCII = /^[\u0000-\u007f]*$/;

/** Text as it is compared: without case, accents and width, blanks collapsed. */
export function fold(text: string): string {
  const folded = ASCII.test(text)
    ? text.toLowerCase()
    : text
        .normalize('NFKD')
        .replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, '')
        .toLowerCase()
        .replace(SPECIAL, (letter) => PLAIN[letter] ?? letter);
  return folded.replace(/\s+/g, ' ').trim();
}
