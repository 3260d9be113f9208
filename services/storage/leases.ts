import { instant, type Instant } from '../clock.ts';
import type { Lease } from './store.ts';

/** A lease that has ended, kept for its fencing number: the next one is higher. */
export const releasedLease = (lease: Lease | undefined, now: Date): Lease | undefined =>
  lease && { ...lease, until: earlier(lease.until, instant(now)) };

/**
 * Whether work may be claimed from whoever has it: in a store with one owner at a time, whoever had a lease
 * under another boot id is gone. In a shared one it may be at work.
 */
export const hasLapsed = (
  lease: Lease | undefined,
  { boot, isShared, now }: { readonly boot: string; readonly isShared: boolean; readonly now: Date },
): boolean => lease === undefined || (!isShared && !isLeaseOf(lease, boot)) || lease.until <= instant(now);

/** Owners of leases are `<boot>` or `<boot>/<anything>`. */
export const isLeaseOf = ({ owner }: Lease, boot: string): boolean => owner === boot || owner.startsWith(`${boot}/`);

const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);
