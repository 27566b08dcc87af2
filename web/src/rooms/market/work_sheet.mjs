// A sheet with a form that runs an operation: while it runs nothing can be sent twice, and what it refuses is shown.
// SPDX-License-Identifier: Apache-2.0
import { failure, sendButton } from '../../parts/parts.mjs';
import { html, nothing } from '../../parts/part.mjs';
import { openSheet } from '../../parts/sheet.mjs';

/**
 * `body(update)` is the form's content, `act(form)` runs what it is for; the sheet resolves to what that returned.
 * `money` is a sentence about money for the case that it fails.
 */
export function workSheet({ title, body, act, button, danger = false, money }) {
  let busy = false;
  let error;
  return openSheet({
    title,
    content({ close, update }) {
      async function submit(event) {
        event.preventDefault();
        if (busy) return;
        busy = true;
        error = undefined;
        update();
        try {
          close(await act(event.target));
        } catch (problem) {
          error = problem;
        }
        busy = false;
        update();
      }
      return html`<form class="stack" @submit=${submit}>
        ${body(update)} ${error ? failure(error, { money }) : nothing}
        <div class="actions">
          ${sendButton(button, { busy, danger })}
          <button type="button" class="button quiet" @click=${() => close()}>Cancel</button>
        </div>
      </form>`;
    },
  });
}
