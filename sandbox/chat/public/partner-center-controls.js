import { make } from './dom.js';
import { createQuestion } from './question.js';
import { askPartnerCenter, emptyChats, endBot } from './service.js';
import { say, utcTime } from './words.js';

/** @import { Answered, Faults, PartnerCenterState } from './types.d.ts' */
/** @import { Word } from './words.js' */

const SLOW_MS = 2_000;
/** By this the page knows its own rule among those that others have set. */
const FAILING = 'page-failing';

/** @type {readonly (readonly [word: Word, move: object])[]} */
const moves = [
  ['plusHour', { advanceMs: 3_600_000 }],
  ['plusDay', { advanceDays: 1 }],
  ['plusMonth', { advanceDays: 30 }],
];

/**
 * The clock, slow and failing answers, and starting over.
 *
 * @param {() => void} onChange
 */
export function createControls(onChange) {
  /** @type {Pick<PartnerCenterState, 'scenario' | 'total'>} */
  let world = { scenario: 'everyday', total: 0 };
  const change = async (/** @type {string} */ path, /** @type {unknown} */ body) => {
    await askPartnerCenter(path, body);
    onChange();
  };

  const clock = make('time', { class: 'clock-now' });
  const clockButtons = moves.map(([word, move]) => controlButton(word, () => change('_clock', move)));
  const slow = controlButton('slow', () =>
    changeFaults(({ latencyMs, ...others }) => ({ ...others, latencyMs: latencyMs > 0 ? 0 : SLOW_MS })).then(onChange),
  );
  const failing = controlButton('failing', () =>
    changeFaults(({ rules, ...others }) => {
      const theirs = rules.filter(({ id }) => id !== FAILING);
      return { ...others, rules: theirs.length < rules.length ? theirs : [{ id: FAILING, status: 503 }, ...theirs] };
    }).then(onChange),
  );
  const question = createQuestion({ asks: 'startOverAsks', yes: 'startOverYes', no: 'startOverNo' });
  const startOver = controlButton('startOver', async () => {
    if (!(await question.ask())) return;
    await askPartnerCenter('_reset', { scenario: world.scenario, customers: world.total });
    await emptyChats();
    onChange();
  });

  const botTold = make('p', { class: 'bot-told', role: 'status', hidden: '' });
  const ending = (/** @type {Word} */ word, /** @type {'end' | 'kill'} */ how) =>
    controlButton(word, async () => {
      botTold.hidden = false;
      botTold.dataset.words = 'botEnding';
      botTold.textContent = say('botEnding');
      const { status } = await endBot(how);
      /** @type {Word} */
      const told = status !== 200 ? 'botNotBack' : how === 'kill' ? 'botKilled' : 'botEnded';
      botTold.dataset.words = told;
      botTold.textContent = say(told);
    });
  const ofBot = make(
    'div',
    { hidden: '' },
    make('div', { class: 'control-row' }, ending('endBot', 'end'), ending('killBot', 'kill')),
    botTold,
  );

  const clockName = make('span', { class: 'clock-name', 'data-words': 'clock' });
  const element = make(
    'div',
    { class: 'controls' },
    make('p', { class: 'clock' }, clockName, clock),
    make('div', { class: 'control-row' }, ...clockButtons),
    make('div', { class: 'control-row' }, slow, failing, startOver),
    ofBot,
    question.element,
  );

  return {
    element,
    /** @param {boolean} can */
    letBotBeEnded(can) {
      ofBot.hidden = !can;
    },
    /** @param {string} now */
    showClock(now) {
      clock.dateTime = now;
      clock.textContent = utcTime(now);
      slow.title = say('slowHint');
      failing.title = say('failingHint');
    },
    /** @param {PartnerCenterState} state @param {Faults} faults */
    showSettings(state, { latencyMs, rules }) {
      world = state;
      slow.setAttribute('aria-pressed', String(latencyMs > 0));
      failing.setAttribute('aria-pressed', String(rules.some(({ id }) => id === FAILING)));
    },
  };
}

/** @param {Word} word @param {() => Promise<void>} act */
function controlButton(word, act) {
  const button = make('button', { class: 'control', type: 'button', 'data-words': word });
  button.addEventListener('click', () => void act());
  return button;
}

/** Setting faults replaces all that were set, so theirs are sent along. @param {(faults: Faults) => Faults} change */
async function changeFaults(change) {
  /** @type {Answered<Faults>} */
  const { status, body } = await askPartnerCenter('_faults');
  if (status !== 200) return;
  // How often each has struck is shown, but cannot be set.
  const rules = body.rules.map((rule) => ({ ...rule, matched: undefined, struck: undefined }));
  await askPartnerCenter('_faults', change({ ...body, rules }));
}
