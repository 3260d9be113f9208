import type { Refusals } from '../audit/refusals.ts';
import type { Clock } from '../clock.ts';
import type { RequestId } from '../ids.ts';
import { refOf, type PersonRef } from '../people/person.ts';
import type { Roles } from '../people/roles.ts';
import { readAs, type Access, type AccessParts } from './access.ts';
import type { Change } from './change.ts';
import { approve, decisionRefusal, type Click, type Decision, type DecisionRefusal } from './deciding.ts';
import { voidRequest } from './executing.ts';
import { executorOnceApproved } from './executor.ts';
import { byPerson, type RequestPolicy } from './moves.ts';
import type { RequestRecord } from './request.ts';
import { refuse, type Refused, type RequestStore } from './request-store.ts';

export interface ApprovingParts extends AccessParts {
  readonly requests: RequestStore;
  readonly roles: Roles;
  readonly policy: RequestPolicy;
  readonly clock: Clock;
  readonly refusals?: Pick<Refusals, 'admit'>;
  readonly decide: (
    id: RequestId,
    person: PersonRef,
    rule: (record: RequestRecord, now: Date) => Change | Refused<DecisionRefusal>,
  ) => Promise<Decision | undefined>;
  readonly refused: (id: RequestId, person: PersonRef, why: DecisionRefusal) => Promise<Decision | undefined>;
}

type Approving = (id: RequestId, click: Click & { readonly comment?: string }) => Promise<Decision | undefined>;

/**
 * Takes an approval, after a read at Partner Center in the name of whoever would carry the removal out. Nothing is
 * stored before the read has succeeded; then what the click was on has to be as it was.
 */
export function createApproving(parts: ApprovingParts): Approving {
  const { requests, roles, policy, clock } = parts;
  /** The same person's clicks that come while Partner Center is asked are one try. */
  const underWay = new Map<string, Promise<Access>>();

  const tried = async ({ request }: RequestRecord, person: PersonRef, executing: PersonRef): Promise<Access> => {
    const access = await readAs(executing, request.customer.id, parts);
    if (access.kind === 'read' || parts.refusals?.admit(person.id) === false) return access;
    const { status, code, fault, ids } = access.refused;
    const detail = { why: access.why, fault, status, code, correlationId: ids.correlationId };
    const event = { action: 'refused', actor: byPerson(person.id), target: request.customer.id, detail };
    await requests.change(request.id, (record) =>
      record ? { request: record.request, audit: [event] } : refuse('missing'),
    );
    return access;
  };

  const voided = (id: RequestId, click: Click): Promise<Decision | undefined> =>
    parts.decide(id, click.person, (record, now) => {
      const why = decisionRefusal(record.request, click, roles, now);
      return why === undefined ? voidRequest(record, now, 'no-longer-requester') : refuse(why);
    });

  return async (id, click) => {
    const { person } = click;
    const before = await requests.read(id);
    if (before === undefined) return undefined;
    // What would not count anyway is worth no call.
    const why = decisionRefusal(before.request, click, roles, clock());
    if (why !== undefined) return parts.refused(id, person, why);
    // The request is void whatever Partner Center says.
    if (!roles.isRequester(before.request.requester.id)) return voided(id, click);
    const executing = executorOnceApproved(before.request, refOf(person), policy.executeAs);
    const key = `${id} ${person.id}`;
    const trying = underWay.get(key) ?? tried(before, person, executing).finally(() => underWay.delete(key));
    underWay.set(key, trying);
    const access = await trying;
    if (access.kind === 'read')
      return parts.decide(id, person, (record, now) => approve(record, now, policy, roles, { ...click, read: access }));
    const record = await requests.read(id);
    const barred = { name: executing.name, refused: access.refused };
    return record && { kind: 'refused', why: access.why, record, barred };
  };
}
