/** A bot that goes on working says so again; one that has died does not. */
const SHOWN_MS = 10_000;

/** @param {HTMLElement} indicator */
export function createTyping(indicator) {
  let timer = 0;
  const hide = () => {
    clearTimeout(timer);
    indicator.hidden = true;
  };
  return {
    show() {
      clearTimeout(timer);
      indicator.hidden = false;
      timer = setTimeout(hide, SHOWN_MS);
    },
    hide,
  };
}
