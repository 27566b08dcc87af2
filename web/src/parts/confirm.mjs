// A question with two answers, the careful one first under the keyboard.
// SPDX-License-Identifier: Apache-2.0
import { html } from './part.mjs';
import { openSheet } from './sheet.mjs';

/** Resolves to true when the user says so; `no` is where the keyboard is. */
export const confirm = ({ title, text, yes, no = 'Cancel', danger = false }) =>
  openSheet({
    title,
    content: ({ close }) =>
      html`<p>${text}</p>
        <div class="actions">
          <button type="button" class="button primary" autofocus @click=${() => close()}>${no}</button>
          <button type="button" class="button ${danger ? 'danger' : ''}" @click=${() => close(true)}>${yes}</button>
        </div>`,
  }).then(Boolean);
