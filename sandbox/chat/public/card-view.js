import { webAddress } from './card-answer.js';
import { CardChannel } from './card-channel.js';
import { make } from './dom.js';
import { submitData } from './service.js';
import { hostConfig, isShownVersion, readingContext } from './teams-cards.js';
import { say } from './words.js';

/** @import { Card, Person } from './types.d.ts' */
/** @import { Outcome } from './card-answer.js' */
/** @import { SubmitAction } from 'adaptivecards' */

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

  const finish = (/** @type {Outcome} */ outcome) => {
    isWorking = false;
    showOutcome(note, outcome);
  };
  const begin = () => {
    isWorking = true;
    note.hidden = true;
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
    if (action instanceof Submit && !isWorking) {
      begin();
      void submit(person.key, messageId, action).then(finish);
    } else if (action instanceof OpenUrlAction) {
      const url = webAddress(action.url);
      if (url !== undefined) window.open(url, '_blank', 'noopener');
    }
  };

  return {
    element,
    note,
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
  const { status } = await submitData(person, messageId, data ?? {});
  return status === 200 ? { kind: 'card' } : { kind: 'failed', word: 'unableToReach' };
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
    case 'sign-in': {
      const text = new Text(`${say('signInNeeded')} `);
      if (outcome.url === undefined) return [text];
      const link = make('a', { href: outcome.url, target: '_blank', rel: 'noopener noreferrer', text: say('signIn') });
      return [text, link];
    }
  }
}

const workingOverlay = () =>
  make(
    'div',
    { class: 'card-working', role: 'status' },
    make('span', { class: 'spinner', 'aria-hidden': 'true' }),
    make('span', { class: 'hidden-text', text: say('working') }),
  );
