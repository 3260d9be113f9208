import { say } from './words.js';

/** How far from the end still counts as there. */
const NEAR_END_PX = 48;

/**
 * Keeps the newest message in view for whoever is at the end, and offers it to whoever has scrolled up.
 *
 * @param {HTMLElement} log
 * @param {HTMLElement} content
 * @param {HTMLButtonElement} pill
 */
export function createLogScroll(log, content, pill) {
  let isAtEnd = true;

  const toEnd = () => {
    log.scrollTop = log.scrollHeight;
    isAtEnd = true;
    pill.hidden = true;
  };
  log.addEventListener('scroll', () => {
    isAtEnd = log.scrollHeight - log.clientHeight - log.scrollTop < NEAR_END_PX;
    if (isAtEnd) pill.hidden = true;
  });
  pill.addEventListener('click', () => {
    toEnd();
    log.focus({ preventScroll: true });
  });
  const observer = new ResizeObserver(() => {
    if (isAtEnd) toEnd();
  });
  observer.observe(log);
  observer.observe(content);

  return {
    toEnd,
    /** Something new stands at the end. */
    arrived() {
      if (isAtEnd) toEnd();
      else pill.hidden = false;
    },
    writeWords() {
      pill.textContent = say('newMessage');
    },
  };
}
