import { blockersView } from './blockers-view.js';
import { button, byId, draw, make } from './dom.js';
import { recordView } from './record-view.js';
import { requestView } from './request-view.js';
import { requestsView } from './requests-view.js';
import { ask, Refusal, speak } from './service.js';
import { waitingView } from './waiting-view.js';
import { loadWords, say } from './words.js';

/**
 * What a view may do with the page.
 *
 * @typedef {object} Place
 * @property {(chosen: { show?: string, month?: string }) => void} go shows the same view with something else chosen
 * @property {(id: string) => void} open shows one request
 * @property {(view: () => Promise<readonly Node[]>) => void} show shows what leads further into the same view
 * @property {() => void} back
 * @property {(work: () => Promise<void>) => Promise<void>} act does something, and says what is wrong where it cannot be done
 */

/** Where Teams does not answer, there is none around the page. */
const TEAMS_ANSWERS_MS = 8_000;

const VIEWS = { requests: requestsView, waiting: waitingView, blockers: blockersView, record: recordView };
/** @typedef {keyof typeof VIEWS} View */

const main = byId('main');
const told = byId('told');
/** @type {{ view: View, chosen: { show?: string, month?: string } }} */
let at = { view: 'requests', chosen: {} };
/** What was asked for last: what comes for anything older is dropped. */
let turn = 0;

/** @type {Place} */
const place = {
  go: (chosen) => void show(at.view, chosen),
  open: (id) => void fill(() => requestView(place, id)),
  show: (view) => void fill(view),
  back: () => void show(at.view, at.chosen),
  async act(work) {
    main.querySelector('.fault')?.remove();
    main.setAttribute('aria-busy', 'true');
    try {
      await work();
    } catch (error) {
      const fault = make('p', { class: 'fault', role: 'alert', text: wordsFor(error) });
      main.prepend(fault);
      fault.scrollIntoView({ block: 'nearest' });
    } finally {
      main.removeAttribute('aria-busy');
    }
  },
};

/**
 * @param {View} view
 * @param {{ show?: string, month?: string }} [chosen]
 */
function show(view, chosen = {}) {
  at = { view, chosen };
  for (const one of byId('sections').querySelectorAll('button')) {
    if (one.dataset.view === view) one.setAttribute('aria-current', 'page');
    else one.removeAttribute('aria-current');
  }
  return fill(() => VIEWS[view](place, chosen));
}

/** Shows what a view is made of, once it is there. @param {() => Promise<readonly Node[]>} view */
async function fill(view) {
  const mine = ++turn;
  main.setAttribute('aria-busy', 'true');
  told.textContent = say('loading');
  /** @type {readonly Node[]} */
  let parts;
  try {
    parts = await view();
  } catch (error) {
    parts = [
      make('p', { class: 'fault', role: 'alert', text: wordsFor(error) }),
      button(say('retry'), () => void fill(view)),
    ];
  }
  if (mine !== turn) return;
  told.textContent = '';
  main.replaceChildren(...parts);
  main.removeAttribute('aria-busy');
  if (mine > 1) main.focus({ preventScroll: true });
  window.scrollTo({ top: 0 });
}

/** @param {unknown} error */
const wordsFor = (error) => say(`error-${error instanceof Refusal ? error.code : 'unavailable'}`);

/** @param {string} theme */
const wear = (theme) => {
  document.documentElement.dataset.theme = theme;
};

/**
 * What only Teams answers.
 *
 * @template T
 * @param {Promise<T>} answer
 * @returns {Promise<T>}
 */
const inTime = (answer) =>
  Promise.race([
    answer.catch(() => {
      throw new Refusal('not-in-teams');
    }),
    new Promise((_resolve, reject) => {
      setTimeout(() => reject(new Refusal('not-in-teams')), TEAMS_ANSWERS_MS);
    }),
  ]);

async function start() {
  const teams = window.microsoftTeams;
  try {
    if (teams === undefined) throw new Refusal('not-in-teams');
    await inTime(teams.app.initialize());
    const { app, page } = await inTime(teams.app.getContext());
    wear(app.theme);
    teams.app.registerOnThemeChangeHandler(wear);
    speak(app.locale);
    await loadWords(app.locale);
    teams.app.notifySuccess();
    byId('title').textContent = say('title');
    byId('sections').setAttribute('aria-label', say('sections'));
    await begin(page.subPageId);
  } catch (error) {
    // Nobody has said yet what is read here.
    await loadWords(navigator.language).catch(() => undefined);
    main.replaceChildren(make('p', { class: 'fault', role: 'alert', text: wordsFor(error) }));
  }
}

/** By its picture, so that all sections fit beside it on a phone. */
function refreshButton() {
  const made = button('', () => void show(at.view, at.chosen), {
    class: 'refresh',
    'aria-label': say('refresh'),
    title: say('refresh'),
  });
  made.append(
    draw(
      'svg',
      { viewBox: '0 0 20 20', width: '20', height: '20', 'aria-hidden': 'true' },
      draw('path', {
        d: 'M15.5 7A6.3 6.3 0 1 0 16.3 11M15.7 3.2V7.2H11.7',
        fill: 'none',
        stroke: 'currentColor',
        'stroke-width': '1.5',
        'stroke-linecap': 'round',
        'stroke-linejoin': 'round',
      }),
    ),
  );
  return made;
}

/** @param {string} [requestId] the request that a link leads to */
async function begin(requestId) {
  await fill(async () => {
    const { isAuditor } = /** @type {{ isAuditor: boolean }} */ (await ask('me'));
    const views = /** @type {View[]} */ (Object.keys(VIEWS)).filter((view) => isAuditor || view !== 'record');
    byId('sections').replaceChildren(
      ...views.map((view) => button(say(view), () => void show(view), { class: 'section', 'data-view': view })),
      refreshButton(),
    );
    byId('sections').querySelector('button')?.setAttribute('aria-current', 'page');
    return requestId === undefined ? requestsView(place, {}) : requestView(place, requestId);
  });
}

void start();
