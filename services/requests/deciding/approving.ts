import type { AuditEvent } from '../../audit/audit-chain.ts';
import type { Refusals } from '../../audit/refusals.ts';
import type { Clock } from '../../clock.ts';
import type { RequestId } from '../../ids.ts';
import { asPerson, type PartnerCenter } from '../../partner-center/partner-center.ts';
import type { TokenSource } from '../../partner-center/token-source.ts';
import { refOf, type PersonRef } from '../../people/person.ts';
import type { Roles } from '../../people/roles.ts';
import { isGone } from '../../readiness/relationship.ts';
import { readAs, type Access, type AccessParts, type CustomerRead } from './access.ts';
import { barsCarryingOut, carryOut } from '../removing/carrying-out.ts';
import type { Change } from '../change.ts';
import { customerGone } from '../removing/customer-gone.ts';
import { approve, decisionRefusal, type Click, type Decision, type DecisionRefusal } from './deciding.ts';
import { voidRequest } from '../removing/executing.ts';
import { executorOnceApproved } from '../removing/executor.ts';
import { canMove } from '../life.ts';
import { byPerson, type RequestPolicy } from '../moves.ts';
import type { RemovalRequest, RequestRecord } from '../request.ts';
import { refuse, type Refused, type RequestStore } from '../request-store.ts';
import { goOnSending } from '../sending/waiting-to-send.ts';

export interface ApprovingParts extends AccessParts {
  readonly partnerCenter: PartnerCenter;
  readonly requests: RequestStore;
  readonly tokens: Pick<TokenSource, 'canActAs'>;
  readonly roles: Roles;
  readonly policy: RequestPolicy;
  readonly clock: Clock;
  readonly refusals?: Pick<Refusals, 'admit'>;
  readonly decide: (
    id: RequestId,
    click: Pick<Click, 'person' | 'messageId'>,
    rule: (record: RequestRecord, now: Date) => Change | Refused<DecisionRefusal>,
  ) => Promise<Decision | undefined>;
  readonly refused: (id: RequestId, person: PersonRef, why: DecisionRefusal) => Promise<Decision | undefined>;
}

/** What counts only after the customer was read. */
interface AfterReading {
  /** Why it would not count anyway, so that it is worth no call. */
  readonly barred: (request: RemovalRequest, now: Date) => DecisionRefusal | undefined;
  /** In whose name the customer is read; `undefined`: it is read when they act themselves. */
  readonly executing: (request: RemovalRequest) => PersonRef | undefined;
  readonly rule: (record: RequestRecord, now: Date, read?: CustomerRead) => Change | Refused<DecisionRefusal>;
}

/** Decisions that count only after a read at Partner Center, which may take as long as a minute. */
export interface Approving {
  approve(id: RequestId, click: Click & { readonly comment?: string }): Promise<Decision | undefined>;
  /** *Remove now*, *Sign in and remove*, and *Sign in and send*. */
  carryOut(id: RequestId, click: Click): Promise<Decision | undefined>;
}

/**
 * Takes an approval, or somebody's word to carry it out, after a read at Partner Center in the name of whoever carries the
 * removal out. Nothing is stored before the read has succeeded; then what the click was on has to be as it was.
 */
