import { z } from 'zod';
import type { SourceName } from '../readiness/holdings.ts';
import type { HoldingClass, Line } from '../readiness/readiness.ts';
import { sourcesOf } from '../readiness/sources-of.ts';

/** What stood in the way: its id, its name, and what kind of purchase it is, which earlier versions did not keep. */
export const Blocker = z.object({
  id: z.string(),
  /** Foreign text. */
  name: z.string(),
  kind: z.custom<HoldingClass>((value) => typeof value === 'string').exactOptional(),
});
export type Blocker = z.output<typeof Blocker>;

export const blockersOf = (lines: readonly Line[]): readonly Blocker[] =>
  lines.flatMap((line) =>
    line.kind === 'holding' && line.group === 'blocks'
      ? [{ id: line.holdingId, name: line.name, kind: line.class }]
      : [],
  );

/** What a look knows from the one before it. */
interface Before {
  readonly blockers: readonly Blocker[];
  readonly unread: readonly SourceName[];
  /** What no look has read yet; what the one before has not, where that is not known. */
  readonly neverRead?: readonly SourceName[];
}

interface Now extends Pick<Before, 'unread'> {
  readonly lines: readonly Line[];
  /** What stands in the way, of these lines. */
  readonly found: readonly Blocker[];
}

/**
 * What stood in the way before and is not found now. It is cleared where everything was read that it can come from;
 * else it is carried over, since it may be there all the same. What only may stand in the way now is neither.
 * What is found and was not known is new, where it can only come from what was read before.
 */
export function comparedWith(
  before: Before | undefined,
  { lines, found, unread }: Now,
): { readonly carried: readonly Blocker[]; readonly cleared: readonly Blocker[]; readonly added: readonly Blocker[] } {
  if (before === undefined) return { carried: [], cleared: [], added: [] };
  const known = new Set(before.blockers.map(({ id }) => id));
  const isFound = new Set(found.map(({ id }) => id));
  const mayBlock = new Set(
    lines.flatMap((line) => (line.kind === 'holding' && line.group === 'may-block' ? [line.holdingId] : [])),
  );
  const isFoundOtherwise = (one: Blocker): boolean =>
    isSoftware(one) && found.some((other) => isSoftware(other) && (!known.has(other.id) || isOf(one, before.unread)));
  const missing = before.blockers.filter(({ id }) => !isFound.has(id));
  const neverRead = before.neverRead ?? before.unread;
  const mayBeKnown = (one: Blocker): boolean => {
    if (isSoftware(one)) return missing.some(isSoftware) || isOf(one, [...before.unread, ...unread]);
    // What may come from anywhere has come from what was read now.
    if (one.kind === 'unknown') return neverRead.some((source) => !unread.includes(source));
    return isOf(one, [...neverRead, ...unread]);
  };
  return {
    carried: missing.filter((one) => isOf(one, unread)),
    cleared: missing.filter((one) => !isOf(one, unread) && !mayBlock.has(one.id) && !isFoundOtherwise(one)),
    added: found.filter((one) => !known.has(one.id) && !mayBeKnown(one)),
  };
}

/**
 * What is known once somebody has read in their own name what looks cannot: of that, what they have found; the rest stays
 * as looks have found it.
 *
 * @param beyondLooks what looks have not read for want of a sign-in.
 */
export function withOwnReading(
  known: readonly Blocker[],
  lines: readonly Line[],
  beyondLooks: readonly SourceName[],
): readonly Blocker[] {
  const isTheirs = (one: Blocker): boolean => isOf(one, beyondLooks);
  const found = blockersOf(lines).filter(isTheirs);
  const unread = lines.flatMap((line) => (line.kind === 'unread' ? [line.source] : []));
  const { carried } = comparedWith({ blockers: known.filter(isTheirs), unread: [] }, { lines, found, unread });
  return [...known.filter((one) => !isTheirs(one)), ...carried, ...found];
}

const isOf = ({ kind }: Blocker, sources: readonly SourceName[]): boolean =>
  sourcesOf(kind).some((source) => sources.includes(source));

/** One purchase of it has one id as a subscription and another as an entitlement: it may go by the one and come by the other. */
const isSoftware = ({ kind }: Blocker): boolean => kind === 'software-subscription' || kind === 'perpetual-software';
