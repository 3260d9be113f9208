import { instant, MINUTE_MS, type Clock } from '../clock.ts';
import type { CustomerId } from '../ids.ts';
import type { DelegatedAdmin } from '../partner-center/delegated-admin.ts';
import { createLanes, type Lanes } from '../partner-center/lanes.ts';
import {
  PartnerCenterError,
  type ActAs,
  type AzureEntitlement,
  type PartnerCenter,
} from '../partner-center/partner-center.ts';
import { assessRemoval, hasTransferable, plansToRead } from './assess.ts';
import type { Holdings, Source } from './holdings.ts';
import type { Readiness, ReadinessPolicy } from './readiness.ts';

export interface ReadinessReader {
  /**
   * Reads everything about a customer and judges it. Never fails for what Partner Center answers: a
   * source that cannot be read is said to be unread. Two callers who ask for the same at the same time
   * share one reading, unless one of them asks for a `fresh` one, which begins now.
   */
  read(customerId: CustomerId, actAs: ActAs, options?: { readonly fresh?: boolean }): Promise<Readiness>;
  /** The newest completed reading in this name, if it is not older than ten minutes: others may be shown more, or less. */
  latest(customerId: CustomerId, actAs: ActAs): Readiness | undefined;
  /** Something was changed: what was read before, or is being read, in whosever name, does not count any more. */
  forget(customerId: CustomerId): void;
}

export interface ReadinessReaderParts {
  readonly partnerCenter: PartnerCenter;
  readonly policy: ReadinessPolicy;
  readonly clock: Clock;
  /** Parallel calls for one customer. */
  readonly lanes: number;
  /** Left out where there is no Microsoft Graph to ask. */
  readonly delegatedAdmin?: DelegatedAdmin;
  /** Only indirect providers (not the default) have resellers to be asked for. */
  readonly hasResellers?: boolean;
}

const KEPT_MS = 10 * MINUTE_MS;
const KEPT_READINGS = 500;
/** What a reading is kept by: Partner Center does not show everybody the same. */
const keyOf = (customerId: CustomerId, actAs: ActAs): string => `${customerId} ${actAs}`;
const isOf = (key: string, customerId: CustomerId): boolean => key.startsWith(`${customerId} `);

interface Reading {
  readonly turn: number;
  readonly readiness: Readiness;
  readonly endedAtMs: number;
}

/** Reads readiness, and remembers the newest reading of each customer in each name for a short while. */
export function createReadinessReader(parts: ReadinessReaderParts): ReadinessReader {
  const { policy, clock } = parts;
  const lanes = createLanes(parts.lanes);
  const running = new Map<string, Promise<Readiness>>();
  const kept = new Map<string, Reading>();
  /** Readings begun up to this turn do not count any more. */
  const forgotten = new Map<CustomerId, number>();
  let turns = 0;
  let underWay = 0;

  const keep = (customerId: CustomerId, actAs: ActAs, reading: Reading): void => {
    const key = keyOf(customerId, actAs);
    const isOutdated = reading.turn <= (forgotten.get(customerId) ?? 0);
    if (isOutdated || reading.turn < (kept.get(key)?.turn ?? 0)) return;
    kept.delete(key);
    kept.set(key, reading);
    for (const [oldest] of kept) {
      if (kept.size <= KEPT_READINGS) break;
      kept.delete(oldest);
    }
  };

  const begin = async (customerId: CustomerId, actAs: ActAs): Promise<Readiness> => {
    const turn = ++turns;
    underWay++;
    try {
      const holdings = await readHoldings(parts, lanes, customerId, actAs);
      const readiness = assessRemoval(holdings, policy, clock());
      keep(customerId, actAs, { turn, readiness, endedAtMs: clock().getTime() });
      return readiness;
    } finally {
      if (--underWay === 0) forgotten.clear();
    }
  };

  return {
    read(customerId, actAs, { fresh = false } = {}) {
      const key = keyOf(customerId, actAs);
      const shared = running.get(key);
      if (shared !== undefined && !fresh) return shared;
      const reading = begin(customerId, actAs).finally(() => {
        if (running.get(key) === reading) running.delete(key);
      });
      running.set(key, reading);
      return reading;
    },
    latest(customerId, actAs) {
      const key = keyOf(customerId, actAs);
      const reading = kept.get(key);
      if (reading === undefined) return undefined;
      if (clock().getTime() - reading.endedAtMs <= KEPT_MS) return reading.readiness;
      kept.delete(key);
      return undefined;
    },
    forget(customerId) {
      forgotten.set(customerId, turns);
      for (const readings of [kept, running])
        for (const key of readings.keys()) if (isOf(key, customerId)) readings.delete(key);
    },
  };
}

/** All sources at once; only the Azure subscriptions have to wait until the Azure plans are known. */
async function readHoldings(
  { partnerCenter, clock, delegatedAdmin, hasResellers = false }: ReadinessReaderParts,
  lanes: Lanes,
  customerId: CustomerId,
  actAs: ActAs,
): Promise<Holdings> {
  const readAt = instant(clock());
  const options = { actAs };
  const ask = <T>(call: () => Promise<T>): Promise<Source<T>> => lanes(customerId, () => sourceOf(call));

  const subscriptions = ask(() => partnerCenter.subscriptions(customerId, options));
  const azure = subscriptions.then(async (source) => {
    const plans = source.kind === 'read' ? plansToRead(source.value) : [];
    return Promise.all(
      [...new Set(plans)].map(async (id): Promise<[string, Source<readonly AzureEntitlement[]>]> => [
        id,
        await ask(() => partnerCenter.azureEntitlements(customerId, id, options)),
      ]),
    );
  });
  const eligibility = subscriptions.then((source) =>
    source.kind === 'read' && hasTransferable(source.value)
      ? ask(() => partnerCenter.transferEligibility(customerId, options))
      : undefined,
  );
  const [customer, entitlements, orders, transfers, gdap, resellers, read, azureEntitlements, transferEligibility] =
    await Promise.all([
      ask(() => partnerCenter.customer(customerId, options)),
      ask(() => partnerCenter.entitlements(customerId, options)),
      ask(() => partnerCenter.orders(customerId, options)),
      ask(() => partnerCenter.transfers(customerId, options)),
      delegatedAdmin && sourceOf(() => delegatedAdmin.relationships(customerId, options)),
      hasResellers ? ask(() => partnerCenter.resellers(customerId, options)) : undefined,
      subscriptions,
      azure,
      eligibility,
    ]);
  return {
    customerId,
    readAt,
    customer,
    subscriptions: read,
    entitlements,
    azureEntitlements: new Map(azureEntitlements),
    orders,
    transfers,
    ...(transferEligibility && { transferEligibility }),
    ...(gdap && { delegatedAdmin: gdap }),
    ...(resellers && { resellers }),
  };
}

async function sourceOf<T>(call: () => Promise<T>): Promise<Source<T>> {
  try {
    return { kind: 'read', value: await call() };
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    const { fault, ids, status, code, retryAfterMs } = error;
    return {
      ...{ kind: 'unread', fault, ids },
      ...(status !== undefined && { status }),
      ...(code !== undefined && { code }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
  }
}
