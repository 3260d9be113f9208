import { isIPv6 } from 'node:net';
import { SECOND_MS, type Clock } from '../../services/clock.ts';

/** How many refused requests an address may have. */
export interface RefusalLimit {
  /** Counts one. */
  count(address: string): void;
  /** Whether this address has had as many as it may, for the moment. */
  isReached(address: string): boolean;
}

/** At once. */
const BURST = 200;
/** From then on. */
const PER_SECOND = 20;
/** Beyond that the ones that were quiet for longest are forgotten: strangers decide how many there are. */
const MOST_ADDRESSES = 10_000;

/**
 * A bucket of refused requests for each address: they leave it at a steady rate. Whoever sends nothing that has to be
 * refused never has one.
 */
export function createRefusalLimit(now: Clock, mostAddresses = MOST_ADDRESSES): RefusalLimit {
  const buckets = new Map<string, { readonly level: number; readonly atMs: number }>();

  const levelOf = (key: string, nowMs: number): number => {
    const { level, atMs } = buckets.get(key) ?? { level: 0, atMs: nowMs };
    return Math.max(0, level - (Math.max(0, nowMs - atMs) / SECOND_MS) * PER_SECOND);
  };

  return {
    count(address) {
      const [key, nowMs] = [keyOf(address), now().getTime()];
      const level = Math.min(BURST, levelOf(key, nowMs) + 1);
      // Put in anew, so that the first is always the one that was quiet for longest.
      buckets.delete(key);
      buckets.set(key, { level, atMs: nowMs });
      const [quietest] = buckets.keys();
      if (buckets.size > mostAddresses && quietest !== undefined) buckets.delete(quietest);
    },
    isReached: (address) => levelOf(keyOf(address), now().getTime()) > BURST - 1,
  };
}

/** Whoever has one address of IPv6 has its whole network of 64 bits. */
function keyOf(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [before = '', after] = address.split('%', 1)[0]?.split('::') ?? [];
  const left = before === '' ? [] : before.split(':');
  const right = after === undefined || after === '' ? [] : after.split(':');
  const zeros = after === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(Math.max(0, zeros)).fill('0'), ...right].slice(0, 4).join(':');
}
