import { cleanDescription, cleanName, cleanText } from '../../services/clean-text.ts';

/** What others wrote: every text on a card that is not ours. All of it went through the services' cleaning. */
export interface ForeignTexts {
  readonly name: string;
  readonly domain: string;
  /** At most 500 characters. */
  readonly reason: string;
  readonly description: string;
  readonly status: string;
}

/** Is in every foreign text below, and in no text of ours. */
export const MARK = 'Zanzibar';

const hostile = (name: string, domain = 'zanzibar.onmicrosoft.com'): ForeignTexts => ({
  name: cleanName(name),
  domain: cleanName(domain),
  reason: cleanText(name.repeat(20), 500),
  description: cleanDescription(name.repeat(30)),
  status: MARK,
});

/** As long as the services let a text be, in letters, however many bytes one takes. */
const filled = (letter: string, length: number): string => cleanText(`${MARK} ${letter.repeat(length)}`, length);

export const FOREIGN: Readonly<Record<string, ForeignTexts>> = {
  everyday: {
    name: `${MARK} Spices`,
    domain: 'zanzibar.onmicrosoft.com',
    reason: `${MARK} moves to another provider`,
    description: `${MARK} has active subscriptions.`,
    status: MARK,
  },
  link: hostile(`[${MARK}](https://evil.example)`, `[${MARK}](https://evil.example)`),
  picture: hostile(`![${MARK}](https://evil.example/a.png)`),
  bold: hostile(`**${MARK}** __${MARK}__`, `**${MARK}**`),
  mention: hostile(`<at>${MARK}</at>`),
  code: hostile(`\`${MARK}\``),
  template: hostile(`{{${MARK}}} \${${MARK}}`),
  list: hostile(`- ${MARK}\n# ${MARK}\n1. ${MARK}`),
  unseen: hostile(`\u202e${MARK}\u202c\u200b\u2066x\u2069\u0000\ufeff`, '\u202ezanzibar\u202c.onmicrosoft.com'),
  message: hostile(`{count, plural, other {${MARK}}} '{${MARK}}'`),
  long: {
    name: filled('W', 200),
    domain: filled('w', 200),
    reason: filled('w', 500),
    description: filled('w', 1_024),
    status: MARK,
  },
  astral: {
    name: filled('\u{1d6b7}', 200),
    domain: 'zanzibar.onmicrosoft.com',
    reason: filled('\u{1d6b7}', 500),
    description: filled('\u{1d6b7}', 1_024),
    status: MARK,
  },
  cyrillic: {
    name: filled('Ж', 200),
    domain: filled('ж', 200),
    reason: filled('ж', 500),
    description: filled('ж', 1_024),
    status: MARK,
  },
};
