import { find } from './dom.js';

/**
 * What this page is, until it is closed.
 *
 * @param {(text: string) => void} onTry writes the example into a box
 * @param {() => void} onTour
 */
export function startIntro(onTry, onTour) {
  const intro = find(document, '#intro');
  const example = find(intro, '#try');
  intro.hidden = localStorage.getItem('intro') === 'closed';
  const close = () => {
    localStorage.setItem('intro', 'closed');
    intro.hidden = true;
  };
  find(intro, '#close-intro').addEventListener('click', close);
  find(intro, '#take-tour').addEventListener('click', () => {
    close();
    onTour();
  });
  example.addEventListener('click', () => onTry(example.textContent ?? ''));
}
