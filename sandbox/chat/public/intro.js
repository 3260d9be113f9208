import { find } from './dom.js';

/** What this page is, until it is closed. @param {(text: string) => void} onTry writes the example into a box */
export function startIntro(onTry) {
  const intro = find(document, '#intro');
  const example = find(intro, '#try');
  intro.hidden = localStorage.getItem('intro') === 'closed';
  find(intro, '#close-intro').addEventListener('click', () => {
    localStorage.setItem('intro', 'closed');
    intro.hidden = true;
  });
  example.addEventListener('click', () => onTry(example.textContent ?? ''));
}
