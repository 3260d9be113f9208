import { z } from 'zod';

/** What somebody looks for in the record, as they typed it: something with a name or an id, and days of UTC. */
export interface Sought {
  /** Empty where nothing but days is named. */
  readonly about: string;
  readonly from?: string;
  /** The last day. */
  readonly to?: string;
}

const isDay = (word: string | undefined): word is string => z.iso.date().safeParse(word).success;

/** Before the first day and before the last, in the languages of the bot; none of them is a day's own part. */
const SINCE = new Set(['from', 'since', 'von', 'vom', 'ab', 'seit', 'du', 'depuis', 'с', 'со', 'от']);
const UNTIL = new Set(['to', 'until', 'till', 'through', 'bis', 'au', 'jusqu’au', "jusqu'au", 'по', 'до']);
const SMALL = new Set(['-', '–', '—', 'on', 'le', 'am', 'zum', 'и', 'and', 'und', 'et', 'за']);
const DAYS_TOGETHER = /(\d{4}-\d\d-\d\d)\s*[-–—/]\s*(?=\d{4}-\d\d-\d\d)/g;

/**
 * One day at the end of the words, or the first and the last, in whichever order they stand there: `2026-03-01 2026-03-31`,
 * `2026-03-01–2026-03-31`, `from 2026-03-01 to 2026-03-31`. One day alone behind a *from* or a *to* is only that end.
 */
export function readSought(words: string): Sought {
  const all = words.trim().replace(DAYS_TOGETHER, '$1 ').split(/\s+/);
  const days: string[] = [];
  const before: string[] = [];
  while (days.length < 2 && isDay(all.at(-1))) {
    days.unshift(all.pop() ?? '');
    for (
      let word = all.at(-1)?.toLowerCase();
      word !== undefined && isBetween(word);
      word = all.at(-1)?.toLowerCase()
    ) {
      before.push(word);
      all.pop();
    }
  }
  const about = all.join(' ').replace(/^\{(.*)\}$/, '$1');
  const [from, to] = days.sort();
  if (from === undefined) return { about };
  if (to !== undefined) return { about, from, to };
  if (before.some((word) => SINCE.has(word))) return { about, from };
  return { about, ...(!before.some((word) => UNTIL.has(word)) && { from }), to: from };
}

const isBetween = (word: string): boolean => SINCE.has(word) || UNTIL.has(word) || SMALL.has(word);
