import { createHmac } from 'node:crypto';
import { canonicalJson } from '../storage/canonical-json.ts';
import type { Json } from '../storage/store.ts';
import type { AuditKey } from './audit-chain.ts';

/**
 * Tells whether two starts had the same settings, and nothing of what they were: it takes the key to try out guesses.
 * What prints itself as a secret counts as set, whatever it holds.
 */
export const settingsDigest = (settings: object, key: AuditKey): string =>
  createHmac('sha256', key)
    .update(canonicalJson({ settings: JSON.parse(JSON.stringify(settings)) as Json }))
    .digest('hex');
