import type { Clock } from '../../clock.ts';
import { asPerson, type PartnerCenter } from '../../partner-center/partner-center.ts';
import type { TokenSource } from '../../partner-center/token-source.ts';
import type { Roles } from '../../people/roles.ts';
import type { ReadinessReader } from '../../readiness/reader.ts';
import { actingOn, signInWanted } from '../removing/acting.ts';
import type { Change } from '../change.ts';
import { customerGone, isCustomerGone } from '../removing/customer-gone.ts';
import type { RequestPolicy } from '../moves.ts';
import { notSentFor, onItsDay, peopleHaveChanged, planFor } from './planning.ts';
import type { RemovalDays } from './removal-days.ts';
import type { RemovalRequest, RequestRecord } from '../request.ts';
import { refuse, type RequestStore } from '../request-store.ts';
import type { Claim } from '../../storage/claim.ts';
import { sendAfterReading } from './sending.ts';
import type { RefusedCall } from '../removing/refused-call.ts';
import { sending, waitToSend } from './waiting-to-send.ts';

export interface SendingRunnerParts {
  readonly requests: RequestStore;
  readonly reader: ReadinessReader;
  readonly partnerCenter: PartnerCenter;
  readonly policy: RequestPolicy;
  readonly removalDays: Pick<RemovalDays, 'take'>;
  readonly roles: Roles;
  readonly tokens: Pick<TokenSource, 'canActAs'>;
  readonly clock: Clock;
}

/** Drafts that were dropped in between are looked behind, so many of them. */
const MOST_BEFORE = 10;

/**
 * Sends a request that was handed in, once everything was read again. A removal takes a place on the day on which it is
 * sent; where today's are taken, it is planned for the first day that has one, and all of this is done again then. It is
 * read in the requester's name: where nobody can act in that, they have to sign in first.
 */
export function createSendingRunner(parts: SendingRunnerParts) {
  const { requests, reader, partnerCenter, policy, removalDays, roles, tokens, clock } = parts;
  /** The newest request before it that had been approved and is void; drafts that were dropped in between do not matter. */
  const voidBefore = async ({ kind, previous }: RemovalRequest): Promise<RemovalRequest | undefined> => {
    let id = previous;
    for (let steps = 0; id !== undefined && steps < MOST_BEFORE; steps++) {
      const before: RemovalRequest | undefined = (await requests.read(id))?.request;
      if (before?.kind !== kind) return undefined;
      if (before.plan !== undefined) return before.state === 'void' && before.approvals.length > 0 ? before : undefined;
      id = before.previous;
    }
    return undefined;
  };

  return async (record: RequestRecord, claim: Claim): Promise<unknown> => {
    const { request } = record;
    if (!isBeingSent(record)) return undefined;
    const { id, customer, requester } = request;
    const change = (decide: (record: RequestRecord, now: Date) => Change): Promise<unknown> =>
      requests.change(
        id,
        (stored, now) =>
          stored !== undefined && isBeingSent(stored)
            ? onItsDay(stored, now, policy, decide(unhindered(stored), now))
            : refuse('overtaken'),
        claim,
      );

    const wait = (refused?: RefusedCall): Promise<unknown> =>
      requests.change(
        id,
        (stored, now) =>
          stored !== undefined && isBeingSent(stored) ? waitToSend(stored, now, policy, refused) : refuse('overtaken'),
        claim,
      );

    const barred = peopleHaveChanged(request, roles);
    if (barred !== undefined) return change((stored, now) => notSentFor(stored, now, barred));
    if (!actingOn(request, tokens).canAct) return wait();
    const readiness = await reader.read(customer.id, asPerson(requester.id), { fresh: true });
    const signInFirst = signInWanted(readiness.lines);
    if (signInFirst !== undefined) return wait(signInFirst);
    if (await isCustomerGone(readiness, request, partnerCenter)) return change(customerGone);
    const before = await voidBefore(request);
    const send = (stored: RequestRecord, now: Date): Change => sendAfterReading(stored, now, policy, readiness, before);
    // What cannot be sent takes nobody's place.
    const takesPlace = request.kind === 'removal' && send(record, clock()).request.state === 'pending';
    const place = takesPlace ? await removalDays.take(id) : undefined;
    if (place === undefined || place.isToday) return change(send);
    return requests.change(
      id,
      (stored) =>
        stored !== undefined && isBeingSent(stored) ? planFor(unhindered(stored), place) : refuse('overtaken'),
      claim,
    );
  };
}

export type SendingRunner = ReturnType<typeof createSendingRunner>;

const isBeingSent = ({ request: { state, sendingSince } }: RequestRecord): boolean =>
  state === 'draft' && sendingSince !== undefined;

/** Whoever was waited for has come. */
const unhindered = (record: RequestRecord): RequestRecord => ({ ...record, request: sending(record.request) });
