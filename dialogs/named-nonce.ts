import { createHash } from 'node:crypto';
import type { HoldingId } from '../services/ids.ts';

const digestOf = (ids: readonly HoldingId[]): string =>
  createHash('sha256')
    .update(JSON.stringify([...ids].sort()))
    .digest('base64url')
    .slice(0, 22);

/**
 * The nonce of a card that names several things and asks about all of them. Its *Yes* says so which ones were named:
 * what has come since was not confirmed by anybody.
 */
export const naming = (nonce: string, ids: readonly HoldingId[]): string => `${nonce}.${digestOf(ids)}`;

/** Such a nonce without the names, or any other one as it is. */
export const withoutNames = (nonce: string): string => nonce.split('.')[0] ?? '';

export const doesName = (nonce: string, ids: readonly HoldingId[]): boolean => nonce.split('.')[1] === digestOf(ids);
