import { button, draw, make } from './dom.js';
import { number } from './words.js';

/**
 * A table with a bar in each of its rows: whoever cannot see the bars has the numbers.
 *
 * @param {{ caption: string, heads: readonly string[], rows: readonly { label: string, tone?: string, values: readonly (number | undefined)[], open?: () => void }[] }} chart the bars show the first value; `open` leads from a row to what is counted in it
 */
export function barTable({ caption, heads, rows }) {
  const most = Math.max(1, ...rows.map(({ values }) => values[0] ?? 0));
  const [first = '', ...others] = heads;
  return make(
    'table',
    { class: 'bars' },
    make('caption', { text: caption }),
    make(
      'thead',
      {},
      make(
        'tr',
        {},
        make('th', { scope: 'col', text: first }),
        ...others.map((text, at) =>
          make('th', { scope: 'col', text, class: 'number', colspan: at === 0 ? '2' : undefined }),
        ),
      ),
    ),
    make(
      'tbody',
      {},
      ...rows.map(({ label, tone = 'running', values, open }) => {
        const [value = 0, ...rest] = values;
        return make(
          'tr',
          {},
          open === undefined
            ? make('th', { scope: 'row', text: label })
            : make('th', { scope: 'row' }, button(label, open, { class: 'button quiet' })),
          make('td', { class: 'bar-cell' }, bar(value / most, tone)),
          make('td', { class: 'number', text: number(value) }),
          ...rest.map((one) => make('td', { class: 'number', text: one === undefined ? '' : number(one) })),
        );
      }),
    ),
  );
}

/**
 * @param {number} share 0 to 1
 * @param {string} tone
 */
const bar = (share, tone) =>
  draw(
    'svg',
    { class: 'bar', 'aria-hidden': 'true', viewBox: '0 0 100 10', preserveAspectRatio: 'none' },
    draw('rect', { class: 'bar-ground', width: '100', height: '10' }),
    draw('rect', { class: `bar-fill ${tone}`, width: String(Math.max(1, share * 100)), height: '10' }),
  );
