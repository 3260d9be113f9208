/** What the lines of one page may take of the 27,000 or so that Teams takes of a card; the rest is for what is around them. */
const MOST_BYTES = 16_000;

/** One page of many lines. */
export interface Page<T> {
  readonly shown: readonly T[];
  /** Which one it is, counted from 0. */
  readonly page: number;
  /** Its first and its last line among all of them, counted from 1. */
  readonly from: number;
  readonly to: number;
  readonly total: number;
  readonly isLast: boolean;
}

/**
 * Divides lines among pages by their number and by what they take when they are drawn. Each line is on exactly one page,
 * whichever page is asked for: who turns them all has seen everything once.
 *
 * @param most lines of one page.
 * @param draw what a line looks like on the card.
 */
export function pageOf<T>(all: readonly T[], asked: number, most: number, draw: (line: T) => unknown): Page<T> {
  const pages = divided(all, most, draw);
  const page = Math.min(Math.max(0, asked), pages.length - 1);
  const shown = pages[page] ?? [];
  const from = pages.slice(0, page).reduce((count, some) => count + some.length, 0) + 1;
  return { shown, page, from, to: from - 1 + shown.length, total: all.length, isLast: page === pages.length - 1 };
}

function divided<T>(all: readonly T[], most: number, draw: (line: T) => unknown): readonly (readonly T[])[] {
  const pages: T[][] = [[]];
  let bytes = 0;
  for (const line of all) {
    const page = pages.at(-1) ?? [];
    const size = Buffer.byteLength(JSON.stringify(draw(line)));
    if (page.length > 0 && (page.length === most || bytes + size > MOST_BYTES)) {
      pages.push([line]);
      bytes = size;
    } else {
      page.push(line);
      bytes += size;
    }
  }
  return pages;
}
