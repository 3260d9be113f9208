import { DAY_MS, later, type Instant } from '../../clock.ts';
import { refOf, type PersonRef } from '../../people/person.ts';
import type { Change } from '../change.ts';
import type { Chasers } from '../deciding/chase-clock.ts';
import { approverIds, tell } from '../moves.ts';
import type { RemovalRequest, RequestRecord } from '../request.ts';
import type { OutboxItem } from '../card-slots.ts';

/** So long an outcome may be unknown before people hear of it again; from then on they do once in so long. */
const TELL_EVERY_MS = DAY_MS;

type Unknown = Pick<RemovalRequest, 'stateSince' | 'stillUnknown'>;

/** When people hear again that the outcome is unknown still. */
export const nextTellingAt = ({ stateSince, stillUnknown }: Unknown): Instant =>
  later(new Date(stateSince), TELL_EVERY_MS * ((stillUnknown?.told ?? 0) + 1));

/** The time is counted from the beginning; everybody who was told has a card still, whatever becomes of it. */
export const unknownAnew = ({ stillUnknown, ...request }: RemovalRequest): RemovalRequest => ({
  ...request,
  ...(stillUnknown?.to && { stillUnknown: { told: 0, to: stillUnknown.to } }),
});

/**
 * Nobody knows for a day, or another one, what became of it: whoever asked, whoever approved or carries it out, and
 * whoever is told of what nobody does anything about, each get a new message. The looking goes on meanwhile.
 */
export function tellStillUnknown(
  { request }: RequestRecord,
  now: Date,
  { roles, escalateTo }: Chasers,
): Change | undefined {
  if (request.state !== 'unknown') return undefined;
  if (now < new Date(nextTellingAt(request)))
    return { request, audit: [], work: { clock: { at: nextTellingAt(request) } } };
  const told = Math.floor((now.getTime() - Date.parse(request.stateSince)) / TELL_EVERY_MS);
  const isTheirs = ({ id }: PersonRef): boolean => escalateTo !== undefined && roles.isSamePerson(id, escalateTo.id);
  const isApprover = escalateTo !== undefined && approverIds(request).includes(escalateTo.id);
  const isBesides = escalateTo?.address !== undefined && !isApprover && !isTheirs(request.requester);
  const before = request.stillUnknown?.to ?? [];
  const isNewcomer = isBesides && before.every(({ id }) => id !== escalateTo.id);
  const to = isNewcomer ? [...before, refOf(escalateTo)] : before;
  const after = { ...request, stillUnknown: { told, ...(to.length > 0 && { to }) } };
  const slot = isApprover ? 'approval' : 'escalation';
  const outbox = tell(after, { requester: 'new', approvers: 'approved' }, 'still-unknown')
    .map((item): OutboxItem =>
      item.recipient === escalateTo?.id && item.slot === slot ? { ...item, mode: 'new' } : item,
    )
    .filter(({ mode }) => mode === 'new');
  return {
    request: after,
    audit: [
      {
        ...{ action: 'request.still-unknown', actor: 'bot', target: request.customer.id },
        detail: { to: outbox.map(({ recipient }) => recipient) },
      },
    ],
    outbox,
    work: { clock: { at: nextTellingAt(after) } },
  };
}
