// Light or dark: the system's choice, or the person's own, remembered in this browser.
// SPDX-License-Identifier: Apache-2.0

const dark = matchMedia('(prefers-color-scheme: dark)');
const name = 'peaqos-theme';

/** "system", "light" or "dark". */
export const theme = () => localStorage.getItem(name) ?? 'system';

function apply() {
  const chosen = theme();
  document.documentElement.dataset.theme = chosen === 'system' ? (dark.matches ? 'dark' : 'light') : chosen;
}

export function chooseTheme(chosen) {
  if (chosen === 'system') localStorage.removeItem(name);
  else localStorage.setItem(name, chosen);
  apply();
}

export function followTheme() {
  dark.addEventListener('change', apply);
  window.addEventListener('storage', apply);
  apply();
}
