// Plans that one approval covers, as a user reads them before it: an activation with a subscription, a file of machines.
// SPDX-License-Identifier: Apache-2.0
import { coins, count } from '../format/amount.mjs';
import { address } from '../parts/address.mjs';
import { html, nothing } from '../parts/part.mjs';
import { feeLimit } from './agreed_calls.mjs';
import { fleetLimit } from './fleet_limit.mjs';
import { rolesOf } from './roles.mjs';

const facts = (rows) =>
  html`<dl class="facts">
    ${rows
      .filter(([, value]) => value)
      .map(
        ([label, value]) =>
          html`<dt>${label}</dt>
            <dd class="anywhere">${value}</dd>`,
      )}
  </dl>`;

const same = (a, b) => a.toLowerCase() === b.toLowerCase();

/** Of the question "confirm_activation". */
export function activationPlan(plan) {
  const { owner, controller, net_peaq_amount: net, voucher_credit: credit, fees } = plan;
  const roles = rolesOf({ signs: owner, owns: owner, pays: owner, controls: controller });
  return html`<p class="headline">
      Activate a ${plan.machine_type} with the ${plan.tier} subscription for ${coins(net)}
    </p>
    ${facts([
      ['Machine ID', html`<code class="mono">${plan.machine_id}</code>`],
      ...roles.map(([words, account]) => [words, address(account, words.toLowerCase())]),
      ['Manufacturer', same(plan.manufacturer, owner) ? undefined : address(plan.manufacturer, 'manufacturer')],
      ['Bond', html`<strong>${coins(plan.bond_amount)}</strong>`],
      ['Paid by a voucher', credit !== '0' && coins(credit)],
      ['Fees', `up to ${coins(feeLimit(fees), 'PEAQ', 6)}; above that you are asked again`],
      ['Balance after', `at least ${coins(BigInt(plan.balance) - BigInt(net) - feeLimit(fees))}`],
      ['Transactions', plan.approval_required ? 'Two: allow exactly this bond to be taken, then activate' : 'One'],
      ['Contracts', plan.deployment],
    ])}
    ${same(owner, controller) ? nothing : html`<p class="soft">The machine owns itself. The controller may change its DID, suspend it and renew it.</p>`}`;
}

/** Of the question "activate_fleet". */
export function fleetPlan(plan) {
  const { machines, registrations, bonds_wei: bonds, top_ups: topUps, top_ups_wei: sent, fees_wei: fees } = plan;
  const { currency } = plan;
  return html`<p class="headline">Activate ${count(machines)} ${machines === 1 ? 'machine' : 'machines'}</p>
    ${facts([
      ['Signs and pays', address(plan.from, 'operator')],
      ['Bonds', registrations > 0 && html`<strong>${coins(bonds, currency)}</strong> for ${count(registrations)}`],
      ['To the machines', topUps > 0 && `${coins(sent, currency)} for ${count(topUps)}, for the fees of their DIDs`],
      ['Fees', `about ${coins(fees, currency, 6)}`],
      ['Total', `at most ${coins(fleetLimit(plan), currency)}; above that you are asked again`],
    ])}`;
}
