// What an operation asks of a person, as sheets. Resolves to the answer, or null when there is none.
// SPDX-License-Identifier: Apache-2.0
import '../parts/digits.mjs';
import '../parts/secret_input.mjs';
import { openSheet } from '../parts/sheet.mjs';
import { html } from '../parts/part.mjs';
import { transaction } from '../parts/transaction.mjs';

const forms = {
  approve: (question, close) =>
    html`${transaction(question)} ${question.note ? html`<p class="soft">${question.note}</p>` : ''}
      <div class="actions">
        <button type="button" class="button primary" autofocus @click=${() => close('yes')}>
          ${question.action ?? 'Sign and send'}
        </button>
        <button type="button" class="button" @click=${() => close()}>Do not sign</button>
      </div>`,
  totp: (question, close) =>
    html`<p>${question.text}</p>
      <pq-digits label="Code of six digits" @complete=${(event) => close(event.detail)}></pq-digits>`,
  hidden: (question, close) =>
    html`<form
      class="stack"
      @submit=${(event) => {
        event.preventDefault();
        close(event.target.querySelector('pq-secret').value);
      }}
    >
      <pq-secret name="answer" label=${question.text} autocomplete="off" focused></pq-secret>
      <div class="actions"><button class="button primary">Continue</button></div>
    </form>`,
  open: (question, close) =>
    html`<form
      class="stack"
      @submit=${(event) => {
        event.preventDefault();
        close(new FormData(event.target).get('answer'));
      }}
    >
      <div class="field">
        <label for="answer">${question.text}</label>
        <input class="input" id="answer" name="answer" autocomplete="off" autofocus />
      </div>
      <div class="actions"><button class="button primary">Continue</button></div>
    </form>`,
};

export async function askPerson(question) {
  const form = forms[question.name] ?? (question.hidden ? forms.hidden : forms.open);
  const title = question.name === 'approve' ? 'Sign this transaction?' : 'Your answer is needed';
  const answer = await openSheet({ title, content: ({ close }) => form(question, close) });
  return answer ?? null;
}
