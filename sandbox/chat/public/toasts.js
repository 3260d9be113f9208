import { make } from './dom.js';
import { markdownToHtml } from './markdown.js';
import { say } from './words.js';

/** @import { Message } from './types.d.ts' */

const SHOWN_MS = 5_000;
const MOST_SHOWN = 3;

/**
 * Shows a notification as Teams does: a card is seen there by its summary alone.
 *
 * @param {HTMLElement} toasts
 * @param {{ botName: string, personName: string, message: Message, onOpen: () => void }} news
 */
export function showToast(toasts, { botName, personName, message, onOpen }) {
  const said = message.text === undefined ? undefined : withoutMarkup(message.text);
  const text = message.summary ?? (message.card === undefined ? said : undefined) ?? say('sentCard');
  const toast = make(
    'button',
    { class: 'toast', type: 'button' },
    make('img', { src: 'icon.svg', alt: '', width: '32', height: '32' }),
    make(
      'span',
      { class: 'toast-words' },
      make('span', { class: 'toast-title', text: botName }),
      make('span', { class: 'toast-to', text: personName }),
      make('span', { class: 'toast-text', text }),
    ),
  );
  toast.addEventListener('click', () => {
    toast.remove();
    onOpen();
  });
  toasts.append(toast);
  while (toasts.childElementCount > MOST_SHOWN) toasts.firstElementChild?.remove();
  setTimeout(() => toast.remove(), SHOWN_MS);
}

/** @param {string} text */
function withoutMarkup(text) {
  const { body } = new DOMParser().parseFromString(markdownToHtml(text), 'text/html');
  return [...body.querySelectorAll('p, li')].map(({ textContent }) => textContent).join(' ');
}
