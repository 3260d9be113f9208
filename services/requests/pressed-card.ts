import type { PersonRef } from '../people/person.ts';
import type { Roles } from '../people/roles.ts';
import type { Slot } from './card-slots.ts';
import type { Change } from './change.ts';
import type { Click } from './deciding/deciding.ts';
import { isFinal } from './life.ts';
import type { RequestRecord } from './request.ts';

const SLOTS: readonly Slot[] = ['clearing', 'request', 'approval', 'undo', 'escalation'];

/**
 * What somebody's click changes, shown from then on by the message that was pressed: also where that is a card which
 * they had looked up. The card that showed it before says that it goes on on another one.
 */
export function shownWherePressed(
  change: Change,
  { request, shown }: Pick<RequestRecord, 'request' | 'shown'>,
  { person, messageId }: Pick<Click, 'person' | 'messageId'>,
): Change {
  const slot = change.outbox?.find(({ recipient }) => recipient === person.id)?.slot;
  if (messageId === undefined || slot === undefined) return change;
  // The card of a draft that was never handed in is its customer's.
  if (request.state === 'draft' && slot === 'clearing') return change;
  if (SLOTS.some((one) => shown(person.id, one)?.messageId === messageId)) return change;
  return { ...change, shown: [...(change.shown ?? []), { recipient: person.id, slot, messageId }] };
}

/** Where somebody was shown a request, and what of it. */
export interface ShownAt {
  readonly messageId: string;
  /** Whether it is the card itself, and no view that asks something or lists a part. */
  readonly isCard: boolean;
  /**
   * The request's revision that is seen there; left out before it is. What came to be seen later than it was drawn may have
   * come over a newer picture, of another process.
   */
  readonly seen?: number;
}

/**
 * A request that somebody has looked up is shown by that message from then on, as long as something can be done there
 * that ends with the request: so it is settled with it, and the card that showed it before says that it goes on there.
 * A picture that has grown old on its way is drawn anew.
 *
 * @returns `undefined` where it is known already, or has nothing that could grow old.
 */
export function shownWhereLookedUp(
  { request, shown }: Pick<RequestRecord, 'request' | 'shown'>,
  { id }: Pick<PersonRef, 'id'>,
  roles: Pick<Roles, 'isApprover'>,
  { messageId, isCard, seen }: ShownAt,
): Change | undefined {
  const slot = request.requester.id === id ? 'request' : roles.isApprover(id) ? 'approval' : undefined;
  // The card of a draft that was never handed in is its customer's.
  const isOwnCard = request.state !== 'draft' || request.form !== undefined;
  const isOld = seen !== undefined && seen !== request.revision;
  if (slot === undefined || (isFinal(request.state) && !isOld) || !isOwnCard) return undefined;
  const known: readonly Slot[] = [slot, 'undo', 'escalation'];
  const shows = known.find((one) => shown(id, one)?.messageId === messageId);
  if (shows !== undefined)
    return isOld ? { request, audit: [], outbox: [{ recipient: id, slot: shows, mode: 'edit' }] } : undefined;
  return {
    request,
    audit: [],
    shown: [{ recipient: id, slot, messageId }],
    ...((isCard || isOld) && { outbox: [{ recipient: id, slot, mode: 'edit' }] }),
  };
}
