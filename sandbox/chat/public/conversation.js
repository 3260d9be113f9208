import { createCardRefresh } from './card-refresh.js';
import { createComposer } from './composer.js';
import { find, initials } from './dom.js';
import { createLogScroll } from './log-scroll.js';
import { createMessageView } from './message-view.js';
import { sayTo, sendFileTo } from './service.js';
import { showToast } from './toasts.js';
import { createTyping } from './typing.js';
import { say, writeWords } from './words.js';

/** @import { Card, Message, Person } from './types.d.ts' */
/** @import { MessageView } from './message-view.js' */
/** @import { Word } from './words.js' */

/** Messages of one sender that come within this time are drawn as one group. */
const GROUPED_WITHIN_MS = 2 * 60_000;

/** @type {Readonly<Record<string, readonly [region: Word, role: Word]>>} */
const roles = { requester: ['regionRequester', 'requester'], manager: ['regionManager', 'manager'] };

/** @typedef {ReturnType<typeof createConversation>} Conversation */

/**
 * One person's chat with the bot.
 *
 * @param {Person} firstPerson
 * @param {string} botName
 * @param {{ onNews: () => void, onOpen: () => void }} on something new came; the person wants to see it
 */
export function createConversation(firstPerson, botName, { onNews, onOpen }) {
  const person = { ...firstPerson };
  /** @type {HTMLTemplateElement} */
  const template = find(document, '#conversation');
  const panel = /** @type {HTMLElement} */ (template.content.cloneNode(true)).querySelector('section');
  if (panel === null) throw new Error('The page has no conversation to copy.');
  panel.id = `conversation-${person.key}`;

  const log = find(panel, '.log');
  const list = find(panel, '.messages');
  const empty = find(panel, '.log-empty');
  const failure = find(panel, '.chat-error');
  const scroll = createLogScroll(log, find(panel, '.log-content'), find(panel, '.new-messages'));
  const typing = createTyping(find(panel, '.typing'));
  /** @type {Map<string, MessageView>} */
  const views = new Map();
  const refresh = createCardRefresh(person);
  const context = { person, botName, onCard: refresh };

  const composer = createComposer(
    find(panel, 'form'),
    (text) => void send(text),
    (file) => void sendFile(file),
  );
  async function sendFile(/** @type {File} */ file) {
    failure.hidden = true;
    scroll.toEnd();
    const { status } = await sendFileTo(person.key, file);
    if (status === 200) return;
    failure.textContent = say(status === 0 ? 'notSent' : 'notDelivered');
    failure.hidden = false;
  }
  async function send(/** @type {string} */ text) {
    failure.hidden = true;
    scroll.toEnd();
    const { status } = await sayTo(person.key, text);
    // What the bot did not take says so itself, and can be sent again there.
    if (status !== 0) return;
    failure.textContent = say('notSent');
    failure.hidden = false;
    if (composer.isEmpty()) composer.giveBack(text);
  }

  const show = (/** @type {Message} */ message) => {
    const view = views.get(message.id) ?? createMessageView(context, message);
    views.set(message.id, view);
    view.show(message);
    return view.element;
  };
  /** Whoever is in this chat sees what comes; Teams notifies of the others only. */
  const isBeingRead = () => !document.hidden && panel.contains(document.activeElement);
  const arrange = () => {
    /** @type {MessageView | undefined} */
    let last;
    for (const view of views.values()) {
      const gapMs = last === undefined ? Infinity : Date.parse(view.at) - Date.parse(last.at);
      view.element.classList.toggle('is-following', last?.from === view.from && gapMs < GROUPED_WITHIN_MS);
      last = view;
    }
    empty.hidden = views.size > 0;
  };
  const describe = () => {
    const [region, role] = roles[person.key] ?? [];
    panel.setAttribute('aria-label', region === undefined ? person.name : say(region));
    log.setAttribute('aria-label', say('messages', { name: person.name }));
    find(panel, '.chat-name').textContent = person.name;
    find(panel, '.chat-header .avatar').textContent = initials(person.name);
    find(panel, '.chat-with').textContent = say('chatWith', { bot: botName });
    find(panel, '.role-badge').textContent = role === undefined ? '' : say(role);
    empty.textContent = person.installed ? say('noMessages') : say('notInstalled', { name: person.name });
    composer.enable(person.installed);
  };

  return {
    panel,
    key: person.key,
    compose: composer.fill,
    say: send,
    toEnd: scroll.toEnd,
    shown: scroll.shown,
    /** All messages, in order. */
    views: () => [...views.values()],
    /** All there is, at the start and after every interruption. @param {readonly Message[]} messages */
    fill(messages) {
      const present = new Set(messages.map(({ id }) => id));
      for (const [id, { element }] of views) {
        if (present.has(id)) continue;
        element.remove();
        views.delete(id);
      }
      const before = views.size;
      for (const message of messages) {
        const element = show(message);
        if (element.parentElement === null) list.append(element);
      }
      arrange();
      if (views.size > before) scroll.arrived();
    },
    /** @param {Message} message */
    add(message) {
      const isKnown = views.has(message.id);
      list.append(show(message));
      arrange();
      if (message.from === 'person') scroll.toEnd();
      else scroll.arrived();
      if (message.from !== 'bot' || isKnown) return;
      // Whatever was wrong before, the bot is there again.
      failure.hidden = true;
      typing.hide();
      onNews();
      if (isBeingRead()) return;
      showToast(find(panel, '.toasts'), { botName, personName: person.name, message, onOpen });
    },
    /** @param {Message} message */
    edit(message) {
      if (views.has(message.id)) show(message);
    },
    /** @param {string} id */
    remove(id) {
      views.get(id)?.element.remove();
      views.delete(id);
      arrange();
    },
    /** @param {string} id @param {Card} card */
    answer(id, card) {
      views.get(id)?.showAnswer(card);
    },
    typing() {
      typing.show();
    },
    /** @param {Person} changed */
    changePerson(changed) {
      Object.assign(person, changed);
      describe();
    },
    writeWords() {
      writeWords(panel);
      describe();
      scroll.writeWords();
      for (const view of views.values()) view.writeWords();
    },
  };
}
