import { button, make } from './dom.js';
import { factOf } from './parts.js';
import { exactMoment, say } from './words.js';

/** @import { Entry } from './types.d.ts' */

/**
 * One entry of the record. Its request is opened from it, where it stands beside those of others.
 *
 * @param {Entry} entry
 * @param {(id: string) => void} [open]
 */
export const entryItem = ({ what, who, at, details, request, customer }, open) =>
  make(
    'li',
    { class: 'entry' },
    make('p', { class: 'entry-what', text: what }),
    make(
      'p',
      { class: 'faint' },
      make('time', { datetime: at, text: exactMoment(at) }),
      document.createTextNode([who, customer].map((part) => (part === undefined ? '' : ` · ${part}`)).join('')),
    ),
    ...(details.length === 0
      ? []
      : [make('dl', { class: 'facts' }, ...details.map(([label, value]) => factOf(label, value)))]),
    ...(request === undefined || open === undefined
      ? []
      : [button(say('open-request'), () => open(request), { class: 'button quiet' })]),
  );
