import { isObject, member, type JsonObject } from '../json.ts';
import type { Subscription } from '../world/records.ts';

/** The members of a change's body that can be changed, and those that say what was read before. */
export interface WantedSubscription {
  readonly id: string | undefined;
  readonly etag: string | undefined;
  readonly status: string;
  readonly quantity: number;
  readonly friendlyName: string;
  readonly autoRenewEnabled: boolean;
  readonly scheduledNextTermInstructions: JsonObject | undefined;
  readonly nextChargeInstructions: JsonObject | undefined;
}

/**
 * Reads a change. The body counts as the whole resource: renewal and instructions that are missing from it are off,
 * unless it is switched otherwise.
 *
 * @returns what is wrong with the body where it cannot be read.
 * @see "Update a subscription by ID"
 */
export function wantedSubscription(
  body: JsonObject,
  now: Subscription,
  { thinBodyResets }: { readonly thinBodyResets: boolean },
): WantedSubscription | string {
  const missing: Partial<Subscription> = thinBodyResets ? {} : now;
  const id = member(body, 'id');
  const status = member(body, 'status') ?? now.status;
  const quantity = member(body, 'quantity') ?? now.quantity;
  const friendlyName = member(body, 'friendlyName') ?? now.friendlyName;
  const attributes = member(body, 'attributes');
  const etag = isObject(attributes) ? member(attributes, 'etag') : undefined;
  const nextTerm = member(body, 'scheduledNextTermInstructions') ?? missing.scheduledNextTermInstructions;
  const nextCharge = member(body, 'nextChargeInstructions') ?? missing.nextChargeInstructions;
  if (typeof status !== 'string') return 'status is not text';
  if (typeof quantity !== 'number' || !Number.isSafeInteger(quantity) || quantity < 1) return 'quantity is not valid';
  if (typeof friendlyName !== 'string') return 'friendlyName is not text';
  return {
    id: typeof id === 'string' ? id : undefined,
    etag: typeof etag === 'string' && etag !== '' ? etag : undefined,
    status: status.toLowerCase(),
    quantity,
    friendlyName,
    autoRenewEnabled: (member(body, 'autoRenewEnabled') ?? missing.autoRenewEnabled) === true,
    scheduledNextTermInstructions: isObject(nextTerm) ? nextTerm : undefined,
    nextChargeInstructions: isObject(nextCharge) ? nextCharge : undefined,
  };
}
