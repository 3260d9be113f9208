import { DAY_MS, later } from '../clock.ts';
import type { CustomerId, RequestId, UserId } from '../ids.ts';
import type { AllRequests } from '../requests/overview/all-requests.ts';
import { createChainTimes, type RecordIndex } from './chain-times.ts';
import { REQUEST_CHAINS } from './chains.ts';

import { isSearched, searchRecord, type RecordPlace, type SearchedRecord } from './search-record.ts';

/** What somebody looks for in the record; what is left out does not matter. Days are days of UTC, and `to` is the last one. */
export interface SoughtEntries {
  readonly request?: RequestId | undefined;
  readonly customer?: CustomerId | undefined;
  readonly person?: UserId | undefined;
  readonly anyId?: string | undefined;
  readonly action?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Searches a part of the record. What is recorded of it is recorded after it, and so is none of what it finds. */
export type RecordSearch = (
  sought: SoughtEntries,
  part?: { readonly after?: RecordPlace | undefined; readonly most?: number },
) => Promise<SearchedRecord>;

export interface RecordSearchParts {
  readonly store: RecordIndex;
  readonly all: Pick<AllRequests, 'look' | 'summaries'>;
}

/** Searches the record of a store that is at work. */
export function createRecordSearch({ store, all }: RecordSearchParts): RecordSearch {
  const times = createChainTimes(store);
  /** What is known to be of another customer need not be read; all else is looked at. */
  const mayHoldOf = async (customer: CustomerId): Promise<(chain: string) => boolean> => {
    await all.look();
    const others = new Set(
      all.summaries().flatMap((one) => (one.customer.id === customer ? [] : [`${REQUEST_CHAINS}:${one.id}`])),
    );
    return (chain) => !others.has(chain);
  };

  return async ({ request, customer, person, anyId, action, ...days }, { after, most } = {}) => {
    const mayHold = customer === undefined ? undefined : await mayHoldOf(customer);
    return searchRecord(
      { store, times, ...(mayHold && { mayHold }), ...(most !== undefined && { most }) },
      {
        ...(request !== undefined && { chain: `${REQUEST_CHAINS}:${request}` }),
        ...(customer !== undefined && { customer }),
        ...(person !== undefined && { person }),
        ...(anyId !== undefined && { anyId }),
        ...(action !== undefined && { action }),
        ...instantsOf(days),
      },
      after,
    );
  };
}

/** The first instant, and the one after the last. */
export const instantsOf = ({ from, to }: Pick<SoughtEntries, 'from' | 'to'>) => ({
  ...(from && { from: `${from}T00:00:00.000Z` }),
  ...(to && { before: later(new Date(`${to}T00:00:00.000Z`), DAY_MS) }),
});

const PLACE = /^(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)(?: (?<seq>\d{1,6}) (?<chain>\S+))?$/;

/** A place as it is given to whoever searches on. */
export const placeText = ({ at, entry }: RecordPlace): string =>
  entry === undefined ? at : `${at} ${entry.seq} ${entry.chain}`;

/** @returns `undefined` for what is no place, or none in what is searched. */
export function placeIn(text: string, request: RequestId | undefined): RecordPlace | undefined {
  const { at = '', seq, chain } = PLACE.exec(text)?.groups ?? {};
  if (Number.isNaN(Date.parse(at))) return undefined;
  if (chain === undefined) return { at };
  const isThere = request === undefined ? isSearched(chain) : chain === `${REQUEST_CHAINS}:${request}`;
  return isThere ? { at, entry: { chain, seq: Number(seq) } } : undefined;
}

/** The request whose chain it is, if it is one's. */
export function requestOfChain(chain: string): RequestId | undefined {
  const [kind, request] = chain.split(':');
  return kind === REQUEST_CHAINS ? request : undefined;
}
