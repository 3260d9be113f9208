import type { RequestId, UserId } from '../../ids.ts';
import type { Roles } from '../../people/roles.ts';
import { isFinal } from '../life.ts';
import type { PersonRequests } from '../person-requests.ts';
import type { RequestRecord } from '../request.ts';
import type { RequestStore } from '../request-store.ts';
import { waitsForApprover } from '../overview/waits-for.ts';

export interface WaitingForDecisionParts {
  readonly requests: Pick<RequestStore, 'read'>;
  readonly asked: PersonRequests;
  readonly roles: Roles;
  /** What is being carried out: it may wait for a sign-in of somebody who was asked nothing. None, where it is left out. */
  readonly running?: () => Promise<readonly RequestId[]>;
}

/** More than anybody is asked at the same time; what lies behind them shows once these have ended. */
const MOST_LOOKED_AT = 200;
/** As many as one commit takes for certain. */
const MOST_FORGOTTEN = 50;

/**
 * @returns what waits for an approver, who was asked for it: their decision, or their sign-in to carry it out; what was asked
 * last comes first.
 */
export function createWaitingForDecision({ requests, asked, roles, running }: WaitingForDecisionParts) {
  return async (person: UserId): Promise<readonly RequestRecord[]> => {
    const ids = (await asked.of(person)).slice(0, MOST_LOOKED_AT);
    const records = (await Promise.all(ids.map((id) => requests.read(id)))).filter((record) => record !== undefined);
    const over = records.filter(({ request }) => isFinal(request.state)).map(({ request }) => request.id);
    if (over.length > 0) await asked.forget(person, over.slice(0, MOST_FORGOTTEN));
    const others = new Set(await running?.()).difference(new Set(ids));
    const carriedOut = await Promise.all([...others].map((id) => requests.read(id)));
    return [...records, ...carriedOut.filter((record) => record !== undefined)].filter((record) =>
      waitsForApprover(record, person, roles),
    );
  };
}
