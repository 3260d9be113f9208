import { setTimeout as delay } from 'node:timers/promises';
import type { CustomerId, HoldingId } from '../../ids.ts';
import type { CallOptions, PartnerCenter, Subscription } from '../../partner-center/partner-center.ts';

/** So many who wait at the same time are answered from one reading of the list. */
const MANY = 4;
/** While there are many, the next ones are waited for so long. */
const GATHERING_MS = 100;

export interface Look {
  readonly subscription: Subscription;
  /** Whether it was the list that said so, which may lag behind. */
  readonly isOfList: boolean;
}

/** How subscriptions stand, for many steps of one customer at the same time. */
export interface SharedLooks {
  /**
   * Reads a subscription newly: no reading that had begun before it was asked for counts.
   *
   * @throws {PartnerCenterError}
   */
  see(customerId: CustomerId, holdingId: HoldingId, options: CallOptions): Promise<Look>;
}

interface Waiting {
  readonly holdingId: HoldingId;
  readonly seen: (look: Look) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * While a customer is being read for one step others come together, and are read for at once: few by themselves, many by
 * the list. So 200 suspensions cost some dozens of readings and not 400, of the 500 calls a minute that there are for a customer.
 *
 * @see "API throttling guidance"
 */
export function createSharedLooks(partnerCenter: Pick<PartnerCenter, 'subscription' | 'subscriptions'>): SharedLooks {
  /** By customer and in whose name: Partner Center does not show everybody the same. */
  const queues = new Map<string, Waiting[]>();

  const alone = async (customerId: CustomerId, holdingId: HoldingId, options: CallOptions): Promise<Look> => ({
    subscription: await partnerCenter.subscription(customerId, holdingId, options),
    isOfList: false,
  });

  const answer = async (customerId: CustomerId, options: CallOptions, all: readonly Waiting[]): Promise<void> => {
    const listed =
      all.length < MANY
        ? new Map<HoldingId, Subscription>()
        : new Map((await partnerCenter.subscriptions(customerId, options)).map((one) => [one.id, one]));
    await Promise.all(
      all.map(async ({ holdingId, seen, failed }) => {
        const subscription = listed.get(holdingId);
        // What a list lacks may be there all the same.
        if (subscription !== undefined) seen({ subscription, isOfList: true });
        else await alone(customerId, holdingId, options).then(seen, failed);
      }),
    );
  };

  const work = async (key: string, customerId: CustomerId, options: CallOptions, queue: Waiting[]): Promise<void> => {
    while (queue.length > 0) {
      const all = queue.splice(0);
      const areMany = all.length >= MANY;
      await answer(customerId, options, all).catch((error: unknown) => {
        for (const { failed } of all) failed(error);
      });
      if (areMany) await delay(GATHERING_MS);
    }
    queues.delete(key);
  };

  return {
    see: (customerId, holdingId, options) =>
      new Promise((seen, failed) => {
        const key = `${customerId} ${options.actAs}`;
        const queue = queues.get(key);
        const waiting = { holdingId, seen, failed };
        if (queue !== undefined) {
          queue.push(waiting);
          return;
        }
        const begun = [waiting];
        queues.set(key, begun);
        void work(key, customerId, { actAs: options.actAs }, begun);
      }),
  };
}
