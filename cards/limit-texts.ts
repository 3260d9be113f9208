import type { Left } from '../services/requests/clearing/suspensions-today.ts';
import type { Texts } from './texts/texts.ts';

/** How many suspensions are left for today, and when it goes on. */
export const suspensionsLeft = ({ count, most, next }: Left, texts: Texts): string =>
  texts.say('limit.suspensions', { count, most, day: texts.day(next) });

/** That somebody has as many requests on their way as one may have, and how to get below. */
export const openRequests = (
  { count, most }: { readonly count: number; readonly most: number },
  texts: Texts,
): string => texts.say('limit.open', { count, most });
