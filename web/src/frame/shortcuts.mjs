// The keyboard map: single keys where nobody types, `g` and a letter to go somewhere, and what the help lists.
// SPDX-License-Identifier: Apache-2.0

const patience = 1200; // milliseconds between `g` and its letter

/** Letters after `g`, by page. */
export const places = { f: 'fleet', a: 'activate', e: 'events', m: 'market', w: 'wallets', s: 'settings' };

/** For the help: [keys, what they do]. */
export const keyMap = [
  ['/ or Ctrl K', 'Search, jump, run an action'],
  ['?', 'This list'],
  ['g then f a e m w s', 'Fleet, Activate, Events, Market, Wallets, Settings'],
  ['j k or ↓ ↑', 'Next and previous row, or square of the grid'],
  ['x', 'Select it'],
  ['Shift ↓ ↑ ← →', 'Select in the grid while moving'],
  ['Enter', 'Open it'],
  ['← →', 'From day to day in a chart'],
  ['e', 'Submit an event for the machine'],
  ['Esc', 'Close the panel or dialog'],
  ['c', 'Command line'],
  ['Ctrl Shift L', 'Lock, from anywhere'],
];

/**
 * Reads key presses: read({ key, ctrlKey, metaKey, shiftKey, altKey }, { typing, dialog, now }) gives an action or
 * undefined. Actions: { lock }, { palette }, { help }, { drawer }, { go: page }, { press: letter } for a control that has
 * the letter as its data-key. `typing`: in a field; `dialog`: one is open; `now` in milliseconds.
 */
export function createShortcuts() {
  let leader = -Infinity; // when `g` was pressed
  return function read({ key, ctrlKey, metaKey, shiftKey, altKey }, { typing, dialog, now }) {
    const command = ctrlKey || metaKey;
    if (command && shiftKey && key.toLowerCase() === 'l') return { lock: true };
    if (dialog) return undefined;
    if (command && key.toLowerCase() === 'k') return { palette: true };
    if (typing || command || altKey) return undefined;
    const led = now - leader < patience;
    leader = key === 'g' && !led ? now : -Infinity;
    if (led) return places[key] && { go: places[key] };
    if (key === 'g') return undefined;
    if (key === '/') return { palette: true };
    if (key === '?') return { help: true };
    if (key === 'c') return { drawer: true };
    return /^[a-z]$/.test(key) ? { press: key } : undefined;
  };
}
