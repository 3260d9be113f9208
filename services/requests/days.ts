import { DAY_MS, instant, type Instant } from '../clock.ts';

/** A day of UTC, as `2026-11-28`. */
export type Day = string;

export const dayOf = (now: Date): Day => instant(now).slice(0, 10);
export const beginOf = (day: Day): Instant => `${day}T00:00:00.000Z`;
export const dayAfter = (day: Day): Day => dayOf(new Date(Date.parse(beginOf(day)) + DAY_MS));
