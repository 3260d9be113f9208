import type { RequestId, UserId } from '../../services/ids.ts';
import type { NotedRequest, PersonRequests } from '../../services/requests/person-requests.ts';
import type { RequestRecord } from '../../services/requests/request.ts';
import type { RequestStore } from '../../services/requests/request-store.ts';

export interface OwnRequestsParts {
  readonly requests: Pick<RequestStore, 'read'>;
  readonly personRequests: Pick<PersonRequests, 'notedOf'>;
  readonly askedOf: Pick<PersonRequests, 'notedOf'>;
}

/** `isAsked`: for a decision, by somebody else. */
export type OwnNoted = NotedRequest & { readonly isAsked: boolean };

/** What of somebody's requests is asked for. */
export interface OwnWanted {
  readonly isWanted: (record: RequestRecord) => boolean;
  /** What cannot be wanted, as is known without reading it. */
  readonly mayBe?: (noted: OwnNoted) => boolean;
  /** The place after which to go on. */
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface OwnPage {
  readonly records: readonly RequestRecord[];
  /** Given as `after` to go on, and missing at the end. There may be a next part though this one is empty. */
  readonly next?: string;
}

/** What somebody has asked for, and what they were asked to decide and still has not ended long ago, as one list. */
export interface OwnRequests {
  page(wanted: OwnWanted): Promise<OwnPage>;
}

/** So many requests are read for one part of a list, however few of them are wanted. */
const MOST_READ = 100;
const FEWEST_AT_A_TIME = 10;

/**
 * Lists somebody's requests, those that came to them last first. What is noted with the person tells which they are, and of most
 * that have ended that they have; only what a part may show is read, and nothing twice in one look.
 */
export const createOwnRequests =
  ({ requests, personRequests, askedOf }: OwnRequestsParts) =>
  async (person: UserId): Promise<OwnRequests> => {
    const [own, asked] = await Promise.all([personRequests.notedOf(person), askedOf.notedOf(person)]);
    const all: readonly OwnNoted[] = [
      ...asked.map((one) => ({ ...one, isAsked: true })),
      ...own.map((one) => ({ ...one, isAsked: false })),
    ];
    const noted = [...new Map(all.map((one) => [one.id, one])).values()].sort(newestFirst);
    const known = new Map<RequestId, Promise<RequestRecord | undefined>>();
    const read = (id: RequestId): Promise<RequestRecord | undefined> => {
      const reading = known.get(id) ?? requests.read(id);
      known.set(id, reading);
      return reading;
    };
    const readAll = async (some: readonly NotedRequest[]): Promise<readonly (readonly [string, RequestRecord])[]> =>
      (await Promise.all(some.map(async (one) => [placeOf(one), await read(one.id)] as const))).flatMap(
        ([place, record]) => (record === undefined ? [] : [[place, record] as const]),
      );

    return {
      async page({ isWanted, mayBe = () => true, after, limit }) {
        const left = noted.filter((one) => (after === undefined || placeOf(one) < after) && mayBe(one));
        const found: (readonly [place: string, RequestRecord])[] = [];
        let looked = 0;
        while (found.length < limit && looked < Math.min(left.length, MOST_READ)) {
          const some = Math.min(Math.max(limit - found.length, FEWEST_AT_A_TIME), MOST_READ - looked);
          const records = await readAll(left.slice(looked, looked + some));
          found.push(...records.filter(([, record]) => isWanted(record)));
          looked = Math.min(left.length, looked + some);
        }
        const shown = found.slice(0, limit);
        const last = left[looked - 1];
        const next =
          found.length > limit ? shown.at(-1)?.[0] : looked < left.length && last ? placeOf(last) : undefined;
        return { records: shown.map(([, record]) => record), ...(next !== undefined && { next }) };
      },
    };
  };

const placeOf = ({ at, id }: NotedRequest): string => `${at} ${id}`;

const newestFirst = (a: NotedRequest, b: NotedRequest): number => (placeOf(a) < placeOf(b) ? 1 : -1);

export type OwnRequestsOf = ReturnType<typeof createOwnRequests>;
