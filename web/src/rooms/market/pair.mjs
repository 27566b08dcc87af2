// Market: pairing an agent that may buy for a machine, within limits; and a fresh token for one that is paired.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';
import { html, nothing } from '../../parts/part.mjs';
import { membersOf, textField } from './form.mjs';
import { signatureBy } from './signing.mjs';
import { market } from './store.mjs';
import { workSheet } from './work_sheet.mjs';

const lists = ['allowedSkills', 'deniedSkills', 'allowedServices', 'deniedServices'];

/** Resolves to the pairing, or undefined. */
export function pair(machine) {
  const own = market.wallets.filter(({ peaq_address: address }) => address);
  let chosen = (market.activeWallet ?? own[0])?.id ?? '';
  return workSheet({
    title: `Pair an agent with ${machine.display_name}`,
    button: 'Sign and pair',
    money: 'No money moved.',
    body: (update) =>
      html`<p class="soft">
          The agent buys for the machine, from its own account, and within the limits that you set here.
        </p>
        <div class="field">
          <label for="agent">Agent</label>
          <select
            class="select"
            id="agent"
            @change=${(event) => {
              chosen = event.target.value;
              update();
            }}
          >
            ${own.map(
              ({ id, name, peaq_address: address }) =>
                html`<option value=${id} ?selected=${id === chosen}>
                  ${name} · ${address.slice(0, 6)}…${address.slice(-4)}
                </option>`,
            )}
            <option value="" ?selected=${chosen === ''}>External agent (paste signature)</option>
          </select>
        </div>
        ${chosen === '' ? textField('agentAddress', 'Address of the agent', { mono: true, placeholder: '0x…' }) : nothing}
        ${textField('agentProvider', 'Provider', { value: 'peaqos', hint: 'Who made the agent' })}
        ${textField('agentRole', 'Role', { value: 'machine-market-buyer' })}
        <fieldset class="stack">
          <legend class="legend">Limits</legend>
          <div class="pair-of-fields">
            ${textField('perTransactionLimit', 'Per order', { kind: 'number', placeholder: '10' })}
            ${textField('dailySpendLimit', 'Per day', { kind: 'number', placeholder: '50' })}
          </div>
          ${textField('currency', 'Currency', { value: 'USD' })}
          <details>
            <summary>Allowed services</summary>
            <div class="stack">
              ${textField('allowedSkills', 'Only these skills', { hint: 'Separated by commas; empty: all' })}
              ${textField('deniedSkills', 'Not these skills')} ${textField('allowedServices', 'Only these services')}
              ${textField('deniedServices', 'Not these services')}
            </div>
          </details>
        </fieldset>`,
    act(form) {
      const wallet = own.find(({ id }) => id === chosen);
      const members = membersOf(form, { lists });
      if (!members.perTransactionLimit && !members.dailySpendLimit) delete members.currency;
      const agentAddress = wallet?.peaq_address ?? members.agentAddress ?? '';
      const request = { machineId: machine.id, ...members, agentAddress, yes: true };
      return session.call('pairAgent', request, { question: signatureBy(wallet) });
    },
  });
}

/** Resolves to the pairing with its new session, or undefined. */
export function rotate(pairing) {
  const wallet = market.walletOf(pairing.agent_address);
  return workSheet({
    title: 'Rotate the token?',
    button: 'Sign and rotate',
    money: 'No money moved.',
    body: () =>
      html`<p>
          The agent <code class="mono">${pairing.agent_address}</code> signs a new challenge and gets a new token.
          <strong>The old one ends at once</strong>, wherever else it is in use.
        </p>
        <p class="soft">
          ${wallet ? `${wallet.name} signs here.` : 'Its key is not here: you will be asked for the signature.'}
        </p>`,
    act: () =>
      session.call(
        'createAgentPairingSession',
        {
          machineId: pairing.machine_id,
          agentPairingId: pairing.id,
          agentAddress: pairing.agent_address,
          agentProvider: pairing.agent_provider,
          agentRole: pairing.agent_role,
          ...(pairing.agent_did && { agentDid: pairing.agent_did }),
        },
        { question: signatureBy(wallet) },
      ),
  });
}
