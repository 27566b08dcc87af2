// A sheet that asks for the vault's passphrase afresh, and stays open until what it is for has worked.
// SPDX-License-Identifier: Apache-2.0
import '../parts/secret_input.mjs';
import { failure, sendButton } from '../parts/parts.mjs';
import { html, nothing } from '../parts/part.mjs';
import { openSheet } from '../parts/sheet.mjs';
import { accountName } from './account_name.mjs';
import { refusalOf } from './refusal.mjs';

/**
 * `act` gets the passphrase and the sheet's form; what it throws is shown. `more` is a template of further fields.
 * Resolves to {value: what act returned}, or undefined when the person closed the sheet.
 */
export function askPassphrase({ title, text, act, more, button = 'Continue', danger = false }) {
  let busy = false;
  let refusal;
  let error;
  return openSheet({
    title,
    content({ close, update }) {
      async function submit(event) {
        event.preventDefault();
        const form = event.target;
        const field = form.querySelector('pq-secret');
        busy = true;
        refusal = error = undefined;
        update();
        try {
          close({ value: await act(field.value, form) });
        } catch (problem) {
          busy = false;
          refusal = refusalOf(problem);
          if (!refusal) error = problem;
          update();
          if (refusal) field.clear();
          field.focus();
        }
      }
      return html`<form class="stack" @submit=${submit}>
        ${text ? html`<p class="soft">${text}</p>` : nothing} ${accountName}
        <pq-secret
          name="passphrase"
          label="Passphrase"
          autocomplete="current-password"
          focused
          .error=${refusal}
        ></pq-secret>
        ${more ?? nothing} ${error ? failure(error) : nothing}
        <div class="actions">${sendButton(button, { busy, danger })}</div>
      </form>`;
    },
  });
}
