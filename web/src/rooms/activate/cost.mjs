// What an activation will cost: asked of the chain before it starts, by reads alone.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';
import { coins } from '../../format/amount.mjs';
import { status } from '../../parts/parts.mjs';
import { html, nothing } from '../../parts/part.mjs';
import '../../parts/value.mjs';

const names = {
  register: 'Registration',
  mint: 'NFT',
  machine_did: 'DID',
  proxy_did: 'List of machines in the operator’s DID',
};

export class Plan {
  /** What planActivation said last; undefined while nothing is known. */
  value;
  /** Why nothing is known. */
  problem;
  #changed;
  #asked;

  constructor(changed) {
    this.#changed = changed;
  }

  /** Asks for one account, unless it was asked the same before. What was known stays until the answer is there. */
  async ask(request, account) {
    const asked = JSON.stringify([account, request]);
    if (asked === this.#asked) return;
    this.#asked = asked;
    const answer = await session.call('planActivation', request).then(
      (value) => ({ value, problem: undefined }),
      (problem) => ({ value: undefined, problem }),
    );
    if (asked !== this.#asked) return; // something else was asked meanwhile
    Object.assign(this, answer);
    this.#changed();
  }

  /** Nothing is to be asked now; the next question is asked in any case. */
  forget() {
    this.#asked = this.value = this.problem = undefined;
  }
}

const fee = ({ name, feeWei, estimated, payer }, { currency }) =>
  html`<li>
    ${names[name]}:
    ${estimated ? '' : 'at most '}${coins(feeWei, currency, 6)}${payer === 'machine' ? ', paid by the machine' : ''}
  </li>`;

const account = (title, { address, balanceWei, missingWei }, { currency }) =>
  html`<dt>${title}</dt>
    <dd class="stack tight">
      <span class="row tight">
        <pq-value .text=${address} label="address"></pq-value>
        <span class="faint">holds ${coins(balanceWei, currency)}</span>
      </span>
      ${missingWei === '0' ? nothing : status('warn', `Short by ${coins(missingWei, currency)}`)}
    </dd>`;

const sumOf = (steps) => steps.reduce((sum, { feeWei }) => sum + BigInt(feeWei), 0n);

function bond(register, { currency }) {
  return register.state === 'due'
    ? html`<strong>${coins(register.valueWei, currency)}</strong>, once; it stays staked for the machine`
    : 'Paid';
}

/** The plan as an answer of planActivation. */
export function planned(plan) {
  const sent = plan.steps.filter(({ feeWei }) => feeWei !== undefined);
  const funds = plan.steps.some(({ name, state }) => name === 'fund' && state === 'due');
  return html`<dl class="facts">
    <dt>Bond</dt>
    <dd>
      ${bond(
        plan.steps.find(({ name }) => name === 'register'),
        plan,
      )}
    </dd>
    <dt>Fees</dt>
    <dd class="stack tight">
      ${sent.length === 0 ? 'None: nothing left to send' : html`<span>${coins(sumOf(sent), plan.currency, 6)}, at the current gas price</span>`}
      <ul class="faint small">
        ${sent.map((step) => fee(step, plan))}
      </ul>
    </dd>
    <dt>Total</dt>
    <dd>${coins(plan.totalWei, plan.currency, 6)}</dd>
    ${account('Paid by', plan.operator, plan)} ${plan.machine ? account('Machine', plan.machine, plan) : nothing}
    ${
      funds
        ? html`<dt>Funding</dt>
            <dd>The Gas Station funds wallets, behind two-factor</dd>`
        : nothing
    }
  </dl>`;
}
