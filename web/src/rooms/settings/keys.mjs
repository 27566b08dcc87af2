// Settings: which keys there are. None of them is ever shown.
// SPDX-License-Identifier: Apache-2.0
import { settings } from '../../core/settings.mjs';
import { hrefTo } from '../../frame/router.mjs';
import { actOn, failure, sentence, status } from '../../parts/parts.mjs';
import { define, html, nothing, Part } from '../../parts/part.mjs';
import '../../parts/secret_input.mjs';
import { openSheet } from '../../parts/sheet.mjs';
import { terms } from '../../words/terms.mjs';

const secrets = [
  { name: 'PEAQOS_ORCH_API_KEY', label: 'Machine Market key' },
  {
    name: 'PEAQOS_PRIVATE_KEY',
    label: 'Private key',
  },
];

function askSecret({ name, label }) {
  let error;
  return openSheet({
    title: label,
    content: ({ close, update }) =>
      html`<form
        class="stack"
        @submit=${async (event) => {
          event.preventDefault();
          const input = event.target.querySelector('pq-secret');
          try {
            await settings.changeSecret(name, input.value);
            input.clear();
            close(true);
          } catch (problem) {
            error = problem;
            update();
          }
        }}
      >
        <p class="soft">It is written to .env as <code class="mono">${name}</code>, in the encrypted vault.</p>
        <pq-secret name=${name} label=${label} focused></pq-secret>
        ${error ? failure(error) : nothing}
        <div class="actions"><button class="button primary">Save</button></div>
      </form>`,
  });
}

async function forget({ name, label }) {
  const sure = await openSheet({
    title: `Remove the ${label.toLowerCase()}?`,
    content: ({ close }) =>
      html`<p><code class="mono">${name}</code> will be empty in .env. The console cannot bring it back.</p>
        <div class="actions">
          <button type="button" class="button danger" @click=${() => close(true)}>Remove</button>
          <button type="button" class="button quiet" @click=${() => close()}>${terms.cancel}</button>
        </div>`,
  });
  if (sure) await settings.change({ [name]: '' });
}

export class Keys extends Part {
  constructor() {
    super();
    this.watch(settings);
  }

  #secret(secret) {
    const { name, label } = secret;
    const set = settings.has(name);
    return html`<li class="endpoint">
      <div class="stack tight">
        <span class="legend">${label}</span>
        <p class="small faint">${sentence(settings.about(name))}</p>
      </div>
      <div class="row grow">
        ${set ? status('good', 'Set') : status('', 'Not set')}
        <button type="button" class="button little" @click=${() => askSecret(secret)}>
          ${actOn(set ? 'Replace' : 'Set', label)}
        </button>
        ${
          set
            ? html`<button type="button" class="button quiet little" @click=${() => forget(secret)}>
                ${actOn('Remove', label)}
              </button>`
            : nothing
        }
      </div>
    </li>`;
  }

  render() {
    const wallet = settings.value('PEAQOS_OWS_WALLET');
    return html`<section class="section" aria-labelledby="keys">
      <h2 id="keys">Keys</h2>
      <ul class="stack">
        <li class="endpoint">
          <div class="stack tight">
            <span class="legend">${terms.activeWallet}</span>
            <p class="small faint">Takes precedence over the private key</p>
          </div>
          <div class="row grow">
            ${wallet ? html`<strong class="truncate">${wallet}</strong>` : status('', 'None active')}
            <a class="button little" href=${hrefTo('wallets')}>Wallets</a>
          </div>
        </li>
        ${secrets.map((secret) => this.#secret(secret))}
      </ul>
    </section>`;
  }
}
define('pq-settings-keys', Keys);
