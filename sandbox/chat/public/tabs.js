import { make } from './dom.js';

/**
 * In a narrow window one panel is seen at a time; these switch between them.
 *
 * @param {HTMLElement} tablist
 */
export function createTabs(tablist) {
  /** @type {{ tab: HTMLButtonElement, name: () => string, panel: HTMLElement, onShown?: (() => void) | undefined }[]} */
  const tabs = [];

  const select = (/** @type {HTMLElement} */ shown) => {
    for (const { tab, panel, onShown } of tabs) {
      const isShown = panel === shown;
      const wasShown = panel.classList.contains('is-shown');
      panel.classList.toggle('is-shown', isShown);
      tab.setAttribute('aria-selected', String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
      if (isShown) tab.classList.remove('has-news');
      if (isShown && !wasShown) onShown?.();
    }
  };

  tablist.addEventListener('keydown', ({ key }) => {
    const at = tabs.findIndex(({ tab }) => tab === document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[key];
    const next = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (at < 0 || next === undefined) return;
    select(next.panel);
    next.tab.focus();
  });

  return {
    select,
    /** @param {HTMLElement} panel @param {() => string} name @param {() => void} [onShown] it is looked at now */
    add(panel, name, onShown) {
      const tab = make('button', { class: 'tab', type: 'button', role: 'tab', 'aria-controls': panel.id });
      tab.addEventListener('click', () => select(panel));
      tabs.push({ tab, name, panel, onShown });
      tablist.append(tab);
    },
    /** Marks the tab of a panel that is not looked at. @param {HTMLElement} panel */
    noteNews(panel) {
      const found = tabs.find((one) => one.panel === panel);
      found?.tab.classList.toggle('has-news', !panel.classList.contains('is-shown'));
    },
    writeWords() {
      for (const { tab, name } of tabs) tab.textContent = name();
    },
  };
}
