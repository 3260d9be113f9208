import { make } from './dom.js';
import { answerFile } from './service.js';
import { currentLocale, say } from './words.js';

/** @import { FileCard, Person } from './types.d.ts' */

/**
 * What Teams draws for a file: a question whether a bot may put it into one's OneDrive, or the file that is there.
 *
 * @param {Person} person
 * @param {string} messageId
 * @param {FileCard} file
 */
export function createFileView(person, messageId, file) {
  const name = make('p', { class: 'file-name', text: file.name });
  const about = make('p', { class: 'file-about' });
  const allow = make('button', { class: 'control', type: 'button' });
  const decline = make('button', { class: 'control', type: 'button' });
  const buttons = make('div', { class: 'control-row' }, allow, decline);
  const link = make('a', { class: 'file-link', href: file.contentUrl, download: file.name });
  const note = make('p', { class: 'file-about', role: 'status' });
  const isQuestion = file.kind === 'consent';
  const element = make('div', { class: 'card file' }, name, about, isQuestion ? buttons : link, note);

  const writeWords = () => {
    about.textContent = isQuestion
      ? `${file.description ?? ''} ${sizeOf(file.sizeInBytes ?? 0)}`
      : say('fileInOneDrive');
    allow.textContent = say('fileAllow');
    decline.textContent = say('fileDecline');
    link.textContent = say('fileOpen');
  };
  const answer = async (/** @type {'accept' | 'decline'} */ action) => {
    for (const button of [allow, decline]) button.disabled = true;
    const { status } = await answerFile(person.key, messageId, action);
    if (status === 200) {
      note.textContent = say(action === 'accept' ? 'fileAllowed' : 'fileDeclined');
      return;
    }
    for (const button of [allow, decline]) button.disabled = false;
    note.textContent = say('somethingWrong');
  };
  allow.addEventListener('click', () => void answer('accept'));
  decline.addEventListener('click', () => void answer('decline'));
  writeWords();
  return { element, writeWords };
}

const sizeOf = (/** @type {number} */ bytes) =>
  `(${new Intl.NumberFormat(currentLocale(), { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 }).format(Math.ceil(bytes / 1_024))})`;