export function createApproving(parts: ApprovingParts): Approving {
  const { requests, partnerCenter, roles, policy, clock, tokens } = parts;
  /** The same person's clicks that come while Partner Center is asked are one try. */
  const underWay = new Map<string, Promise<Access>>();

  const tried = async ({ request }: RequestRecord, person: PersonRef, executing: PersonRef): Promise<Access> => {
    const access = await readAs(executing, request.customer.id, parts);
    if (access.kind === 'read' || parts.refusals?.admit(person.id) === false) return access;
    // What may have been carried out already is seen to be so.
    if (access.why === 'no-relationship' && request.removal !== undefined) return access;
    const { status, code, fault, ids } = access.refused;
    const detail = { why: access.why, fault, status, code, correlationId: ids.correlationId };
    const event: AuditEvent = { action: 'refused', actor: byPerson(person.id), target: request.customer.id, detail };
    await requests.change(request.id, (record) =>
      record ? { request: record.request, audit: [event] } : refuse('missing'),
    );
    return access;
  };

  /** Whether the relationship has ended by somebody else's doing, so that there is nothing to be decided any more. */
  const isNobodys = async ({ customer, removal, state }: RemovalRequest, { id }: PersonRef): Promise<boolean> =>
    removal === undefined &&
    canMove(state, 'void') &&
    (await isGone(partnerCenter, customer, { actAs: asPerson(id) })).kind === 'gone';

  const voided = (id: RequestId, click: Click): Promise<Decision | undefined> =>
    parts.decide(id, click, (record, now) => {
      const why = decisionRefusal(record.request, click, roles, now);
      return why === undefined ? voidRequest(record, now, 'no-longer-requester') : refuse(why);
    });

  const afterReading = async (
    id: RequestId,
    click: Click,
    { barred, executing, rule }: AfterReading,
  ): Promise<Decision | undefined> => {
    const { person } = click;
    const before = await requests.read(id);
    if (before === undefined) return undefined;
    const why = barred(before.request, clock());
    if (why !== undefined) return parts.refused(id, person, why);
    const reader = executing(before.request);
    if (reader === undefined) return parts.decide(id, click, rule);
    const key = `${id} ${person.id}`;
    const trying = underWay.get(key) ?? tried(before, person, reader).finally(() => underWay.delete(key));
    underWay.set(key, trying);
    const access = await trying;
    const read = readOf(access, before.request, reader);
    if (read !== undefined) return parts.decide(id, click, (record, now) => rule(record, now, read));
    if (access.kind === 'read') throw new Error('a read that has succeeded bars nobody');
    if (access.why === 'no-relationship' && (await isNobodys(before.request, reader)))
      return parts.decide(id, click, (record, now) => {
        const bars = barred(record.request, now);
        return bars === undefined ? customerGone(record, now) : refuse(bars);
      });
    const record = await requests.read(id);
    return (
      record && { kind: 'refused', why: access.why, record, barred: { name: reader.name, refused: access.refused } }
    );
  };

  return {
    async approve(id, click) {
      const before = await requests.read(id);
      // The request is void whatever Partner Center says.
      if (before !== undefined && !roles.isRequester(before.request.requester.id)) return voided(id, click);
      return afterReading(id, click, {
        barred: (request, now) => decisionRefusal(request, click, roles, now),
        executing(request) {
          const executor = executorOnceApproved(request, refOf(click.person), policy.executeAs);
          // Who asked acts themselves once it is approved, and is not here now.
          return executor.id === click.person.id || tokens.canActAs(asPerson(executor.id)) ? executor : undefined;
        },
        rule: (record, now, read) => approve(record, now, policy, roles, { ...click, ...(read && { read }) }),
      });
    },
    async carryOut(id, click) {
      // Everything is read before it is sent, whatever could be read now.
      if ((await requests.read(id))?.request.state === 'draft')
        return parts.decide(id, click, (record, now) => goOnSending(record, now, roles, click));
      return afterReading(id, click, {
        barred: (request, now) => barsCarryingOut(request, now, roles, click),
        executing: () => refOf(click.person),
        rule: (record, now, read) => (read ? carryOut(record, now, roles, { ...click, read }) : refuse('unread')),
      });
    },
  };
}

/** A customer that may be gone by the request's own call is answered as nobody's. */
function readOf(access: Access, { removal }: RemovalRequest, { id }: PersonRef): CustomerRead | undefined {
  if (access.kind === 'read') return { actAs: access.actAs, correlationId: access.correlationId };
  if (access.why !== 'no-relationship' || removal === undefined) return undefined;
  return { actAs: asPerson(id), correlationId: access.refused.ids.correlationId };
}
