import { barTable } from './chart.js';
import { make } from './dom.js';
import { emptyPart, noteParts, requestItem } from './parts.js';
import { ask } from './service.js';
import { say } from './words.js';

/** @import { Waiting } from './types.d.ts' */
/** @import { Place } from './app.js' */

/**
 * What waits for whom, and since when: the longest first.
 *
 * @param {Place} place
 */
export async function waitingView(place) {
  const { rows, more, people, notes } = /** @type {Waiting} */ (await ask('waiting'));
  return [
    ...(people.length === 0
      ? []
      : [
          make(
            'section',
            { class: 'panel' },
            barTable({
              caption: say('by-person'),
              heads: [say('person'), say('requests')],
              rows: people.map(({ name, count }) => ({ label: name, values: [count] })),
            }),
          ),
        ]),
    make(
      'section',
      { class: 'panel' },
      make('h2', { text: say('longest-first') }),
      ...noteParts(notes),
      ...(rows.length === 0
        ? [emptyPart(say('none'))]
        : [make('ul', { class: 'items' }, ...rows.map((row) => requestItem(row, place.open)))]),
      ...(more === undefined ? [] : noteParts([more])),
    ),
  ];
}
