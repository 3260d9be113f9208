import { currentLocale } from './words.js';

/**
 * Draws the content of an element anew only when it differs from what was drawn last, and then keeps the place that was
 * scrolled to and the focus (by `data-key`).
 *
 * @param {HTMLElement} element
 */
export function createDrawing(element) {
  let drawn = '';
  /** @param {unknown} content what the drawing depends on @param {() => Node[]} draw */
  return (content, draw) => {
    const key = JSON.stringify([currentLocale(), content]);
    if (key === drawn) return;
    drawn = key;
    const focused = document.activeElement;
    const focusedKey = focused instanceof HTMLElement && element.contains(focused) ? focused.dataset.key : undefined;
    const { scrollTop } = element;
    element.replaceChildren(...draw());
    element.scrollTop = scrollTop;
    if (focusedKey === undefined) return;
    const again = element.querySelector(`[data-key="${CSS.escape(focusedKey)}"]`);
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  };
}
