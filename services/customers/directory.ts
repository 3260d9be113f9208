import { setTimeout as delay } from 'node:timers/promises';
import { instant, MINUTE_MS, SECOND_MS, type Clock, type Instant } from '../clock.ts';
import { sameCase, type CustomerId } from '../ids.ts';
import type { ActAs, Customer, PartnerCenter } from '../partner-center/partner-center.ts';
import { customerPages } from './customer-pages.ts';
import { merged, type Index } from './customer-index.ts';
import { searchIndex, tenantIdIn, type Found } from './search.ts';

export type DirectoryState =
  /** For the first time; `known` customers are there already. */
  | { readonly kind: 'loading'; readonly known: number }
  /** Complete as of `at`, the moment the loading of that list began. */
  | { readonly kind: 'ready'; readonly known: number; readonly at: Instant }
  /** Was never complete, and the last try failed; another one follows. */
  | { readonly kind: 'failed'; readonly known: number; readonly error: Error };

export interface DirectoryAnswer extends Found {
  /** `false` until the list was read to its end once: whoever is not found may still be there. */
  readonly complete: boolean;
}

export interface Directory {
  /** Begins to load, and to refresh from then on. */
  start(): void;
  stop(): void;
  state(): DirectoryState;
  search(words: string, limit: number): DirectoryAnswer;
  /** Customers in the order of their names. */
  page(offset: number, size: number): readonly Customer[];
  byId(id: CustomerId): Customer | undefined;
  /** Drops a customer at once, and keeps it dropped while Partner Center's list may still name it. */
  removed(id: CustomerId): void;
}

export interface DirectoryParts {
  readonly partnerCenter: Pick<PartnerCenter, 'customers'>;
  readonly clock: Clock;
  readonly actAs: ActAs;
  /** From the end of one loading to the beginning of the next. */
  readonly refreshMs: number;
  /** Customers a page (500). */
  readonly pageSize?: number;
  /** How pauses are waited (by the machine's clock, without keeping the process alive). */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** How long a removed customer may still be in Partner Center's list; it is minutes, by all accounts. */
const STALE_MS = 10 * MINUTE_MS;
/** Pauses after the first, second … failure in a row; the last one repeats. */
const RETRY_MS = [1, 2, 5, 15, 30, 60].map((seconds) => seconds * SECOND_MS);

const machineSleep = (ms: number, signal: AbortSignal): Promise<void> => delay(ms, undefined, { signal, ref: false });

/**
 * The partner's customers, kept in memory so that a name is found while it is being typed: the service
 * itself finds beginnings only. A list once complete is served until a newer one is complete.
 */
export function createDirectory(parts: DirectoryParts): Directory {
  const { clock, refreshMs, pageSize = 500, sleep = machineSleep } = parts;
  let index: Index = [];
  let byId = new Map<CustomerId, Customer>();
  let completeSince: Instant | undefined;
  let failure: Error | undefined;
  let stopping: AbortController | undefined;
  const dropped = new Map<CustomerId, number>();

  const isDropped = (id: CustomerId): boolean => (dropped.get(id) ?? 0) > clock().getTime();
  const known = (id: CustomerId): Customer | undefined =>
    isDropped(sameCase(id)) ? undefined : byId.get(sameCase(id));
  const find = (words: string, limit: number): Found => {
    const id = tenantIdIn(words);
    if (id === undefined) return searchIndex(index, words, limit);
    const customer = known(id);
    return { matches: customer === undefined ? [] : [customer], more: false };
  };
  const serve = (next: Index, read: Map<CustomerId, Customer>): void => {
    index = dropped.size === 0 ? next : next.filter(({ customer }) => !isDropped(customer.id));
    byId = read;
  };

  const load = async (signal: AbortSignal): Promise<void> => {
    const at = instant(clock());
    const read = new Map<CustomerId, Customer>();
    let next: Index = [];
    for await (const page of customerPages(parts.partnerCenter, pageSize, { actAs: parts.actAs, signal })) {
      if (signal.aborted) return;
      const news = newAmong(page, read);
      for (const customer of news) read.set(customer.id, customer);
      next = merged(next, news);
      if (completeSince === undefined && next.length > index.length) serve(next, read);
    }
    if (signal.aborted) return;
    serve(next, read);
    completeSince = at;
  };

  const keepLoading = async (signal: AbortSignal): Promise<void> => {
    for (let failures = 0; !signal.aborted;) {
      try {
        await load(signal);
        [failures, failure] = [0, undefined];
      } catch (error) {
        failures++;
        failure = error instanceof Error ? error : new Error('the list could not be read', { cause: error });
      }
      const retryMs = RETRY_MS[Math.min(failures, RETRY_MS.length) - 1];
      await sleep(retryMs === undefined ? refreshMs : Math.min(retryMs, refreshMs), signal).catch(() => undefined);
    }
  };

  return {
    start() {
      if (stopping !== undefined) return;
      stopping = new AbortController();
      void keepLoading(stopping.signal);
    },
    stop() {
      stopping?.abort();
      stopping = undefined;
    },
    state() {
      const known = index.length;
      if (completeSince !== undefined) return { kind: 'ready', known, at: completeSince };
      return failure === undefined ? { kind: 'loading', known } : { kind: 'failed', known, error: failure };
    },
    search: (words, limit) => ({ ...find(words, limit), complete: completeSince !== undefined }),
    page: (offset, size) => index.slice(offset, offset + size).map(({ customer }) => customer),
    byId: known,
    removed(id) {
      const now = clock().getTime();
      for (const [other, until] of dropped) if (until <= now) dropped.delete(other);
      dropped.set(sameCase(id), now + STALE_MS);
      index = index.filter(({ customer }) => customer.id !== sameCase(id));
    },
  };
}

/** Customers of a page that were not on an earlier one: a list that changes while it is paged shows some twice. */
function newAmong(page: readonly Customer[], known: ReadonlyMap<CustomerId, Customer>): readonly Customer[] {
  return [...new Map(page.map((customer) => [customer.id, customer])).values()].filter(({ id }) => !known.has(id));
}
