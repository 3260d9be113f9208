import type { Line } from '../services/readiness/readiness.ts';
import type { TextKey } from './texts/en.ts';

/** The groups of the list, as they follow each other. */
export const GROUPS = ['blocks', 'may-block', 'to-know'] as const satisfies readonly Line['group'][];

/** What can be done about what stands in the way, in the order in which it is looked at. */
const THINGS_TO_DO = ['find-out', 'here', 'approved', 'elsewhere', 'wait'] as const;
type ThingToDo = (typeof THINGS_TO_DO)[number];

/** Lines about which the same has to be done. */
export interface Sort {
  /** Missing where there is one sort only, or nothing to do. Takes `count`. */
  readonly title?: TextKey;
  readonly lines: readonly Line[];
  /** How many there are of it, shown or not. */
  readonly count: number;
}

function thingToDo(line: Line): ThingToDo {
  if (line.kind !== 'holding') return 'find-out';
  switch (line.remedies[0]?.kind) {
    case 'suspend':
    case 'with-parent':
      return 'here';
    case 'cancel':
      return 'approved';
    case 'transfer':
    case 'elsewhere':
    case 'support':
      return 'elsewhere';
    case 'wait':
      return 'wait';
    case undefined:
      return 'find-out';
  }
}

/** As they are shown: what stands in the way first, and of it what is to be done about it in order. */
export const inOrder = (lines: readonly Line[]): readonly Line[] =>
  GROUPS.flatMap((name) => {
    const ofGroup = lines.filter(({ group }) => group === name);
    return name === 'blocks'
      ? THINGS_TO_DO.flatMap((thing) => ofGroup.filter((line) => thingToDo(line) === thing))
      : ofGroup;
  });

/** Lines of one group by what to do about them. @param all counts those that are not shown too. */
export function sorted(lines: readonly Line[], all: readonly Line[]): readonly Sort[] {
  if (lines[0]?.group !== 'blocks') return [{ lines, count: lines.length }];
  const blocking = all.filter(({ group }) => group === 'blocks');
  const isMixed = new Set(blocking.map(thingToDo)).size > 1;
  return THINGS_TO_DO.map((thing) => ({
    ...(isMixed && { title: `readiness.todo-${thing}` as const }),
    lines: lines.filter((line) => thingToDo(line) === thing),
    count: blocking.filter((line) => thingToDo(line) === thing).length,
  })).filter((sort) => sort.lines.length > 0);
}
