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

/** One day at the end of the words, or the first and the last, in whichever order they stand there. */
export function readSought(words: string): Sought {
  const all = words
    .trim()
    .split(/\s+/)
    .filter((word) => !/^[-–—]$/.test(word));
  const days: string[] = [];
  while (days.length < 2 && isDay(all.at(-1))) days.unshift(all.pop() ?? '');
  const [from, to = from] = days.sort();
  const about = all.join(' ').replace(/^\{(.*)\}$/, '$1');
  return { about, ...(from !== undefined && to !== undefined && { from, to }) };
}
