import type { AdaptiveCard } from './adaptive-card.ts';

/** Documented limits of a message in Teams begin at 28 KB, and what is around the card takes a little of it. */
const MOST_BYTES = 27_000;
const SHARES = [1, 0.5, 0.25, 0.1];

/** How many of so many lines there is room for; always some. */
export type Room = (lines: number) => number;

/**
 * Draws a card that Teams takes. Lists have their usual length; where names or the service's words are so long that
 * the card would be refused whole, fewer lines are shown and more are counted.
 */
export function fitting(draw: (room: Room) => AdaptiveCard): AdaptiveCard {
  const drawn = SHARES.values().map((share) => draw((lines) => Math.max(1, Math.floor(lines * share))));
  return drawn.find((card) => Buffer.byteLength(JSON.stringify(card)) <= MOST_BYTES) ?? draw(() => 1);
}
