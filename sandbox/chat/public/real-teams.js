import { find } from './dom.js';
import { changeTeams } from './service.js';
import { say } from './words.js';

/** @import { Teams } from './types.d.ts' */
/** @import { Word } from './words.js' */

/**
 * The switch that has Teams played as the real one is, and what can then be tried with it.
 *
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} panel
 */
export function createRealTeams(button, panel) {
  /** @type {HTMLSelectElement} */
  const signOn = find(panel, 'select');
  const choice = find(panel, '.teams-choice');
  const text = find(panel, '.teams-text');
  const told = find(panel, '.teams-told');
  const tabs = find(panel, '.teams-tabs');
  /** @type {Teams | undefined} */
  let shown;
  /** @type {Word | undefined} */
  let tells;
  /** Until something changes. */
  let isClosed = false;

  const draw = () => {
    button.hidden = shown === undefined;
    if (shown === undefined) {
      panel.hidden = true;
      return;
    }
    const { isReal, isChanging } = shown;
    button.setAttribute('aria-pressed', String(isReal));
    button.title = say('realTeamsHint');
    button.disabled = isChanging;
    signOn.value = shown.signOn;
    signOn.disabled = isChanging;
    choice.hidden = !isReal;
    text.hidden = !isReal;
    tabs.hidden = !isReal || isChanging;
    panel.hidden = isClosed || (!isReal && tells === undefined);
    told.textContent = tells === undefined ? '' : say(tells);
  };

  find(panel, '.teams-close').addEventListener('click', () => {
    isClosed = true;
    draw();
    button.focus();
  });
  button.addEventListener('click', () => {
    if (shown !== undefined) void changeTeams({ isReal: !shown.isReal, signOn: 'enough' });
  });
  signOn.addEventListener('change', () => {
    void changeTeams({ isReal: true, signOn: /** @type {Teams['signOn']} */ (signOn.value) });
  });

  return {
    /** @param {Teams | undefined} teams */
    show(teams) {
      if (teams?.hasFailed || teams?.isChanging) isClosed = false;
      if (teams?.hasFailed) tells = 'realTeamsFailed';
      else if (teams?.isChanging) tells = 'realTeamsChanging';
      else if (shown?.isChanging) tells = teams?.isReal ? 'realTeamsOn' : 'realTeamsOff';
      shown = teams;
      draw();
    },
    writeWords: draw,
  };
}
