// Market: bringing a machine in, with a proof that one controls its identity.
// SPDX-License-Identifier: Apache-2.0
import { network } from '../../core/network.mjs';
import { session } from '../../core/session.mjs';
import { html } from '../../parts/part.mjs';
import { checkField, membersOf, textField } from './form.mjs';
import { signatureBy } from './signing.mjs';
import { market } from './store.mjs';
import { workSheet } from './work_sheet.mjs';

/** Resolves to the machine, or undefined. */
export function onboard() {
  let redraw = () => {};
  const follow = () => redraw(); // the signer may become known while the sheet is open
  network.addEventListener('change', follow);
  const machine = workSheet({
    title: 'Onboard a machine',
    button: 'Sign and register',
    money: 'No money moved.',
    body(update) {
      redraw = update;
      return html`<p class="soft">
          The market asks for a signature by the controller of the machine’s identity: the active wallet signs. It is
          free.
        </p>
        ${textField('identityRef', 'Identity', {
          mono: true,
          value: network.address ? `did:peaq:${network.address}` : '',
          placeholder: 'did:peaq:0x…',
          hint: 'did:peaq: and its address, or peaqos:machine: and its ID',
        })}
        ${textField('displayName', 'Name', { placeholder: 'Charger at the north gate' })}
        ${textField('ownerId', 'Owner', { placeholder: 'Your organisation' })}
        ${textField('machineType', 'Type', { placeholder: 'ev-charger' })}
        ${textField('runtimeProfile', 'Runtime', { value: 'machine-runtime-agent' })}
        <details>
          <summary>Capabilities and skills</summary>
          <div class="stack">
            ${textField('capabilities', 'Capabilities', { hint: 'Separated by commas' })}
            ${textField('skillKeys', 'Skills', { hint: 'Separated by commas' })}
          </div>
        </details>
        ${checkField('skipActivate', 'Save as draft')}`;
    },
    act: (form) =>
      session.call(
        'onboardMachine',
        { ...membersOf(form, { lists: ['capabilities', 'skillKeys'], flags: ['skipActivate'] }), yes: true },
        { question: signatureBy(market.activeWallet) },
      ),
  });
  return machine.finally(() => network.removeEventListener('change', follow));
}
