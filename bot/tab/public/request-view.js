import { button, make } from './dom.js';
import { entryItem } from './entries.js';
import { customerParts, factOf, stateBadge, timeOf, waitFacts } from './parts.js';
import { ask, download } from './service.js';
import { say } from './words.js';

/** @import { OneRequest } from './types.d.ts' */
/** @import { Place } from './app.js' */

/**
 * One request, from the first click to the receipt.
 *
 * @param {Place} place
 * @param {string} id
 */
export async function requestView(place, id) {
  const { customer, state, tone, since, facts, wait, entries, verdict, hasReceipt } = /** @type {OneRequest} */ (
    await ask('request', { id })
  );
  return [
    button(say('back'), place.back, { class: 'button quiet back' }),
    make(
      'section',
      { class: 'panel' },
      make('div', { class: 'item-top' }, make('div', {}, ...customerParts(customer, 'h2')), stateBadge(state, tone)),
      make(
        'dl',
        { class: 'facts' },
        ...(wait === undefined ? [factOf(say('since'), timeOf(since))] : waitFacts(wait)),
        ...facts.map(([label, value]) => factOf(label, value)),
      ),
      ...(hasReceipt
        ? [
            make(
              'div',
              { class: 'choices' },
              button(say('receipt'), () => void place.act(() => download(`receipt?id=${id}`))),
            ),
          ]
        : []),
    ),
    make(
      'section',
      { class: 'panel' },
      make('h2', { text: say('time-line') }),
      ...(verdict === undefined
        ? []
        : [make('p', { class: verdict.isWhole ? 'note good' : 'note attention', text: verdict.text })]),
      make('ol', { class: 'time-line' }, ...entries.map((entry) => entryItem(entry))),
      ...(verdict === undefined
        ? []
        : [exportButtons(place, id), make('p', { class: 'faint', text: say('export-recorded') })]),
    ),
  ];
}

/**
 * @param {Place} place
 * @param {string} request
 */
const exportButtons = (place, request) =>
  make(
    'div',
    { class: 'choices' },
    ...['csv', 'json'].map((format) =>
      button(say(`export-${format}`), () => void place.act(() => download('audit/export', { format, request }))),
    ),
  );
