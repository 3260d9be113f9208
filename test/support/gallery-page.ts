import { LANGUAGES, textsFor } from '../../cards/texts/texts.ts';
import { startGallery, type Gallery, type HungCard } from '../../sandbox/gallery/server.ts';
import { FOREIGN } from '../cards/foreign-texts.ts';
import { hang } from '../cards/gallery.ts';
import { pseudoTexts } from '../cards/pseudo-language.ts';

/** The languages of the bot, and one that nobody speaks. */
export const GALLERY_LANGUAGES: readonly string[] = [...Object.keys(LANGUAGES), 'pseudo'];

/** Every card that the bot can send, in every state, on a page. */
export const startGalleryPage = (port?: number): Promise<Gallery> =>
  startGallery({
    ...(port !== undefined && { port }),
    languages: GALLERY_LANGUAGES,
    whose: Object.keys(FOREIGN),
    hang: cardsFor,
  });

/** Cards do not change, and drawing them all takes a second. */
const drawn = new Map<string, readonly HungCard[]>();

export function cardsFor(language: string, whose: string): readonly HungCard[] | undefined {
  const foreign = FOREIGN[whose];
  if (foreign === undefined || !GALLERY_LANGUAGES.includes(language)) return undefined;
  const texts = language === 'pseudo' ? pseudoTexts : textsFor(language);
  const key = `${language} ${whose}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const cards = hang(whose, foreign, texts.language, texts).map(({ title, card }) => ({
    id: idOf(title),
    title,
    group: title.split(/[:,]/)[0] ?? title,
    card,
  }));
  drawn.set(key, cards);
  return cards;
}

const idOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
