// What an operation asks of a person, as sheets. Resolves to the answer, or null when there is none.
// SPDX-License-Identifier: Apache-2.0
import '../parts/digits.mjs';
import '../parts/secret_input.mjs';
import { openSheet } from '../parts/sheet.mjs';
import { html } from '../parts/part.mjs';

const forms = {
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
  const answer = await openSheet({ title: 'Your answer is needed', content: ({ close }) => form(question, close) });
  return answer ?? null;
}
