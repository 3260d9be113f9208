import { holds, ratioOf, type Goal, type Row, type Unit } from './row.ts';
import { round } from './histogram.ts';

export const amount = (value: number, unit: Unit): string => {
  const digits = value.toLocaleString('en-GB', { maximumSignificantDigits: 3 });
  if (unit === '') return digits;
  return unit === '/s' ? `${digits}/s` : `${digits} ${unit}`;
};

export const goalText = ({ goal, unit, floor }: Row): string => {
  if (goal === undefined) return '';
  const sign = goal.at === 'most' ? '≤' : '≥';
  const value = amount(goal.value, goal.of === 'ours' ? unit : '×');
  return `${sign} ${value}${ofWhat(goal, floor !== undefined)}`;
};
const ofWhat = ({ of }: Goal, hasFloor: boolean): string => (of === 'faster' && hasFloor ? ' faster' : '');

export const ratioText = (row: Row): string => {
  const ratio = ratioOf(row);
  if (ratio === undefined) return '';
  return row.goal?.of === 'faster' ? `1/${round(1 / ratio)}` : String(round(ratio));
};

const holdsText = (row: Row): string => {
  const answer = holds(row);
  return answer === undefined ? '' : answer ? 'yes' : 'NO';
};

export const HEADINGS = ['what', 'ours', 'beside it', '', 'ratio', 'goal', 'holds'] as const;

/** One line a row, as people read it. */
export const cellsOf = (row: Row): readonly string[] => [
  row.what,
  amount(row.ours, row.unit),
  row.floor?.what ?? '',
  row.floor === undefined ? '' : amount(row.floor.value, row.unit),
  ratioText(row),
  goalText(row),
  holdsText(row),
];

/** The table for a terminal; below each row whatever else was seen. */
export function printed(rows: readonly Row[]): string {
  const lines = [HEADINGS, ...rows.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const details = ({ details: seen }: Row): string[] => {
    const all = Object.entries(seen).map(([name, value]) => `${name} ${value.toLocaleString('en-GB')}`);
    return all.length === 0 ? [] : [`    ${all.join(' · ')}`];
  };
  return [line(HEADINGS), ...rows.flatMap((row) => [line(cellsOf(row)), ...details(row)])].join('\n');
}
