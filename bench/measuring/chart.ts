import { holds, shareOfGoal, type Row } from './row.ts';
import { aboutRun, type Result } from './result.ts';
import { amount, goalText } from './table.ts';

const [WIDTH, LABELS, VALUES] = [960, 470, 230];
const [TOP, LINE, BAR] = [64, 26, 14];
/** Bars are as long as the logarithm: from a thousandth of the goal to ten times as much. */
const [LEAST, MOST] = [0.001, 10];

const xOf = (share: number): number => {
  const bounded = Math.min(MOST, Math.max(LEAST, share));
  const part = Math.log(bounded / LEAST) / Math.log(MOST / LEAST);
  return LABELS + part * (WIDTH - LABELS - VALUES);
};
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** How far each number is from its goal, as a picture. What ends left of the line holds. */
export function chartOf(result: Result): string {
  const rows = result.rows.filter((row) => shareOfGoal(row) !== undefined);
  const height = TOP + rows.length * LINE + 16;
  const goal = xOf(1);
  const held = rows.filter((row) => holds(row) === true).length;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title desc" font-family="system-ui, sans-serif" font-size="13">
<title id="title">Performance beside its goals</title>
<desc id="desc">${escaped(`${held} of ${rows.length} numbers reach their goals. ${rows.map(sentence).join(' ')}`)}</desc>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<text x="16" y="24" font-size="15" font-weight="600" fill="#1f1f1f">How far each number is from its goal</text>
<text x="16" y="43" font-size="11" fill="#555555">${escaped(aboutRun(result))}</text>
<line x1="${goal}" y1="${TOP - 8}" x2="${goal}" y2="${height - 12}" stroke="#1f1f1f"/>
<text x="${goal}" y="${TOP - 12}" text-anchor="middle" font-size="11" fill="#1f1f1f">goal</text>
${rows.map(drawn).join('\n')}
</svg>
`;
}

const sentence = (row: Row): string =>
  `${row.what}: ${amount(row.ours, row.unit)}, goal ${goalText(row)}, ${holds(row) === true ? 'reached' : 'not reached'}.`;

function drawn(row: Row, n: number): string {
  const middle = TOP + n * LINE + LINE / 2;
  const isHeld = holds(row) === true;
  const length = xOf(shareOfGoal(row) ?? LEAST) - LABELS;
  const text = `${amount(row.ours, row.unit)} (${goalText(row)})${isHeld ? '' : ' ✗'}`;
  return [
    `<text x="${LABELS - 10}" y="${middle + 4}" text-anchor="end" fill="#1f1f1f">${escaped(shortened(row.what))}</text>`,
    `<rect x="${LABELS}" y="${middle - BAR / 2}" width="${Math.max(2, length).toFixed(1)}" height="${BAR}" rx="2" fill="${isHeld ? '#2e7d5b' : '#b3261e'}"/>`,
    `<text x="${WIDTH - VALUES + 12}" y="${middle + 4}" fill="#1f1f1f">${escaped(text)}</text>`,
  ].join('\n');
}

const shortened = (what: string): string => (what.length <= 68 ? what : `${what.slice(0, 67)}…`);
