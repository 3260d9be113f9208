import { barTable } from './chart.js';
import { make } from './dom.js';
import { emptyPart, noteParts } from './parts.js';
import { ask } from './service.js';
import { moment, say } from './words.js';

/** @import { Blockers } from './types.d.ts' */

/** What stands in the way at all customers that are watched, by kind. */
export async function blockersView() {
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
              rows: kinds.map(({ label, customers, purchases }) => ({ label, values: [customers, purchases] })),
            }),
          ]),
      ...noteParts(notes),
      ...(oldestLook === undefined
        ? []
        : [make('p', { class: 'faint', text: `${say('oldest-look')} ${moment(oldestLook)}` })]),
    ),
  ];
}
