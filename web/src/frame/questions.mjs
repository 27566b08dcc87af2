// What an operation asks of a person, as sheets. Resolves to the answer, or null when there is none.
// SPDX-License-Identifier: Apache-2.0
import '../parts/digits.mjs';
import { coins, count } from '../format/amount.mjs';
import { ceilingOf } from '../rooms/events/file/fee_budget.mjs';
import { revenueWords } from '../rooms/events/file/revenue_words.mjs';
import { activationPlan, fleetPlan } from '../signing/plans.mjs';
import { signingContext } from '../signing/context.mjs';
import { describe } from '../signing/describe.mjs';
import '../parts/secret_input.mjs';
import { openSheet } from '../parts/sheet.mjs';
import { html } from '../parts/part.mjs';
import { transaction } from '../parts/transaction.mjs';
import { terms } from '../words/terms.mjs';

const agreement = (action, answer, close) =>
  html`<div class="actions">
    <button type="button" class="button primary" autofocus @click=${() => close(answer)}>${action}</button>
    <button type="button" class="button" @click=${() => close()}>${terms.cancel}</button>
  </div>`;

const forms = {
  approve(question, close) {
    const context = signingContext();
    return html`${transaction(question, context)} ${question.note ? html`<p class="soft">${question.note}</p>` : ''}
    ${agreement(question.action ?? describe(question, context).button, 'yes', close)}`;
  },
  agree: (question, close) =>
    html`<p class="headline">${question.title}</p>
      <dl class="facts">
        ${question.rows.map(
          ([label, value]) =>
            html`<dt>${label}</dt>
              <dd class="anywhere">${value}</dd>`,
        )}
      </dl>
      ${agreement('Sign and continue', 'y', close)}`,
  confirm_activation: (question, close) =>
    html`${activationPlan(question)} ${agreement('Sign and activate', 'y', close)}`,
  activate_fleet: (question, close) => html`${fleetPlan(question)} ${agreement('Sign and activate all', 'y', close)}`,
  send_events: (question, close) => {
    const { events, machines, revenue, from, fee_wei: fee, currency, earlier } = question;
    const rows = [
      ['Events', `${count(events)}${earlier > 0 ? `, and ${count(earlier)} that are on the chain already` : ''}`],
      ['Machines', count(machines)],
      ['Revenue', revenueWords(revenue)],
      ['From', html`<pq-value .text=${from} label="address"></pq-value>`],
      [
        'Fees',
        `about ${coins(fee, currency)}, at most ${coins(ceilingOf(question), currency)}; above that you are asked again`,
      ],
    ];
    return html`<dl class="facts">
        ${rows
          .filter(([, value]) => value)
          .map(
            ([label, value]) =>
              html`<dt>${label}</dt>
                <dd>${value}</dd>`,
          )}
      </dl>
      ${agreement('Sign and submit all', 'y', close)}`;
  },
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
      <div class="actions"><button class="button primary">${terms.continue}</button></div>
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
      <div class="actions"><button class="button primary">${terms.continue}</button></div>
    </form>`,
};

const titles = {
  approve: 'Sign this transaction?',
  agree: 'Sign this change?',
  confirm_activation: 'Activate this machine?',
  activate_fleet: 'Activate these machines?',
  send_events: 'Submit these events?',
};

// Questions with two answers: who closes the sheet has said no.
const yesOrNo = ['agree', 'confirm_activation', 'activate_fleet', 'send_events'];

export async function askPerson(question) {
  const form = forms[question.name] ?? (question.hidden ? forms.hidden : forms.open);
  const title = titles[question.name] ?? 'Input needed';
  const answer = await openSheet({ title, content: ({ close }) => form(question, close) });
  return answer ?? (yesOrNo.includes(question.name) ? 'n' : null);
}
