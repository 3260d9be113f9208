import { createCardView } from './card-view.js';
import { make } from './dom.js';
import { createFileView } from './file-view.js';
import { markdownToHtml } from './markdown.js';
import { sayAgain } from './service.js';
import { longTime, say, timeOfDay } from './words.js';

/** @import { Card, Message, Person } from './types.d.ts' */
/** @typedef {ReturnType<typeof createMessageView>} MessageView */

/**
 * @param {{ person: Person, botName: string, onCard: (element: Element, messageId: string, card: Card) => void }} chat
 * @param {Message} message
 */
export function createMessageView({ person, botName, onCard }, message) {
  const { id, from, at } = message;
  const time = make('time', { datetime: at });
  const edited = make('span', { class: 'message-edited' });
  const name = make('span', { class: from === 'bot' ? 'message-name' : 'hidden-text' });
  const head = make('p', { class: 'message-head' }, name, time, edited);
  const bubble = make('div', { class: 'bubble' });
  /** @type {ReturnType<typeof createCardView> | undefined} */
  let cardView;
  /** @type {ReturnType<typeof createFileView> | undefined} */
  let fileView;
  const main = make('div', { class: 'message-main' }, head);
  const avatar = make('span', { class: 'avatar avatar-bot', 'aria-hidden': 'true' });
  avatar.append(make('img', { src: 'icon.svg', alt: '' }));
  const element = make('li', { class: `message from-${from}`, 'data-message': id });
  element.append(...(from === 'bot' ? [avatar, main] : [main]));
  let shown = message;

  const again = make('button', { class: 'note-button', type: 'button' });
  const failedText = make('span', {});
  const failed = make('p', { class: 'card-note is-error', role: 'alert' }, failedText, new Text(' '), again);
  again.addEventListener('click', () => void sayAgain(person.key, id));

  const writeWords = () => {
    failedText.textContent = say('notTaken');
    again.textContent = say('sendAgain');
    name.textContent = from === 'bot' ? botName : say('you');
    time.textContent = timeOfDay(at);
    time.title = longTime(at);
    edited.textContent = shown.edits > 0 ? say('edited') : '';
    fileView?.writeWords();
  };

  return {
    element,
    id,
    from,
    at,
    writeWords,
    /** @returns {Card | undefined} */
    get card() {
      return cardView?.card;
    },
    get isWorking() {
      return cardView?.isWorking === true;
    },
    /** @param {Readonly<Record<string, string>>} values by the ids of the card’s inputs */
    fillIn: (values) => cardView?.fillIn(values),
    /** @param {Message} next */
    show(next) {
      shown = next;
      writeWords();
      const { text, card, file } = next;
      if (file !== undefined && fileView === undefined) {
        fileView = createFileView(person, id, file);
        main.append(fileView.element);
      }
      if (text !== undefined) {
        if (from === 'bot') bubble.innerHTML = markdownToHtml(text, { breaks: true });
        else bubble.textContent = text;
      }
      if (next.isNotSent === true) main.append(failed);
      else failed.remove();
      if (text === undefined) bubble.remove();
      else head.after(bubble);
      if (card === undefined) {
        cardView?.element.remove();
        cardView?.note.remove();
        cardView = undefined;
        return;
      }
      if (cardView === undefined) {
        cardView = createCardView(person, id);
        main.append(cardView.element, cardView.note);
      }
      if (cardView.show(card)) onCard(cardView.element, id, card);
    },
    /** What the bot answered to a button: the same message with another card. @param {Card} card */
    showAnswer(card) {
      if (cardView?.show(card) === true) onCard(cardView.element, id, card);
    },
  };
}
