// What an activation will cost: asked of the chain before it starts, by reads alone.
// SPDX-License-Identifier: Apache-2.0
import { coins } from '../../format/amount.mjs';
import { status } from '../../parts/parts.mjs';
import { rolesOf } from '../../signing/roles.mjs';
import { html, nothing } from '../../parts/part.mjs';
import '../../parts/value.mjs';

const names = {
  register: 'Registration',
  mint: 'NFT',
  machine_did: 'DID',
  proxy_did: 'List of machines in the operator’s DID',
  approve_token: 'Allowing the bond to be taken',
  activate: 'Activation',
};

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

// Who does what, and the ID that the machine will have.
const roles = ({ roles: given, machineId }) =>
  html`${rolesOf(given).map(
      ([words, account]) =>
        html`<dt>${words}</dt>
          <dd><pq-value .text=${account} label="address"></pq-value></dd>`,
    )}
    <dt>Machine ID</dt>
    <dd><pq-value .text=${machineId} label="machine ID"></pq-value></dd>`;

const sumOf = (steps) => steps.reduce((sum, { feeWei }) => sum + BigInt(feeWei), 0n);

function bond({ bondWei, creditWei, roles, currency }) {
  if (bondWei === '0' && !BigInt(creditWei ?? 0)) return 'Paid';
  const credit = creditWei && creditWei !== '0' ? `; a voucher pays ${coins(creditWei, currency)} more` : '';
  return html`<strong>${coins(bondWei, currency)}</strong>,
    ${roles ? 'for the first period' : 'once; it stays staked for the machine'}${credit}`;
}

/** The plan as an answer of planActivation. */
export function planned(plan) {
  const sent = plan.steps.filter(({ feeWei }) => feeWei !== undefined);
  const funds = plan.steps.some(({ name, state }) => name === 'fund' && state === 'due');
  return html`<dl class="facts">
    <dt>Bond</dt>
    <dd>${bond(plan)}</dd>
    <dt>Fees</dt>
    <dd class="stack tight">
      ${sent.length === 0 ? 'None: nothing left to send' : html`<span>${coins(sumOf(sent), plan.currency, 6)}, at the current gas price</span>`}
      <ul class="faint small">
        ${sent.filter(({ feeWei }) => feeWei !== '0').map((step) => fee(step, plan))}
      </ul>
    </dd>
    <dt>Total</dt>
    <dd>${coins(plan.totalWei, plan.currency, 6)}</dd>
    ${plan.operator ? account('Paid by', plan.operator, plan) : nothing}
    ${plan.machine ? account(plan.operator ? 'Machine' : 'Paid by', plan.machine, plan) : nothing}
    ${plan.roles ? roles(plan) : nothing}
    ${
      funds
        ? html`<dt>Funding</dt>
            <dd>The Gas Station funds wallets, behind two-factor</dd>`
        : nothing
    }
  </dl>`;
}
