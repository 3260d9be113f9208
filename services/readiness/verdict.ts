import type { Instant } from '../clock.ts';
import type { HoldingClass, HoldingLine, Line, Offer, Remedy, Verdict } from './readiness.ts';

/** What can be done from chat today, and taken back. */
const REVERSIBLE: ReadonlySet<Remedy['kind']> = new Set(['suspend', 'with-parent']);

/** Whether a line can be cleared from chat by whoever asks, without anybody's approval. */
const isClearedAlone = (line: Line): boolean =>
  line.kind === 'holding' && line.remedies.some(({ kind }) => REVERSIBLE.has(kind));
/** Whether nothing is done about a line itself: it goes with what it belongs to, which is a line of its own. */
const goesWithAnother = (line: Line): boolean =>
  line.kind === 'holding' && line.remedies.some(({ kind }) => kind === 'with-parent');
/** Whether a line can be cleared from chat at all. */
export const isClearedHere = (line: Line): boolean =>
  isClearedAlone(line) || (line.kind === 'holding' && line.remedies.some(({ kind }) => kind === 'cancel'));

/** Sums up what stands in the way. What could not be read comes first: whatever else is said would be a guess. */
export function verdictOf(lines: readonly Line[]): Verdict {
  const blockers = lines.filter(({ group }) => group === 'blocks');
  const sources = blockers.flatMap((line) => (line.kind === 'unread' ? [line.source] : []));
  if (sources.length > 0) return { kind: 'cannot-tell', sources: [...new Set(sources)] };

  const uncleared = blockers.filter((line) => !isClearedHere(line));
  if (uncleared.length > 0) return notBefore(uncleared) ?? { kind: 'elsewhere', count: uncleared.length };
  if (blockers.length === 0) return { kind: 'clear' };
  const cancellations = blockers.filter((line) => !isClearedAlone(line)).length;
  const { length: count } = blockers.filter((line) => !goesWithAnother(line));
  return { kind: 'clear-here', count, ...(cancellations > 0 && { cancellations }) };
}

/**
 * The first day on which everything can be out of the way: the latest of the earliest ways out. What can be
 * settled elsewhere holds nothing up, so without anything to wait for there is no such day; nor is there
 * one when something has no way out but support. A transfer takes others, and counts as no such day; whether one
 * would make it sooner is told.
 */
function notBefore(blockers: readonly Line[]): Verdict | undefined {
  const waits: (Extract<Remedy, { kind: 'wait' }> & { readonly canMove: boolean })[] = [];
  for (const line of blockers) {
    const remedies = line.kind === 'holding' ? line.remedies : [];
    if (remedies.some(({ kind }) => kind === 'elsewhere')) continue;
    const wait = remedies.find((remedy) => remedy.kind === 'wait');
    // Support named before the wait means that nobody knows whether waiting helps.
    if (wait === undefined || remedies[0]?.kind === 'support') return undefined;
    waits.push({ ...wait, canMove: remedies.some(({ kind }) => kind === 'transfer') });
  }
  const date = lastOf(waits);
  if (date === undefined) return undefined;
  const isSooner = lastOf(waits.filter(({ canMove }) => !canMove)) !== date;
  const billingEnds = waits.every((wait) => wait.billingEnds);
  return { kind: 'not-before', date, billingEnds, ...(isSooner && { orTransfer: true }) };
}

const lastOf = (waits: readonly { readonly until: Instant }[]): Instant | undefined =>
  waits
    .map(({ until }) => until)
    .sort()
    .at(-1);

const GROUPS: readonly Line['group'][] = ['blocks', 'may-block', 'to-know'];
const KINDS: readonly Line['kind'][] = [
  ...(['not-a-reseller', 'unread', 'holding', 'resellers', 'pending-order', 'transfer'] as const),
  ...(['delegated-admin', 'azure-roles', 'unread-note'] as const),
];
const CLASSES: readonly HoldingClass[] = [
  ...(['legacy-licence', 'legacy-add-on', 'legacy-azure', 'azure-plan'] as const),
  ...(['new-commerce-licence', 'new-commerce-trial', 'software-subscription', 'perpetual-software'] as const),
  ...(['marketplace', 'savings-plan', 'reservation', 'unknown'] as const),
];

/** What blocks comes first, and of that what can be cleared here; then by class and name. The same holdings always come in the same order. */
export const sortLines = (lines: readonly Line[]): readonly Line[] =>
  lines
    .map((line) => ({ line, key: sortKey(line) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ line }) => line);

/** As the lines they stand beside: by class and name. */
export const sortOffers = (offers: readonly Offer[]): readonly Offer[] =>
  offers
    .map((offer) => ({ offer, key: [...holdingKey(offer), offer.action].join('\u0000') }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ offer }) => offer);

const rank = (position: number): string => String(position).padStart(2, '0');

const sortKey = (line: Line): string =>
  [
    rank(GROUPS.indexOf(line.group)),
    isClearedHere(line) ? '0' : '1',
    rank(KINDS.indexOf(line.kind)),
    ...detailKey(line),
  ].join('\u0000');

function detailKey(line: Line): readonly string[] {
  switch (line.kind) {
    case 'holding':
      return holdingKey(line);
    case 'unread':
    case 'unread-note':
      return [line.source];
    case 'resellers':
    case 'delegated-admin':
      return line.names;
    case 'azure-roles':
      return [];
    case 'not-a-reseller':
      return [line.relationship];
    case 'pending-order':
    case 'transfer':
      return [line.holdingId];
  }
}

const holdingKey = (line: Pick<HoldingLine, 'class' | 'name' | 'holdingId'>): readonly string[] => [
  rank(CLASSES.indexOf(line.class)),
  line.name.toLowerCase(),
  line.holdingId,
];
