/** The present moment. Comes from outside, so that rules and tests decide about time, not the machine. */
export type Clock = () => Date;

/** Instants are kept and compared as ISO 8601 text in UTC. */
export type Instant = string;
export const instant = (date: Date): Instant => date.toISOString();
export const later = (date: Date, ms: number): Instant => new Date(date.getTime() + ms).toISOString();

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
