import type { Line } from './readiness.ts';

/** What is known of a customer besides what stands in the way, in short. */
export interface Besides {
  /** How many things may stand in the way, and how many are only to be known. */
  readonly mayBlock: number;
  readonly toKnow: number;
  /** The one of them that matters most. */
  readonly first: Line;
}

/** What is only to be known, by how much it matters to whoever asks: what costs money, what is on its way, what is unknown. */
const KINDS: readonly Line['kind'][] = [
  ...(['transfer', 'pending-order', 'unread-note', 'resellers', 'delegated-admin', 'azure-roles', 'holding'] as const),
];

/** Sums up what does not stand in the way, an open transfer first of all; `undefined` where there is nothing of it. */
export function besidesOf(lines: readonly Line[]): Besides | undefined {
  const mayBlock = lines.filter(({ group }) => group === 'may-block');
  const toKnow = lines.filter(({ group }) => group === 'to-know');
  // It should be over before the removal.
  const open = toKnow.filter(({ kind }) => kind === 'transfer');
  const [first] = [...open, ...mayBlock, ...toKnow.toSorted((one, other) => rankOf(one) - rankOf(other))];
  return first === undefined ? undefined : { mayBlock: mayBlock.length, toKnow: toKnow.length, first };
}

const rankOf = (line: Line): number =>
  line.kind === 'holding' && line.billedUntil !== undefined ? -1 : KINDS.indexOf(line.kind);
