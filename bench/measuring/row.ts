/** One line of the table: what was measured, beside what bounds it and what is to be reached. */
export interface Row {
  /** Stays the same from run to run. */
  readonly id: string;
  readonly what: string;
  readonly unit: Unit;
  readonly ours: number;
  /** The least, or the most, that is possible with what it is built on; or how others do the same. */
  readonly floor?: { readonly what: string; readonly value: number };
  readonly goal?: Goal;
  /** Whatever else was seen, by name. */
  readonly details: Readonly<Record<string, number>>;
}

export type Unit = 'ms' | 's' | '/s' | 'MB' | '×' | '';

/** Of the value itself, or of it divided by the floor; `faster`: the floor divided by it. */
export interface Goal {
  readonly of: 'ours' | 'ratio' | 'faster';
  readonly at: 'most' | 'least';
  readonly value: number;
}

export const ratioOf = ({ ours, floor }: Row): number | undefined => floor && ours / floor.value;

/** What the goal is about, as it was measured. @returns `undefined` where nothing was to be reached. */
function measured(row: Row): number | undefined {
  const { goal, floor, ours } = row;
  if (goal === undefined) return undefined;
  const value = goal.of === 'ours' ? ours : goal.of === 'ratio' ? ratioOf(row) : floor && floor.value / ours;
  if (value === undefined) throw new Error(`"${row.id}" has no floor`);
  return value;
}

/** @returns `undefined` where nothing was to be reached. */
export function holds(row: Row): boolean | undefined {
  const { goal } = row;
  const value = measured(row);
  if (goal === undefined || value === undefined) return undefined;
  return goal.at === 'most' ? value <= goal.value : value >= goal.value;
}

/** How much of what the goal allows is used up: 1 is just enough. @returns `undefined` where nothing, or nothing at all, is allowed. */
export function shareOfGoal(row: Row): number | undefined {
  const { goal } = row;
  const value = measured(row);
  if (goal === undefined || value === undefined || goal.value === 0) return undefined;
  return goal.at === 'most' ? value / goal.value : goal.value / value;
}
