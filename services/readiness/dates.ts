import { DAY_MS, SECOND_MS, type Instant } from '../clock.ts';

/** From this year on a date means "never": the service writes 9999 where nothing ends. */
const NEVER_YEAR = 9_000;

/** What a date of the service says. */
export type Moment =
  | { readonly kind: 'none' }
  /** Something is said, but it is no date. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'at'; readonly at: Date };

/** A date as it stands. A missing one and one in the year 9999 are none. */
export function momentOf(text: string | undefined): Moment {
  if (text === undefined) return { kind: 'none' };
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return { kind: 'unreadable' };
  return at.getUTCFullYear() >= NEVER_YEAR ? { kind: 'none' } : { kind: 'at', at };
}

/**
 * A date that names the last day of something: midnight stands for the end of that day, UTC. Any other
 * time of day is meant as it is.
 *
 * @see "Subscription resources": `commitmentEndDate` and, beside it, `commitmentEndDateTime` with 23:59:59
 */
export function lastMomentOf(text: string | undefined): Moment {
  const moment = momentOf(text);
  if (moment.kind !== 'at' || moment.at.getTime() % DAY_MS !== 0) return moment;
  return { kind: 'at', at: new Date(moment.at.getTime() + DAY_MS - SECOND_MS) };
}

/** The instant of a moment that is still to come; `undefined` for every other one. */
export const upcoming = (moment: Moment, now: Date): Instant | undefined =>
  moment.kind === 'at' && moment.at > now ? moment.at.toISOString() : undefined;
