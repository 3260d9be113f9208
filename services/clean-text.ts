/** Longest name we show or keep, in characters. */
export const NAME_LENGTH = 200;
/** Longest description of an error; the service promises no more. */
export const DESCRIPTION_LENGTH = 1_024;

/** What parts words becomes a blank; everything else that is invisible goes. */
const LINE_BREAK = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/** Control, bidi, zero-width and other invisible characters, and halves of surrogate pairs. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Foreign text made fit to be shown: without characters that cannot be seen but change how the rest is
 * read, in one line, and cut to a length in whole characters. Markdown and the like are left as they are:
 * whoever shows it must show it as plain text.
 */
export function cleanText(text: string, maxLength: number): string {
  const visible = text
    .slice(0, maxLength * 16) // the rest of an absurdly long text is not worth the work
    .replace(LINE_BREAK, ' ')
    .replace(INVISIBLE, '')
    .replace(/\s+/g, ' ')
    .trim();
  return visible.length <= maxLength ? visible : Array.from(visible).slice(0, maxLength).join('').trimEnd();
}

export const cleanName = (text: string): string => cleanText(text, NAME_LENGTH);
export const cleanDescription = (text: string): string => cleanText(text, DESCRIPTION_LENGTH);
