import { barTable } from './chart.js';
import { button, make } from './dom.js';
import { emptyPart, noteParts, requestItem } from './parts.js';
import { ask } from './service.js';
import { monthName, say } from './words.js';

/** @import { RequestList } from './types.d.ts' */
/** @import { Place } from './app.js' */

const SHOWN = /** @type {const} */ (['open', 'waiting', 'ended']);

/** @type {Readonly<Record<string, string>>} */
const NONE = { open: 'none-open', waiting: 'none-waiting', ended: 'none-ended' };

/**
 * Requests by state, and a list of them.
 *
 * @param {Place} place
 * @param {{ show?: string, month?: string }} [chosen]
 */
export async function requestsView(place, { show = 'open', month = '' } = {}) {
  const list = await listOf(show, month);
  const { counts = [], months = [], notes } = list;
  const items = make('ul', { class: 'items' });
  const [more, empty] = [make('div', {}), make('div', {})];
  /** @param {RequestList} part */
  const add = ({ rows, next }) => {
    empty.replaceChildren(
      ...(items.childElementCount + rows.length === 0
        ? [emptyPart(say(noneOf(next, month === '' ? show : undefined)))]
        : []),
    );
    items.append(...rows.map((row) => requestItem(row, place.open)));
    more.replaceChildren(
      ...(next === undefined
        ? []
        : [button(say('more'), () => void place.act(async () => add(await listOf(show, month, next))))]),
    );
  };
  add(list);

  const filter = make(
    'div',
    { class: 'choices', role: 'group', 'aria-label': say('show') },
    ...SHOWN.map((one) =>
      button(say(`show-${one}`), () => place.go({ show: one }), {
        class: 'choice',
        'aria-pressed': String(month === '' && one === show),
      }),
    ),
    ...(months.length === 0 ? [] : [monthChoice(months, month, (chosen) => place.go({ show, month: chosen }))]),
  );
  return [
    ...(counts.length === 0
      ? []
      : [
          make(
            'section',
            { class: 'panel' },
            barTable({
              caption: say('by-state'),
              heads: [say('state'), say('requests')],
              rows: counts.map(({ label, tone, count }) => ({ label, tone, values: [count] })),
            }),
          ),
        ]),
    make(
      'section',
      { class: 'panel' },
      make('h2', { text: say('requests') }),
      filter,
      ...noteParts(notes),
      empty,
      ...(list.rows.length === 0 && list.next === undefined ? [] : [items, more]),
    ),
  ];
}

/**
 * @param {string} show
 * @param {string} month
 * @param {string} [after]
 * @returns {Promise<RequestList>}
 */
async function listOf(show, month, after) {
  if (month === '') return ask('requests', { show, after });
  const ofMonth = /** @type {Promise<RequestList>} */ (ask('requests/archived', { month, after }));
  if (after !== undefined) return ofMonth;
  const ofNow = /** @type {Promise<RequestList>} */ (ask('requests', { show }));
  const [archived, { months }] = await Promise.all([ofMonth, ofNow]);
  return { ...archived, ...(months && { months }) };
}

/**
 * @param {string | undefined} next
 * @param {string} [show] not of an archived month
 */
function noneOf(next, show) {
  if (next !== undefined) return 'none-so-far';
  return NONE[show ?? ''] ?? 'none';
}

/**
 * @param {readonly string[]} months
 * @param {string} month
 * @param {(month: string) => void} onChosen
 */
function monthChoice(months, month, onChosen) {
  const select = make(
    'select',
    {},
    make('option', { value: '', text: say('month-none') }),
    ...months.map((one) => make('option', { value: one, text: monthName(one) })),
  );
  select.value = month;
  select.addEventListener('change', () => onChosen(select.value));
  return make('label', { class: 'field' }, make('span', { text: say('month') }), select);
}
