import type { AuditEvent } from '../audit/audit-chain.ts';
import { instant } from '../clock.ts';
import type { UserId } from '../ids.ts';
import type { ChasePolicy } from './deciding/chase-clock.ts';
import { canMove, type StateName } from './life.ts';
import { executorOf, type ExecuteAs } from './removing/executor.ts';
import type { RemovalRequest, RequestRecord } from './request.ts';
import type { Headline, OutboxItem, Slot } from './card-slots.ts';
import type { UndoPolicy } from './giving-back/undo-clock.ts';

/** How long what, in ms, and how many approvals: the operator's settings. */
export interface RequestPolicy {
  readonly approvalsRequired: number;
  /** From sending to the last approval. */
  readonly approvalTtlMs: number;
  /** From the last approval to the removal call. */
  readonly executionTtlMs: number;
  /** With whose token the removal call is made. */
  readonly executeAs: ExecuteAs;
  /** How long a draft may lie. */
  readonly draftTtlMs: number;
  readonly verifyEveryMs: number;
  /** How long an accepted removal may stay invisible before its outcome is called unknown. */
  readonly verifyForMs: number;
  /** When those who have not decided hear of it again. */
  readonly chase: ChasePolicy;
  /** When somebody is reminded of what a request that came to nothing has left suspended. */
  readonly undo: UndoPolicy;
}

/**
 * The request in another state. Its revision grows, so that buttons of cards from before are known as old.
 *
 * @throws {Error} for an edge that there is not: a mistake in a rule, and nothing is stored.
 */
export function moveTo(request: RemovalRequest, state: StateName, now: Date): RemovalRequest {
  if (!canMove(request.state, state)) throw new Error(`no request goes from ${request.state} to ${state}`);
  return { ...request, state, stateSince: instant(now), revision: request.revision + 1 };
}

/** The same without some of its optional members. */
export function without<T extends object, K extends keyof T>(value: T, ...keys: readonly K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key as K))) as Omit<T, K>;
}

/** Everybody who has, or had, an approver's card of their own: nobody before the request was sent, whomever it names. */
export function approverIds({
  sentAt,
  approvers,
  approvals,
  passed = [],
  alsoTold = [],
}: RemovalRequest): readonly UserId[] {
  if (sentAt === undefined) return [];
  const asked = [...approvers, ...approvals.map(({ by }) => by), ...passed.map(({ from }) => from)];
  return [...new Set([...asked.map(({ id }) => id), ...alsoTold])];
}

/** How a change is shown: a new message for whoever waits for it, an edited card for everybody else. */
export interface Audience {
  readonly requester: 'new' | 'edit';
  /** `approved`: new for those who have approved or carry it out, since what they decided takes another turn. */
  readonly approvers: 'new' | 'edit' | 'approved';
}

export function tell(
  request: RemovalRequest,
  { requester, approvers }: Audience,
  headline?: Headline,
): readonly OutboxItem[] {
  const approved = new Set([...request.approvals.map(({ by }) => by.id), executorOf(request).id]);
  const modeFor = (id: UserId): OutboxItem['mode'] =>
    approvers === 'approved' ? (approved.has(id) ? 'new' : 'edit') : approvers;
  const said = headline && { headline };
  return [
    { recipient: request.requester.id, slot: 'request', mode: requester, ...said },
    ...approverIds(request).map((recipient): OutboxItem => ({
      recipient,
      slot: 'approval',
      mode: modeFor(recipient),
      ...said,
    })),
    ...toldBesides(request).map((recipient): OutboxItem => ({ recipient, slot: 'escalation', mode: 'edit', ...said })),
  ];
}

/** Who was told that nobody decides, or that nobody knows what became of it, without having a part in it. */
export function toldBesides({ chased, stillUnknown }: RemovalRequest): readonly UserId[] {
  const { as, to } = chased?.escalated ?? {};
  const told = [...(as === 'told' && to ? [to] : []), ...(stillUnknown?.to ?? [])];
  return [...new Set(told.map(({ id }) => id))];
}

/** The one card that a draft has, if it was shown on any. */
export function cardsOfDraft({ request, steps }: Pick<RequestRecord, 'request' | 'steps'>): readonly OutboxItem[] {
  if (steps.length === 0 && request.form === undefined) return [];
  return [{ recipient: request.requester.id, slot: ownSlot(request), mode: 'edit' }];
}

/** The requester's card that says what a request has come to: that of the steps where it was never handed in. */
export const ownSlot = ({ form }: Pick<RemovalRequest, 'form'>): Extract<Slot, 'clearing' | 'request'> =>
  form === undefined ? 'clearing' : 'request';

/** The requester's card that shows steps: the readiness while it is a draft, later the card of the request. */
export const stepSlot = ({ state, form }: RemovalRequest): Slot =>
  state === 'draft' || form === undefined ? 'clearing' : 'request';

/** Edits of every card that shows how far the steps of a request are. */
export const stepCards = (request: RemovalRequest): readonly OutboxItem[] => [
  { recipient: request.requester.id, slot: stepSlot(request), mode: 'edit' },
  // Who approved a cancellation sees how far it is, as whoever asked does.
  ...(request.kind === 'cancellation' && request.state === 'executing'
    ? approverIds(request).map((recipient) => ({ recipient, slot: 'approval', mode: 'edit' }) as const)
    : []),
  ...(request.undo?.escalatedTo === undefined
    ? []
    : [{ recipient: request.undo.escalatedTo, slot: 'undo', mode: 'edit' } as const]),
];

export const byPerson = (id: UserId): AuditEvent['actor'] => `person:${id}`;
