import type { Clock } from '../clock.ts';
import { sameCase } from '../ids.ts';
import { PartnerCenterError, type ActAs, type PartnerCenter, type Reseller } from '../partner-center/partner-center.ts';
import { fold } from './fold.ts';
import { merged, type Index } from './customer-index.ts';
import { tenantIdIn } from './search.ts';

export type FoundResellers =
  | { readonly kind: 'read'; readonly resellers: readonly Reseller[]; readonly more: boolean }
  /** Partner Center did not say, or not yet; `error`: what it said instead. */
  | { readonly kind: 'unread'; readonly error?: PartnerCenterError };

export type ResellerCustomers =
  | { readonly kind: 'read'; readonly reseller: Reseller; readonly customers: Index }
  | { readonly kind: 'unread'; readonly error: PartnerCenterError }
  /** None of ours, or no longer. */
  | { readonly kind: 'unknown' };

/** The indirect resellers of an indirect provider, each asked for in the name of the person who looks. */
export interface Resellers {
  /** Resellers of which every word is any part of the name, or which have exactly this PartnerID; none for a tenant id. */
  matching(words: string, limit: number, actAs: ActAs): Promise<FoundResellers>;
  /** Everybody who buys through one of them, read now. */
  customersOf(resellerId: string, actAs: ActAs): Promise<ResellerCustomers>;
}

export interface ResellersParts {
  readonly partnerCenter: Pick<PartnerCenter, 'indirectResellers' | 'customersOfReseller'>;
  readonly clock: Clock;
  /** How long a list of resellers counts, in ms. */
  readonly keptMs: number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** A search waits for the list no longer than this; the reading goes on, and serves the next one. */
const LONGEST_WAIT_MS = 2_000;
/** Who has looked longest ago is forgotten first. */
const KEPT_LISTS = 200;

interface Kept {
  readonly list: Promise<readonly Reseller[]>;
  readonly askedAtMs: number;
}

/** What one person may see is kept for that person alone: Partner Center may show others something else. */
export function createResellers({ partnerCenter, clock, keptMs, sleep }: ResellersParts): Resellers {
  const kept = new Map<ActAs, Kept>();

  const listOf = (actAs: ActAs): Promise<readonly Reseller[]> => {
    const known = kept.get(actAs);
    const nowMs = clock().getTime();
    if (known !== undefined && nowMs - known.askedAtMs <= keptMs) return known.list;
    const list = partnerCenter.indirectResellers({ actAs });
    kept.delete(actAs);
    kept.set(actAs, { list, askedAtMs: nowMs });
    for (const [oldest] of kept) {
      if (kept.size <= KEPT_LISTS) break;
      kept.delete(oldest);
    }
    list.catch(() => {
      if (kept.get(actAs)?.list === list) kept.delete(actAs);
    });
    return list;
  };

  return {
    async matching(words, limit, actAs) {
      if (fold(words) === '' || tenantIdIn(words) !== undefined) return { kind: 'read', resellers: [], more: false };
      const list = await readOrError(Promise.race([listOf(actAs), sleep(LONGEST_WAIT_MS).then(() => undefined)]));
      if (list === undefined) return { kind: 'unread' };
      if (list instanceof PartnerCenterError) return { kind: 'unread', error: list };
      const found = list.filter((reseller) => isMeant(reseller, words)).sort(byName);
      return { kind: 'read', resellers: found.slice(0, limit), more: found.length > limit };
    },
    async customersOf(resellerId, actAs) {
      const list = await readOrError(listOf(actAs));
      if (list instanceof PartnerCenterError) return { kind: 'unread', error: list };
      const reseller = list.find(({ id }) => id === sameCase(resellerId));
      if (reseller === undefined) return { kind: 'unknown' };
      const customers = await readOrError(partnerCenter.customersOfReseller(reseller.id, { actAs }));
      if (customers instanceof PartnerCenterError) return { kind: 'unread', error: customers };
      // A list that changes while it is paged shows some twice.
      const each = [...new Map(customers.map((customer) => [customer.id, customer])).values()];
      return { kind: 'read', reseller, customers: merged([], each) };
    },
  };
}

const readOrError = <T>(reading: Promise<T>): Promise<T | PartnerCenterError> =>
  reading.catch((error: unknown) => {
    if (error instanceof PartnerCenterError) return error;
    throw error;
  });

function isMeant({ name, partnerId }: Reseller, words: string): boolean {
  const wanted = fold(words);
  const folded = fold(name);
  return wanted === partnerId?.trim() || wanted.split(' ').every((word) => folded.includes(word));
}

const collator = new Intl.Collator('en');
const byName = (a: Reseller, b: Reseller): number => collator.compare(fold(a.name), fold(b.name));
