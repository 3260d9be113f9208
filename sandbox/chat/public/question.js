import { make } from './dom.js';

/** @import { Word } from './words.js' */

/**
 * Asks before something that cannot be undone. Escape is a no.
 *
 * @param {{ asks: Word, yes: Word, no: Word }} words
 */
export function createQuestion({ asks, yes, no }) {
  const text = make('p', { class: 'question-text', id: `question-${asks}`, 'data-words': asks });
  const noButton = make('button', { class: 'control', type: 'submit', value: '', 'data-words': no });
  const yesButton = make('button', { class: 'control is-danger', type: 'submit', value: 'yes', 'data-words': yes });
  const buttons = make('div', { class: 'control-row' }, noButton, yesButton);
  const form = make('form', { method: 'dialog' }, text, buttons);
  const element = make('dialog', { class: 'question', 'aria-labelledby': text.id }, form);
  return {
    element,
    /** @returns {Promise<boolean>} whether it was answered with yes */
    ask() {
      element.returnValue = '';
      element.showModal();
      return new Promise((resolve) => {
        element.addEventListener('close', () => resolve(element.returnValue === 'yes'), { once: true });
      });
    },
  };
}
