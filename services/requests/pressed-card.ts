import type { Slot } from './card-slots.ts';
import type { Change } from './change.ts';
import type { Click } from './deciding/deciding.ts';
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
