import type { RequestId, UserId } from '../../services/ids.ts';
import type { PersonRequests } from '../../services/requests/person-requests.ts';
import type { RequestRecord } from '../../services/requests/request.ts';
import type { RequestStore } from '../../services/requests/request-store.ts';

export interface OwnRequestsParts {
  readonly requests: Pick<RequestStore, 'read'>;
  readonly personRequests: Pick<PersonRequests, 'of'>;
  readonly askedOf: Pick<PersonRequests, 'of'>;
}

/** So many of a person's requests are looked through, the newest. */
export const MOST_OWN = 200;

/** What somebody has asked for, and what they were asked to decide and still has not ended long ago. */
export const createOwnRequests =
  ({ requests, personRequests, askedOf }: OwnRequestsParts) =>
  async (person: UserId): Promise<{ readonly records: readonly RequestRecord[]; readonly isCut: boolean }> => {
    const [own, asked] = await Promise.all([personRequests.of(person), askedOf.of(person)]);
    const ids: readonly RequestId[] = [...new Set([...own.slice(0, MOST_OWN), ...asked.slice(0, MOST_OWN)])];
    const records = await Promise.all(ids.map((id) => requests.read(id)));
    return {
      records: records.filter((record) => record !== undefined),
      isCut: own.length > MOST_OWN || asked.length > MOST_OWN,
    };
  };

export type OwnRequests = ReturnType<typeof createOwnRequests>;
