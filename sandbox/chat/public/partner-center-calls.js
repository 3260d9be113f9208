import { make } from './dom.js';
import { createDrawing } from './drawing.js';
import { say, timeOfDay } from './words.js';

/** @import { Call } from './types.d.ts' */

const GUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi;

/** What was asked of Partner Center last, newest first. */
export function createCalls() {
  const heading = make('h3', { class: 'strip-heading', 'data-words': 'lastCalls' });
  const list = make('ol', { class: 'calls', tabindex: '0' });
  const draw = createDrawing(list);
  return {
    element: make('section', { class: 'strip-part' }, heading, list),
    /** @param {readonly Call[]} calls oldest first */
    show(calls) {
      list.setAttribute('aria-label', say('lastCalls'));
      const shown = calls.map(({ seq, status, ms }) => [seq, status, ms]);
      draw(shown, () => {
        if (calls.length === 0) return [make('li', { class: 'strip-note', text: say('noCalls') })];
        return calls.toReversed().map(drawCall);
      });
    },
  };
}

/** @param {Call} call @returns {string | undefined} the id of the customer it was about, in small letters */
export const customerOf = ({ path }) => /\/customers\/([\da-f-]{36})/i.exec(path)?.[1]?.toLowerCase();

/** @param {Call} call */
function drawCall({ at, method, path, status, code, ms }) {
  const took = ms === undefined ? '' : say('milliseconds', { ms: Math.round(ms) });
  const answer = status === 0 ? '…' : [String(status), code].filter(Boolean).join(' ');
  return make(
    'li',
    { class: 'call', title: `${timeOfDay(at)}  ${method} ${path}` },
    make('span', { class: method === 'GET' ? 'call-method' : 'call-method is-write', text: method }),
    make('span', { class: 'call-path', text: shortened(path) }),
    make('span', { class: `call-status ${statusTone(status)}`, text: answer }),
    make('span', { class: 'call-time', text: took }),
  );
}

const shortened = (/** @type {string} */ path) =>
  path.replace(/^\/v1(\.0)?\//, '').replace(GUID, (id) => `${id.slice(0, 8)}…`);

/** @param {number} status */
function statusTone(status) {
  if (status === 0) return 'is-plain';
  return status < 400 ? 'is-good' : 'is-bad';
}
