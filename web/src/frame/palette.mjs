// The command palette: jump to a room, run an action, or type a peaqos command line.
// SPDX-License-Identifier: Apache-2.0
import { render } from 'lit';
import { session } from '../core/session.mjs';
import { icon } from '../parts/icon.mjs';
import { html } from '../parts/part.mjs';
import { go } from './router.mjs';
import { rooms } from './rooms.mjs';

const sources = [];

/** Adds entries to the palette: source(query) returns [{symbol, label, note, act}], or a promise for them. */
export const addPaletteSource = (source) => sources.push(source);

const actions = () => [
  ...rooms.map(({ path, title }) => ({ symbol: path, label: title, note: 'Room', act: () => go(path) })),
  { symbol: 'lock', label: 'Lock', note: 'Action', act: () => session.lock() },
];

const matches = (query) => (entry) => entry.label.toLowerCase().includes(query.toLowerCase());

async function entriesFor(query, run) {
  const line = query.replace(/^(\$\s*)?peaqos\s+/, '');
  const command = { symbol: 'terminal', label: `peaqos ${line}`, note: 'Run', act: () => run(line) };
  if (line !== query) return [command];
  const more = query ? (await Promise.all(sources.map((source) => source(query)))).flat() : [];
  return [...more, ...actions().filter(matches(query)), ...(query ? [command] : [])];
}

export function openPalette({ run }) {
  const dialog = document.createElement('dialog');
  dialog.className = 'palette';
  dialog.setAttribute('aria-label', 'Command palette');
  document.body.append(dialog);
  let entries = [];
  let current = 0;

  const act = (entry) => {
    dialog.close();
    entry?.act();
  };
  const update = () => {
    render(
      html`<div class="ask">
          ${icon('search')}
          <input
            role="combobox"
            aria-label="Search, or type a peaqos command"
            aria-expanded="true"
            aria-controls="palette-list"
            aria-activedescendant="palette-${current}"
            placeholder="Machine, room, action, or a peaqos command"
            autocomplete="off"
            spellcheck="false"
            @input=${(event) => search(event.target.value)}
            @keydown=${keydown}
          />
        </div>
        <div role="listbox" id="palette-list" aria-label="Results">
          ${entries.map(
            (entry, at) =>
              html`<div
                role="option"
                id="palette-${at}"
                aria-selected=${String(at === current)}
                @click=${() => act(entry)}
              >
                ${icon(entry.symbol)} <span class="truncate">${entry.label}</span>
                <span class="faint small">${entry.note}</span>
              </div>`,
          )}
        </div>`,
      dialog,
    );
    dialog.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  };
  const keydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && entries.length > 0) {
      event.preventDefault();
      current = (current + step + entries.length) % entries.length;
      update();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      act(entries[current]);
    }
  };
  let latest = 0;
  async function search(query) {
    const mine = ++latest;
    const found = await entriesFor(query.trim(), run);
    if (mine !== latest) return;
    entries = found;
    current = 0;
    update();
  }
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  update();
  dialog.showModal();
  search('');
}
