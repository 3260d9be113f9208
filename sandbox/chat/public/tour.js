import { find } from './dom.js';
import { createHands } from './tour-hands.js';
import { steps } from './tour-steps.js';
import { say } from './words.js';

/** @import { Conversation } from './conversation.js' */
/** @import { Step } from './tour-steps.js' */

/**
 * A walk through the whole job: each step is told, done when it is asked for, and told what is to be seen then.
 *
 * @param {HTMLElement} panel
 * @param {HTMLButtonElement} button opens it, and closes it
 * @param {ReadonlyMap<string, Conversation>} conversations
 * @param {(conversation: Conversation) => void} lookAt shows a chat in a narrow window
 */
export function createTour(panel, button, conversations, lookAt) {
  const title = find(panel, '.tour-title');
  const text = find(panel, '.tour-text');
  const answer = find(panel, '.tour-answer');
  /** @type {HTMLButtonElement} */
  const act = find(panel, '.tour-act');
  let canEndBot = false;
  let at = 0;
  /** @type {'before' | 'working' | 'after' | 'failed'} */
  let stage = 'before';
  let told = '';
  /** Counts up whenever it is closed: what was begun before is nobody’s any more. */
  let visit = 0;

  /** @returns {readonly Step[]} */
  const walked = () => steps.filter(({ endsBot }) => canEndBot || endsBot !== true);
  const isLast = () => at === walked().length - 1;

  const draw = () => {
    const step = walked()[at];
    if (step === undefined) return;
    title.textContent = say('tourStep', { n: at + 1, of: walked().length, title: say(step.title) });
    text.textContent = say(stage === 'after' ? step.after : step.before);
    answer.hidden = told === '' && stage !== 'failed';
    answer.textContent = stage === 'failed' ? say('tourFailed') : say('tourAnswer', { text: told });
    act.disabled = stage === 'working';
    act.textContent = say(
      stage === 'working' ? 'tourWorking' : stage !== 'after' ? 'tourDo' : isLast() ? 'tourEnd' : 'tourNext',
    );
    button.setAttribute('aria-pressed', String(!panel.hidden));
  };
  const show = (/** @type {typeof stage} */ next) => {
    stage = next;
    draw();
  };
  const open = (/** @type {boolean} */ isOpen) => {
    panel.hidden = !isOpen;
    at = 0;
    told = '';
    visit += 1;
    show('before');
    if (isOpen) act.focus();
    else button.focus();
  };

  const work = async (/** @type {Step} */ step) => {
    const begun = visit;
    const conversation = conversations.get(step.looksAt ?? '');
    if (conversation !== undefined) lookAt(conversation);
    show('working');
    const said = await step.act(createHands(conversations, () => begun !== visit)).then(
      (answer) => answer ?? '',
      (error) => void console.warn(error),
    );
    if (begun !== visit) return;
    for (const one of conversations.values()) one.toEnd();
    told = said ?? '';
    show(said === undefined ? 'failed' : 'after');
    act.focus({ preventScroll: true });
  };

  button.addEventListener('click', () => open(panel.hidden === true));
  find(panel, '.tour-close').addEventListener('click', () => open(false));
  act.addEventListener('click', () => {
    const step = walked()[at];
    if (stage !== 'after' && step !== undefined) return void work(step);
    if (isLast()) return open(false);
    at += 1;
    told = '';
    show('before');
  });

  return {
    /** @param {boolean} isThere whether there is a Partner Center to walk through @param {boolean} can whether the bot can be ended from here */
    allow(isThere, can) {
      canEndBot = can;
      button.hidden = !isThere;
      if (!isThere) panel.hidden = true;
      draw();
    },
    open: () => open(true),
    writeWords: draw,
  };
}
