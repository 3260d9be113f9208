import type { UserId } from '../../ids.ts';
import type { Roles } from '../../people/roles.ts';
import { isFinal } from '../life.ts';
import type { PersonRequests } from '../person-requests.ts';
import type { RequestRecord } from '../request.ts';
import type { RequestStore } from '../request-store.ts';
import { mayDecide } from '../who-may.ts';

export interface WaitingForDecisionParts {
  readonly requests: Pick<RequestStore, 'read'>;
  readonly asked: PersonRequests;
  readonly roles: Roles;
}

/** More than anybody is asked at the same time; what lies behind them shows once these have ended. */
const MOST_LOOKED_AT = 200;
/** As many as one commit takes for certain. */
const MOST_FORGOTTEN = 50;

/** @returns what waits for a person's decision, who was asked for it and has not decided; what was asked last comes first. */
export function createWaitingForDecision({ requests, asked, roles }: WaitingForDecisionParts) {
  return async (person: UserId): Promise<readonly RequestRecord[]> => {
    const ids = (await asked.of(person)).slice(0, MOST_LOOKED_AT);
    const records = (await Promise.all(ids.map((id) => requests.read(id)))).filter((record) => record !== undefined);
    const over = records.filter(({ request }) => isFinal(request.state)).map(({ request }) => request.id);
    if (over.length > 0) await asked.forget(person, over.slice(0, MOST_FORGOTTEN));
    return records.filter(({ request }) => {
      const hasDecided = request.approvals.some(({ by }) => roles.isSamePerson(by.id, person));
      return request.state === 'pending' && !hasDecided && mayDecide(request, { id: person }, roles) === undefined;
    });
  };
}
