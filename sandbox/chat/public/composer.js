import { find } from './dom.js';

/**
 * The box to type into: Enter sends, Shift+Enter makes a new line.
 *
 * @param {HTMLFormElement} form
 * @param {(text: string) => void} send
 * @param {(file: File) => void} sendFile
 */
export function createComposer(form, send, sendFile) {
  /** @type {HTMLTextAreaElement} */
  const box = find(form, 'textarea');
  /** @type {HTMLButtonElement} */
  const button = find(form, '[type=submit]');
  /** @type {HTMLInputElement} */
  const file = find(form, '[type=file]');
  /** @type {HTMLButtonElement} */
  const attach = find(form, '.attach');
  attach.addEventListener('click', () => {
    file.click();
  });
  file.addEventListener('change', () => {
    const [chosen] = file.files ?? [];
    if (chosen !== undefined) sendFile(chosen);
    file.value = '';
  });

  const fit = () => {
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight}px`;
    form.classList.toggle('has-text', box.value.trim() !== '');
  };
  const write = (/** @type {string} */ text) => {
    box.value = text;
    fit();
  };

  box.addEventListener('input', fit);
  box.addEventListener('keydown', (event) => {
    // Enter that ends the composing of a character is not meant for us.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (text === '') return;
    write('');
    send(text);
  });

  return {
    isEmpty: () => box.value === '',
    /** @param {string} text */
    fill(text) {
      write(text);
      box.focus();
    },
    /** @param {string} text */
    giveBack: write,
    /** @param {boolean} isAble */
    enable(isAble) {
      box.disabled = !isAble;
      button.disabled = !isAble;
      attach.disabled = !isAble;
    },
  };
}
