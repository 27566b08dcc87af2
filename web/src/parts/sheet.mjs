// Sheets: what is asked or shown beside a room, in a dialog of the browser's own, which keeps the focus in and Esc
// working.
// SPDX-License-Identifier: Apache-2.0
import { render } from 'lit';
import { icon } from './icon.mjs';
import { html, nothing } from './part.mjs';

let lock;

/** Gives every sheet a button that locks the console, as long as `action` is set. */
export const offerLock = (action) => (lock = action);

/**
 * Opens a sheet; resolves to what `close` was called with, or undefined when the person closed it.
 * openSheet({ title: 'Pay', content: ({ close, update }) => html`...` }). `update()` renders the content again.
 */
export function openSheet({ title, content }) {
  const dialog = document.createElement('dialog');
  dialog.className = 'sheet';
  dialog.setAttribute('aria-labelledby', 'sheet-title');
  document.body.append(dialog);
  return new Promise((resolve) => {
    let answer;
    const close = (value) => {
      answer = value;
      dialog.close();
    };
    const update = () =>
      render(
        html`<header>
            <h2 id="sheet-title">${title}</h2>
            ${
              lock
                ? html`<button
                    type="button"
                    class="button quiet icon"
                    aria-label="Lock the console"
                    title="Lock the console (Ctrl-Shift-L)"
                    @click=${lock}
                  >
                    ${icon('lock')}
                  </button>`
                : nothing
            }
            <button type="button" class="button quiet icon" aria-label="Close" @click=${() => close()}>
              ${icon('cross')}
            </button>
          </header>
          <div class="body">${content({ close, update })}</div>`,
        dialog,
      );
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(answer);
    });
    update();
    dialog.showModal();
    dialog.querySelector('[autofocus]')?.focus();
  });
}

/** Closes every open sheet unanswered: the console was locked. */
export const closeSheets = () => document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.close());
