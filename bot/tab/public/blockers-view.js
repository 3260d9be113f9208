import { barTable } from './chart.js';
import { button, make } from './dom.js';
import { customerParts, emptyPart, factOf, noteParts, timeOf } from './parts.js';
import { ask } from './service.js';
import { moment, number, say } from './words.js';

/** @import { BlockedCustomers, Blockers } from './types.d.ts' */
/** @import { Place } from './app.js' */

/**
 * What stands in the way at all customers that are watched, by kind.
 *
 * @param {Place} place
 */
export async function blockersView(place) {
  const { kinds, watched, notes, oldestLook } = /** @type {Blockers} */ (await ask('blockers'));
  return [
    make(
      'section',
      { class: 'panel' },
      make('h2', { text: say('blockers-title') }),
      make('p', { text: watched }),
      ...(kinds.length === 0
        ? [emptyPart(say('no-blockers'))]
        : [
            barTable({
              caption: say('by-kind'),
              heads: [say('kind'), say('customers'), say('purchases')],
              rows: kinds.map(({ key, label, customers, purchases }) => ({
                label,
                values: [customers, purchases],
                ...(key !== undefined && { open: () => place.show(() => customersView(place, key, label)) }),
              })),
            }),
          ]),
      ...noteParts(notes),
      ...(oldestLook === undefined
        ? []
        : [make('p', { class: 'faint', text: `${say('oldest-look')} ${moment(oldestLook)}` })]),
    ),
  ];
}

/**
 * The customers at which one kind stands in the way.
 *
 * @param {Place} place
 * @param {string} kind
 * @param {string} label
 */
async function customersView(place, kind, label) {
  const items = make('ul', { class: 'items' });
  const more = make('div', {});
  /** @param {string} [after] */
  const add = async (after) => {
    const { rows, next } = /** @type {BlockedCustomers} */ (await ask('blockers/customers', { kind, after }));
    items.append(
      ...rows.map(({ customer, purchases, lookedAt }) =>
        make(
          'li',
          { class: 'item' },
          ...customerParts(customer),
          make(
            'dl',
            { class: 'facts' },
            ...(purchases === undefined ? [] : [factOf(say('purchases'), number(purchases))]),
            factOf(say('looked-at'), timeOf(lookedAt)),
          ),
        ),
      ),
    );
    more.replaceChildren(...(next === undefined ? [] : [button(say('more'), () => void place.act(() => add(next)))]));
  };
  await add();
  return [
    button(say('back'), place.back, { class: 'button quiet back' }),
    make(
      'section',
      { class: 'panel' },
      make('h2', { text: label }),
      ...(items.childElementCount === 0 ? [emptyPart(say('none'))] : [items, more]),
    ),
  ];
}
