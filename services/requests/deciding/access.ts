import { MINUTE_MS } from '../../clock.ts';
import type { CustomerId, NewId } from '../../ids.ts';
import { asPerson, PartnerCenterError, type ActAs, type PartnerCenter } from '../../partner-center/partner-center.ts';
import type { PersonRef } from '../../people/person.ts';
import { refusedCall, type RefusedCall } from '../removing/refused-call.ts';

/** A read of the customer that has succeeded: in whose name it was made, and the call to quote. */
export interface CustomerRead {
  readonly actAs: ActAs;
  readonly correlationId: string;
}

/** Why somebody cannot stand behind a removal at Partner Center. Nothing was decided. */
export type NoAccess =
  /** Their role there does not let them read the customer. */
  | 'no-access'
  /** We have no relationship with the customer, as far as they are told. */
  | 'no-relationship'
  /** Nobody can act in their name before they have signed in. */
  | 'sign-in'
  /** No answer that tells. */
  | 'unread';

export type Access =
  | ({ readonly kind: 'read' } & CustomerRead)
  | { readonly kind: 'barred'; readonly why: NoAccess; readonly refused: RefusedCall };

/** An approval is not to come into force long after the click. */
const READ_FOR_MS = MINUTE_MS;

export interface AccessParts {
  readonly partnerCenter: Pick<PartnerCenter, 'customer'>;
  readonly newId: NewId;
}

/**
 * Reads a customer in somebody's name, anew each time: that somebody has no role at Partner Center would otherwise be
 * found only when the removal is carried out.
 *
 * @see "Get a customer by ID"
 */
export async function readAs({ id }: PersonRef, customer: CustomerId, parts: AccessParts): Promise<Access> {
  const actAs = asPerson(id);
  const correlationId = parts.newId();
  try {
    const signal = AbortSignal.timeout(READ_FOR_MS);
    const options = { actAs, correlationId, signal, isForDecision: true };
    const { relationshipToPartner } = await parts.partnerCenter.customer(customer, options);
    if (relationshipToPartner.toLowerCase() !== 'none') return { kind: 'read', actAs, correlationId };
    const refused = { fault: 'refused', ids: { requestId: '', correlationId } };
    return { kind: 'barred', why: 'no-relationship', refused };
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    return { kind: 'barred', why: whyBarred(error), refused: refusedCall(error) };
  }
}

function whyBarred(error: PartnerCenterError): NoAccess {
  if (error.saysNoRelationship) return 'no-relationship';
  switch (error.fault) {
    case 'sign-in-needed':
    case 'unauthorised':
      return 'sign-in';
    case 'forbidden':
    case 'refused':
    case 'not-found':
      return 'no-access';
    case 'throttled':
    case 'unavailable':
    case 'malformed':
    case 'not-sent':
      return 'unread';
  }
}
