import { button, make } from './dom.js';
import { ago, anyOf, moment, say } from './words.js';

/** @import { Customer, RequestRow, Wait } from './types.d.ts' */

/**
 * @param {Customer} customer
 * @param {'h3' | 'h2'} [level]
 */
export const customerParts = ({ name, domain, id }, level = 'h3') => [
  make(level, { class: 'customer', text: name }),
  ...(domain === '' || domain === name ? [] : [make('p', { class: 'faint', text: domain })]),
  ...(domain === '' && id !== name ? [make('p', { class: 'faint', text: id })] : []),
];

/**
 * @param {string} state
 * @param {string} tone
 */
export const stateBadge = (state, tone) => make('span', { class: `badge ${tone}`, text: state });

/** A moment, and how long ago it was. @param {string} instant */
export const timeOf = (instant) => make('time', { datetime: instant, title: moment(instant), text: ago(instant) });

/**
 * @param {string} label
 * @param {Node | string} value
 */
export const factOf = (label, value) =>
  make('div', { class: 'fact' }, make('dt', { text: label }), make('dd', {}, ...[value].map(asNode)));

/** @param {Node | string} value */
const asNode = (value) => (typeof value === 'string' ? document.createTextNode(value) : value);

/** What a request waits for. @param {Wait} wait */
export const waitFacts = ({ what, people, since, until }) => [
  factOf(say('waits-for'), people.length === 0 ? what : `${what}: ${anyOf(people)}`),
  factOf(say('since'), timeOf(since)),
  ...(until === undefined ? [] : [factOf(say('until'), moment(until))]),
];

/**
 * One request in a list.
 *
 * @param {RequestRow} row
 * @param {(id: string) => void} open
 */
export function requestItem(row, open) {
  const { id, customer, state, tone, requester, since, wait } = row;
  const show = button(say('time-line'), () => open(id), {
    'aria-label': `${say('time-line')}: ${customer.name}`,
    class: 'button quiet',
  });
  return make(
    'li',
    { class: 'item' },
    make('div', { class: 'item-top' }, make('div', {}, ...customerParts(customer)), stateBadge(state, tone)),
    make(
      'dl',
      { class: 'facts' },
      factOf(say('requester'), requester),
      ...(wait === undefined ? [factOf(say('since'), timeOf(since))] : waitFacts(wait)),
    ),
    show,
  );
}

/** @param {readonly string[]} [notes] */
export const noteParts = (notes = []) => notes.map((text) => make('p', { class: 'note', text }));

/** @param {string} text */
export const emptyPart = (text) => make('p', { class: 'empty', text });
