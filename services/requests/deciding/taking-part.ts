import type { AuditEvent } from '../../audit/audit-chain.ts';
import type { UserId } from '../../ids.ts';
import type { ActAs } from '../../partner-center/partner-center.ts';
import type { Change } from '../change.ts';
import { executorOf } from '../removing/executor.ts';
import type { RemovalRequest, RequestRecord } from '../request.ts';
import type { ClearingStep } from '../clearing/clearing-step.ts';

/** Entries of the record by which nobody takes part: a try that was refused, and the word of an auditor from outside. */
const FROM_OUTSIDE: ReadonlySet<AuditEvent['action']> = new Set(['refused', 'request.closed']);

/**
 * Keeps with the request, in the same commit, who takes part in it by a change: whoever has it made, whoever carries the
 * request out, and in whose name its steps are made, as far as the request does not name them itself. Nobody is taken off:
 * whose approval has dropped, who was to carry it out before, or has passed it on, has had a part.
 */
export function rememberingParts(before: RequestRecord | undefined, change: Change): Change {
  const { request, audit, steps = [] } = change;
  const named = taking(
    request,
    steps.map(({ step }) => step),
  );
  const acting = audit.filter(({ action }) => !FROM_OUTSIDE.has(action)).map(({ actor }) => actor);
  const others = new Set([...(before ? whoTookPart(before) : []), ...peopleIn(acting)]).difference(new Set(named));
  const { tookPart = [] } = request;
  return [...others].every((one) => tookPart.includes(one))
    ? change
    : { ...change, request: { ...request, tookPart: [...new Set([...tookPart, ...others])] } };
}

/** Everybody who has, or has had, a part in a request. */
export const whoTookPart = ({ request, steps }: Pick<RequestRecord, 'request' | 'steps'>): readonly UserId[] => [
  ...new Set([...(request.tookPart ?? []), ...taking(request, steps)]),
];

/** Those whom the request names itself, as it is. */
function taking(request: RemovalRequest, steps: readonly ClearingStep[]): readonly UserId[] {
  const { requester, approvals, declined, passed = [], removal } = request;
  return [
    requester.id,
    ...approvals.map(({ by }) => by.id),
    ...(declined ? [declined.by.id] : []),
    ...passed.map(({ by }) => by.id),
    executorOf(request).id,
    ...peopleIn([...(removal ? [removal.actAs] : []), ...steps.map(({ actAs }) => actAs)]),
  ];
}

const peopleIn = (actors: readonly (AuditEvent['actor'] | ActAs)[]): readonly UserId[] =>
  actors.filter((one) => one.startsWith(PERSON)).map((one) => one.slice(PERSON.length));
const PERSON = 'person:';
