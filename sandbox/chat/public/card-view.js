import { webAddress } from './card-answer.js';
import { CardChannel } from './card-channel.js';
import { make } from './dom.js';
import { signedIn, submitData } from './service.js';
import { openSignIn } from './sign-in-window.js';
import { tabPageOf } from './tab-page.js';
import { hostConfig, isShownVersion, readingContext } from './teams-cards.js';
import { say } from './words.js';

/** @import { Card, Person } from './types.d.ts' */
/** @import { Outcome } from './card-answer.js' */
/** @import { SubmitAction } from 'adaptivecards' */
/** @import { Word } from './words.js' */

const { AdaptiveApplet, DataQuery, OpenUrlAction, SubmitAction: Submit } = AdaptiveCards;

/**
 * A card in a message, as Teams shows it, with what its last button has led to below.
 *
 * @param {Person} person
 * @param {string} messageId
 */
export function createCardView(person, messageId) {
  const applet = new AdaptiveApplet();
  const note = make('p', { class: 'card-note', hidden: '' });
  // The focus goes here when the button that had it is gone with the card it stood on.
  const element = make('div', { class: 'card', tabindex: '-1' }, applet.renderedElement);
  let shown = '';
  let isWorking = false;

  /**
   * @param {Outcome} outcome
   * @param {(state: string) => Promise<Outcome>} [again] presses the button once more, with what signing in has led to
   */
  const finish = (outcome, again) => {
    isWorking = false;
    showOutcome(note, outcome);
    if (outcome.kind !== 'sign-in' || again === undefined) return;
    note.append(signInButton(() => void signIn(outcome.url, again, outcome)));
  };
  const begin = () => {
    isWorking = true;
    note.hidden = true;
  };
  /** @param {string} url @param {(state: string) => Promise<Outcome>} again @param {Outcome} otherwise */
  const signIn = async (url, again, otherwise) => {
    if (isWorking) return;
    isWorking = true;
    showNote(note, 'signInOpen');
    const state = await openSignIn(url);
    if (state === undefined) return finish(otherwise, again);
    showNote(note, 'working');
    finish(await again(state), again);
  };

  applet.hostConfig = hostConfig;
  applet.channelAdapter = new CardChannel(person.key, messageId, finish);
  applet.onCreateSerializationContext = readingContext;
  applet.onCreateProgressOverlay = () => workingOverlay();
  applet.onPrepareActivityRequest = (_, _request, action) => {
    if (action instanceof DataQuery) return true;
    if (isWorking) return false;
    begin();
    return true;
  };
  applet.onAction = (_, action) => {
    const page = action instanceof Submit ? signInPageOf(action) : undefined;
    if (page !== undefined) {
      const handOver = async (/** @type {string} */ state) => outcomeOf(await signedIn(person.key, messageId, state));
      void signIn(page, handOver, { kind: 'card' });
    } else if (action instanceof Submit && !isWorking) {
      begin();
      void submit(person.key, messageId, action).then(finish);
    } else if (action instanceof OpenUrlAction) {
      const url = tabPageOf(action.url, person.key) ?? webAddress(action.url);
      if (url !== undefined) window.open(url, '_blank', 'noopener');
    }
  };

  return {
    element,
    note,
    /** The card that is shown, with what a button has put in its place. @returns {Card | undefined} */
    get card() {
      return shown === '' ? undefined : JSON.parse(shown);
    },
    /** Whether a button was pressed that is not answered yet: no other one does anything meanwhile. */
    get isWorking() {
      return isWorking;
    },
    /** Types into inputs, and ticks, as a person would. @param {Readonly<Record<string, string>>} values by the inputs’ ids */
    fillIn(values) {
      for (const { id, renderedElement } of applet.card?.getAllInputs() ?? []) {
        const value = id === undefined ? undefined : values[id];
        const box = renderedElement?.querySelector('input, textarea');
        if (value === undefined || !(box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement)) continue;
        if (box.type === 'checkbox') {
          if (String(/** @type {HTMLInputElement} */ (box).checked) !== value) box.click();
        } else {
          box.value = value;
          box.dispatchEvent(new Event('input', { bubbles: true }));
        }
      }
    },
    /**
     * An unchanged card is left alone, with what is typed into it.
     *
     * @param {Card} card
     * @returns {boolean} whether it was another one
     */
    show(card) {
      const json = JSON.stringify(card);
      if (json === shown) return false;
      shown = json;
      const hadFocus = element.contains(document.activeElement);
      const before = applet.card;
      if (isShownVersion(card)) applet.setCard({ lang: person.locale, ...card });
      const isReadable = applet.card !== before;
      const instead = make('p', { class: 'card-unreadable', text: card.fallbackText ?? say('cardNotSupported') });
      element.replaceChildren(isReadable ? applet.renderedElement : instead);
      if (hadFocus) element.focus({ preventScroll: true });
      return true;
    },
  };
}

/** @param {string} person @param {string} messageId @param {SubmitAction} action @returns {Promise<Outcome>} */
async function submit(person, messageId, { data }) {
  return outcomeOf(await submitData(person, messageId, data ?? {}));
}

/** What comes of it comes by itself. @param {{ status: number }} answer @returns {Outcome} */
const outcomeOf = ({ status }) => (status === 200 ? { kind: 'card' } : { kind: 'failed', word: 'unableToReach' });

/** Of the button of a sign-in card. @param {SubmitAction} action @returns {string | undefined} */
function signInPageOf({ data }) {
  const { msteams } = /** @type {{ msteams?: { type?: string, value?: string } }} */ (data ?? {});
  return msteams?.type === 'signin' ? webAddress(msteams.value) : undefined;
}

/** @param {() => void} onPress */
function signInButton(onPress) {
  const button = make('button', { class: 'note-button', type: 'button', text: say('signIn') });
  button.addEventListener('click', onPress);
  return button;
}

/** @param {HTMLElement} note @param {Word} word */
function showNote(note, word) {
  note.hidden = false;
  note.classList.remove('is-error');
  note.setAttribute('role', 'status');
  note.replaceChildren(new Text(say(word)));
}

/** @param {HTMLElement} note @param {Outcome} outcome */
function showOutcome(note, outcome) {
  note.hidden = outcome.kind === 'card';
  note.classList.toggle('is-error', outcome.kind === 'failed');
  note.setAttribute('role', outcome.kind === 'failed' ? 'alert' : 'status');
  note.replaceChildren(...outcomeText(outcome));
}

/** @param {Outcome} outcome @returns {Node[]} */
function outcomeText(outcome) {
  switch (outcome.kind) {
    case 'card':
      return [];
    case 'text':
      return [new Text(outcome.text)];
    case 'failed':
      return [new Text(say(outcome.word))];
    case 'sign-in':
      return [new Text(`${[say('signInNeeded'), outcome.text ?? ''].join(' ').trim()} `)];
  }
}

const workingOverlay = () =>
  make(
    'div',
    { class: 'card-working', role: 'status' },
    make('span', { class: 'spinner', 'aria-hidden': 'true' }),
    make('span', { class: 'hidden-text', text: say('working') }),
  );
