import { say } from './words.js';

/** How far from the end still counts as there. */
const NEAR_END_PX = 48;
/** Between the top of what is seen and a message that is shown from its beginning. */
const MARGIN_PX = 8;

/**
 * Keeps the newest message in view for whoever is at the end, from its beginning where it is longer than the view, and offers it to whoever has scrolled up.
 *
 * @param {HTMLElement} log
 * @param {HTMLElement} content
 * @param {HTMLButtonElement} pill
 */
export function createLogScroll(log, content, pill) {
  let isAtEnd = true;
  /** Where a long message was shown from its beginning: whoever is there has not scrolled. @type {number | undefined} */
  let placedAt;
  /** The newest message that was shown, and whether it was longer than the view. */
  const seen = { newest: /** @type {Element | null} */ (null), isLonger: false };

  const toEnd = () => {
    log.scrollTop = log.scrollHeight;
    isAtEnd = true;
    pill.hidden = true;
  };
  /** What does not fit is read from its beginning, unless somebody is writing into it. */
  const toNewest = () => {
    toEnd();
    const newest = content.querySelector('.messages > li:last-child');
    const isLonger = newest instanceof HTMLElement && newest.offsetHeight > log.clientHeight;
    Object.assign(seen, { newest, isLonger });
    if (!isLonger) return;
    if (newest.contains(document.activeElement) && document.activeElement?.matches('input, textarea, select')) return;
    const above = newest.getBoundingClientRect().top - log.getBoundingClientRect().top;
    log.scrollTop += above - MARGIN_PX;
    placedAt = log.scrollTop;
  };
  log.addEventListener('scroll', () => {
    isAtEnd = log.scrollHeight - log.clientHeight - log.scrollTop < NEAR_END_PX;
    if (isAtEnd) pill.hidden = true;
    if (placedAt !== undefined && Math.abs(log.scrollTop - placedAt) > 1) placedAt = undefined;
  });
  pill.addEventListener('click', () => {
    toEnd();
    log.focus({ preventScroll: true });
  });
  const observer = new ResizeObserver((changes) => {
    if (!isAtEnd) return;
    // With a keyboard on the screen there is less room, and nothing new.
    // Whoever is at the end of a long message that changes has read its beginning, and pressed what is there.
    const isRead = seen.isLonger && seen.newest === content.querySelector('.messages > li:last-child');
    if (changes.some(({ target }) => target === content) && !isRead) toNewest();
    else toEnd();
  });
  observer.observe(log);
  observer.observe(content);

  return {
    toEnd,
    /** The log has come into view: what came meanwhile is shown, unless somebody had scrolled away. */
    shown() {
      if (isAtEnd || log.scrollTop === placedAt) toNewest();
    },
    /** Something new stands at the end. */
    arrived() {
      if (isAtEnd) toNewest();
      else pill.hidden = false;
    },
    writeWords() {
      pill.textContent = say('newMessage');
    },
  };
}
