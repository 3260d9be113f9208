import { find } from './dom.js';

/** Light or dark: as chosen before, else as the system is. See `theme.js`. */
export function startThemeButton() {
  /** @type {HTMLButtonElement} */
  const button = find(document, '#theme');
  const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (localStorage.getItem('theme') ?? (systemIsDark.matches ? 'dark' : 'light')) === 'dark';
  const show = () => button.setAttribute('aria-pressed', String(isDark()));

  button.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    localStorage.setItem('theme', theme);
    document.documentElement.dataset.theme = theme;
    show();
  });
  systemIsDark.addEventListener('change', show);
  show();
}
