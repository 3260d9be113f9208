import type { Instant } from '../../clock.ts';
import type { Line } from '../../readiness/readiness.ts';
import type { EndingDelegatedAdmin, NotEnded } from '../delegated-admin/ending-relationships.ts';
import type { RequestRecord, Ticked } from '../request.ts';
import { dataDeletion, type DataDeletion } from './data-deletion.ts';

/** What a removal can leave open. */
export type PointName =
  /** Granular delegated admin relationships that nobody asked to end. */
  | 'delegated-admin'
  /** It could not be read whether there are any. */
  | 'delegated-admin-unread'
  /** They were to be ended, and are not. */
  | 'delegated-admin-left'
  /** They came after the approval. */
  | 'delegated-admin-later'
  | 'azure-roles'
  /** Orders that may become subscriptions after it. */
  | 'pending-orders'
  /** Transfers to another partner that nobody had accepted. */
  | 'transfers'
  /** Terms that run, and are billed to their ends. */
  | 'charges'
  /** What is suspended, whose data is deleted. */
  | 'suspended';

/** One thing that stays open, as it was read and approved. */
export type OpenPoint = Found & {
  /** Whether it is a person's turn; until then the bot is at it itself, or nobody can do anything about it. */
  readonly isToTick: boolean;
  /** Only to be known: nothing can be done about it. */
  readonly isToKnow: boolean;
  /** Who has seen to it. */
  readonly ticked?: Ticked;
};

type Found =
  | { readonly name: 'delegated-admin' | 'delegated-admin-unread' | 'azure-roles'; readonly line: Line }
  /** Of relationships. Foreign text. */
  | { readonly name: 'delegated-admin-left' | 'delegated-admin-later'; readonly names: readonly string[] }
  | { readonly name: 'pending-orders'; readonly orders: readonly PendingOrder[] }
  | { readonly name: 'transfers'; readonly transfers: readonly OpenTransfer[] }
  | { readonly name: 'charges'; readonly terms: readonly RunningTerm[] }
  | { readonly name: 'suspended'; readonly deletion?: DataDeletion };

export interface RunningTerm {
  /** Foreign text. */
  readonly name: string;
  readonly until: Instant;
}

/** As it was read when the removal was asked for. */
export type PendingOrder = Extract<Line, { readonly kind: 'pending-order' }>;

/** As it was read when the removal was asked for. */
export type OpenTransfer = Extract<Line, { readonly kind: 'transfer' }>;

/** What runs its course, whatever anybody does. */
const TO_KNOW: ReadonlySet<PointName> = new Set<PointName>(['charges', 'suspended']);

/** What stays open of a removal that is done, and nothing that does not concern this customer. Nothing before that. */
export function openPointsOf(record: Pick<RequestRecord, 'request' | 'steps'>): readonly OpenPoint[] {
  const { request } = record;
  if (request.kind !== 'removal' || request.state !== 'done') return [];
  return found(record).map((point) => {
    const isToKnow = TO_KNOW.has(point.name);
    const isToTick = !isToKnow && (point.name !== 'delegated-admin-left' || isPersonsTurn(request.delegatedAdmin));
    // Earlier versions had what is only to be known ticked too.
    const ticked = isToKnow ? undefined : request.ticked?.find((one) => one.point === point.name);
    return { ...point, isToTick, isToKnow, ...(ticked && { ticked }) };
  });
}

function found({ request, steps }: Pick<RequestRecord, 'request' | 'steps'>): readonly Found[] {
  const { plan, delegatedAdmin, removal, stateSince } = request;
  const lines = plan?.lines ?? [];
  const isToBeEnded = plan?.delegatedAdmin !== undefined;
  const left = (delegatedAdmin?.relationships ?? []).filter(({ state }) => state !== 'done').map(({ name }) => name);
  const later = delegatedAdmin?.later ?? [];
  const isAnySuspended =
    steps.some(({ action, state }) => action === 'suspend' && state === 'done') ||
    (plan?.inactive ?? []).some(({ status }) => status === 'suspended');
  const deletion = dataDeletion({ request, steps });
  const orders = lines.filter((line) => line.kind === 'pending-order');
  const transfers = lines.filter((line) => line.kind === 'transfer');
  const terms = runningTerms(lines, removal?.goneAt ?? stateSince);
  return [
    ...(left.length === 0 ? [] : [{ name: 'delegated-admin-left' as const, names: left }]),
    ...(later.length === 0 ? [] : [{ name: 'delegated-admin-later' as const, names: later }]),
    ...lines.flatMap((line) => (isToBeEnded ? [] : delegatedAdminIn(line))),
    ...lines.flatMap((line) => (line.kind === 'azure-roles' ? [{ name: 'azure-roles' as const, line }] : [])),
    ...(orders.length === 0 ? [] : [{ name: 'pending-orders' as const, orders }]),
    ...(transfers.length === 0 ? [] : [{ name: 'transfers' as const, transfers }]),
    ...(terms.length === 0 ? [] : [{ name: 'charges' as const, terms }]),
    ...(isAnySuspended ? [{ name: 'suspended' as const, ...(deletion && { deletion }) }] : []),
  ];
}

function delegatedAdminIn(line: Line): readonly Found[] {
  if (line.kind === 'delegated-admin') return [{ name: 'delegated-admin', line }];
  const isUnread = line.kind === 'unread-note' && line.source === 'delegated-admin';
  return isUnread ? [{ name: 'delegated-admin-unread', line }] : [];
}

/** What was billed beyond the removal, as it was read before it. */
const runningTerms = (lines: readonly Line[], gone: Instant): readonly RunningTerm[] =>
  lines.flatMap((line) =>
    line.kind === 'holding' && line.billedUntil !== undefined && line.billedUntil > gone
      ? [{ name: line.name, until: line.billedUntil }]
      : [],
  );

/** With these something has to be done by a person, however long it is still tried. */
const BY_HAND: ReadonlySet<NotEnded | undefined> = new Set<NotEnded>([
  ...(['sign-in', 'role-missing', 'restored', 'no-longer-allowed'] as const),
]);

/** Whether somebody has to end delegated administration by hand, as far as it is known by now. */
function isPersonsTurn(ending: EndingDelegatedAdmin | undefined): boolean {
  if (ending === undefined) return false;
  const open = ending.relationships.filter(({ state }) => state !== 'done');
  return open.some(({ why }) => ending.endedAt !== undefined || BY_HAND.has(why));
}
