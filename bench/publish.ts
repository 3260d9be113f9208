import { readFileSync, writeFileSync } from 'node:fs';
import { chartOf } from './measuring/chart.ts';
import { aboutRun, type Result } from './measuring/result.ts';
import { markdown } from './measuring/table.ts';

const PAGE = 'docs/performance.md';
const PICTURE = 'docs/images/performance.svg';
const [BEGIN, END] = ['<!-- numbers: begin -->', '<!-- numbers: end -->'];

/** The page with these numbers in the place of those it has. */
export function withNumbers(page: string, result: Result): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error('the page has no place for numbers');
  const numbers = `${aboutRun(result)}\n\n![How far each number is from its goal](images/performance.svg)\n\n${markdown(result.rows)}`;
  return `${page.slice(0, from)}${BEGIN}\n\n${numbers}\n\n${page.slice(to)}`;
}

/** Puts what was measured on its page. */
export function publish(result: Result): void {
  writeFileSync(PAGE, withNumbers(readFileSync(PAGE, 'utf8'), result));
  writeFileSync(PICTURE, chartOf(result));
}
