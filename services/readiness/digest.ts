import { createHash } from 'node:crypto';
import type { Fact, Facts } from './readiness.ts';

/**
 * What an approval is bound to, in 64 hexadecimal characters: SHA-256 over the facts. The same facts in
 * another order have the same digest. Names are left out, since renaming a subscription changes nothing
 * that was approved.
 */
export function digestOf({ customerId, domain, resellers, holdings, policyVersion }: Facts): string {
  const canonical = JSON.stringify([
    customerId,
    domain.toLowerCase(),
    [...new Set(resellers)].sort(),
    holdings.map(holdingOf).sort(),
    policyVersion,
  ]);
  return createHash('sha256').update(canonical).digest('hex');
}

/** Fields in a fixed order make canonical JSON without sorting keys; a missing parent is `null`. */
const holdingOf = ({ id, class: holdingClass, quantity, weight, parentId }: Fact): string =>
  JSON.stringify([id, holdingClass, quantity, weight, parentId ?? null]);
