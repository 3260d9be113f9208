import { createConversation } from './conversation.js';
import { find } from './dom.js';
import { startIntro } from './intro.js';
import { createPartnerCenter } from './partner-center.js';
import { createRealTeams } from './real-teams.js';
import { listen, setLocale } from './service.js';
import { createTabs } from './tabs.js';
import { startThemeButton } from './theme-button.js';
import { createTour } from './tour.js';
import { chooseLocale, currentLocale, say, writeWords } from './words.js';

/** @import { Conversation } from './conversation.js' */
/** @import { Everything } from './types.d.ts' */
/** @import { Word } from './words.js' */

/** @type {Readonly<Record<string, Word>>} */
const tabNames = { requester: 'requester', manager: 'manager' };

const columns = find(document, '#columns');
const strip = find(document, '#partner-center');
const offline = find(document, '.offline');
/** @type {HTMLSelectElement} */
const language = find(document, '#language');
const tabs = createTabs(find(document, '#tabs'));
const partnerCenter = createPartnerCenter(strip);
const realTeams = createRealTeams(find(document, '#real-teams'), find(document, '#teams'));
/** @type {Map<string, Conversation>} */
const conversations = new Map();
const tour = createTour(find(document, '#tour'), find(document, '#tour-switch'), conversations, ({ panel }) =>
  tabs.select(panel),
);

function writeAllWords() {
  language.value = currentLocale();
  document.title = say('product');
  writeWords(document);
  tabs.writeWords();
  partnerCenter.writeWords();
  realTeams.writeWords();
  tour.writeWords();
  for (const conversation of conversations.values()) conversation.writeWords();
}

/** The first time, the page is built for the people there are. @param {Everything} everything */
function showEverything({ botName, hasPartnerCenter, canEndBot, teams, people, messages }) {
  const isFirst = conversations.size === 0;
  for (const person of people) {
    const conversation =
      conversations.get(person.key) ??
      createConversation(person, botName, {
        onNews: () => tabs.noteNews(conversation.panel),
        onOpen: () => tabs.select(conversation.panel),
      });
    conversations.set(person.key, conversation);
    conversation.changePerson(person);
    if (!isFirst) continue;
    strip.before(conversation.panel);
    const tabName = tabNames[person.key];
    tabs.add(conversation.panel, () => (tabName === undefined ? person.name : say(tabName)), conversation.shown);
  }
  if (isFirst) {
    tabs.add(strip, () => say('partnerCenter'));
    tabs.select(columns.firstElementChild instanceof HTMLElement ? columns.firstElementChild : strip);
    columns.classList.add('is-ready');
  }
  const chosen = localStorage.getItem('language');
  chooseLocale(chosen ?? people[0]?.locale ?? 'en-US');
  writeAllWords();
  // A chat service that was started anew has forgotten what was chosen here.
  for (const { key, locale } of people) if (chosen !== null && locale !== chosen) void setLocale(key, chosen);
  for (const [key, conversation] of conversations) conversation.fill(messages[key] ?? []);
  partnerCenter.watch(hasPartnerCenter, canEndBot);
  realTeams.show(teams);
  tour.allow(hasPartnerCenter, canEndBot);
}

language.addEventListener('change', () => {
  localStorage.setItem('language', language.value);
  chooseLocale(language.value);
  writeAllWords();
  for (const key of conversations.keys()) void setLocale(key, language.value);
});

chooseLocale(localStorage.getItem('language') ?? 'en-US');
startThemeButton();
startIntro((text) => {
  const [first] = conversations.values();
  if (first === undefined) return;
  tabs.select(first.panel);
  first.compose(text);
}, tour.open);
writeAllWords();

listen({
  everything: showEverything,
  message: ({ person, message }) => conversations.get(person)?.add(message),
  edited: ({ person, message }) => conversations.get(person)?.edit(message),
  deleted: ({ person, id }) => conversations.get(person)?.remove(id),
  answered: ({ person, id, card }) => conversations.get(person)?.answer(id, card),
  typing: ({ person }) => conversations.get(person)?.typing(),
  person: (person) => conversations.get(person.key)?.changePerson(person),
  teams: (teams) => realTeams.show(teams),
  online: (isOnline) => {
    offline.hidden = isOnline;
  },
});
