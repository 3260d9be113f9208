import { createCalls, customerOf } from './partner-center-calls.js';
import { createControls } from './partner-center-controls.js';
import { createCustomers } from './partner-center-customers.js';
import { createHoldings } from './partner-center-holdings.js';
import { make } from './dom.js';
import { askPartnerCenter } from './service.js';
import { writeWords } from './words.js';

/** @import { Answered, Call, Faults, PartnerCenterState } from './types.d.ts' */
/** @import { Word } from './words.js' */

const LOOK_AGAIN_MS = 1_000;
const SHOWN_CUSTOMERS = 60;
const SHOWN_CALLS = 15;

/**
 * What the stand-in of Partner Center holds now, with its clock and its troubles to play with.
 *
 * @param {HTMLElement} strip
 */
export function createPartnerCenter(strip) {
  /** In small letters; Partner Center does not care. */
  let chosenId = '';
  let isChosenByHand = false;
  let isWatching = false;
  let timer = 0;
  /** @type {PartnerCenterState | undefined} */
  let state;
  /** @type {Call[]} */
  let calls = [];

  const controls = createControls(() => void look());
  const customers = createCustomers((id) => {
    chosenId = id.toLowerCase();
    isChosenByHand = true;
    void look();
  });
  const holdings = createHoldings();
  const lastCalls = createCalls();
  const absent = make('p', { class: 'strip-absent', 'data-words': 'standInAbsent', hidden: '' });
  const present = make('div', { class: 'strip-body', hidden: '' });
  present.append(controls.element, customers.element, holdings.element, lastCalls.element);
  const heading = make('h2', { class: 'strip-name', 'data-words': 'partnerCenter' });
  const badge = make('span', { class: 'role-badge', 'data-words': 'standIn' });
  strip.append(make('header', { class: 'strip-header' }, heading, badge), absent, present);

  /** @param {Word | undefined} why nothing, if it is there */
  const showAbsence = (why) => {
    absent.hidden = why === undefined;
    present.hidden = why !== undefined;
    absent.dataset.words = why ?? 'standInAbsent';
    writeWords(strip);
  };

  const draw = () => {
    if (state === undefined) return;
    controls.showClock(state.now);
    customers.show(state, chosenId);
    holdings.show(state.customers.find(({ id }) => id.toLowerCase() === chosenId));
    lastCalls.show(calls);
  };

  async function look() {
    clearTimeout(timer);
    const since = (calls[0]?.seq ?? 1) - 1;
    /** @type {[Answered<PartnerCenterState>, Answered<{ entries: Call[] }>, Answered<Faults>]} */
    const [seen, log, faults] = await Promise.all([
      askPartnerCenter(`_state?limit=${SHOWN_CUSTOMERS}`),
      askPartnerCenter(`_log?since=${since}`),
      askPartnerCenter('_faults'),
    ]);
    const isPresent = seen.status === 200 && log.status === 200 && faults.status === 200;
    showAbsence(isPresent ? undefined : seen.status === 0 ? 'sandboxStopped' : 'standInAbsent');
    if (isPresent) {
      calls = log.body.entries.slice(-SHOWN_CALLS);
      // Until somebody chooses, the customer of the last call is the one to look at.
      if (!isChosenByHand) chosenId = calls.map(customerOf).findLast((id) => id !== undefined) ?? chosenId;
      state = await withChosen(seen.body, chosenId);
      controls.showSettings(state, faults.body);
      draw();
    }
    clearTimeout(timer);
    if (isWatching && !document.hidden) timer = setTimeout(() => void look(), LOOK_AGAIN_MS);
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && isWatching) void look();
  });

  return {
    /** @param {boolean} hasPartnerCenter @param {boolean} canEndBot */
    watch(hasPartnerCenter, canEndBot) {
      controls.letBotBeEnded(canEndBot);
      isWatching = hasPartnerCenter;
      if (hasPartnerCenter) return void look();
      clearTimeout(timer);
      showAbsence('standInAbsent');
    },
    writeWords() {
      writeWords(strip);
      draw();
    },
  };
}

/** Of thousands, only the first come with the state; the chosen one may be another. */
async function withChosen(/** @type {PartnerCenterState} */ state, /** @type {string} */ chosenId) {
  if (chosenId === '' || state.customers.some(({ id }) => id.toLowerCase() === chosenId)) return state;
  /** @type {Answered<PartnerCenterState>} */
  const { status, body } = await askPartnerCenter(`_state?customer=${encodeURIComponent(chosenId)}`);
  if (status !== 200) return state;
  return { ...state, customers: [...body.customers, ...state.customers] };
}
