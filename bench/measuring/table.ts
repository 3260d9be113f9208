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
export function printed(rows: readonly Row[], { withDetails = true } = {}): string {
  const lines = [HEADINGS, ...rows.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const details = (row: Row): string[] =>
    withDetails ? Array.from(inLines(detailsOf(row), 110), (some) => `    ${some}`) : [];
  return [line(HEADINGS), ...rows.flatMap((row) => [line(cellsOf(row)), ...details(row)])].join('\n');
}

const detailsOf = ({ details }: Row): readonly string[] =>
  Object.entries(details).map(([name, value]) => `${name} ${value.toLocaleString('en-GB')}`);

/** As many beside each other as fit. */
function* inLines(texts: readonly string[], width: number): Generator<string> {
  let line = '';
  for (const text of texts) {
    if (line !== '' && line.length + text.length > width) {
      yield line;
      line = '';
    }
    line = line === '' ? text : `${line} · ${text}`;
  }
  if (line !== '') yield line;
}

/** The table for a page, and below it whatever else was seen. */
export function markdown(rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const details = rows.flatMap((row) => {
    const seen = detailsOf(row);
    return seen.length === 0 ? [] : [`- ${row.what}: ${seen.join(' · ')}`];
  });
  return [
    line(HEADINGS),
    line(HEADINGS.map(() => '---')),
    ...rows.map((row) => line(cellsOf(row))),
    '',
    ...details,
  ].join('\n');
}
