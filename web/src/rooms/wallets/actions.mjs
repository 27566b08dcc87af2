// What can be done with a wallet, each in a sheet that says what will happen.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';
import { askPassphrase } from '../../frame/ask_passphrase.mjs';
import { icon } from '../../parts/icon.mjs';
import { failure } from '../../parts/parts.mjs';
import { html, nothing } from '../../parts/part.mjs';
import { saveFile } from '../../parts/save_file.mjs';
import { openSheet } from '../../parts/sheet.mjs';
import '../../parts/value.mjs';
import { familiesOf } from './families.mjs';
import { terms } from '../../words/terms.mjs';
import './secret_words.mjs';

/** Remembers that somebody has a copy of the wallet elsewhere. */
export const backedUp = ({ id }) =>
  session.prefer({ backedUp: [...new Set([...(session.preferences.backedUp ?? []), id])] });

/** Whether the reminder is due. */
export const needsBackup = ({ id }) => !(session.preferences.backedUp ?? []).includes(id);

export function showAddresses(wallet) {
  return openSheet({
    title: `Addresses of ${wallet.name}`,
    content: () =>
      html`<ul class="families">
        ${familiesOf(wallet.accounts).map(
          ({ title, also, address, path }) =>
            html`<li>
              <div class="row apart">
                <strong>${title}</strong>
                ${path ? html`<code class="mono faint small">${path}</code>` : nothing}
              </div>
              ${also?.length ? html`<p class="faint small">${also.join(', ')} too</p>` : nothing}
              <pq-value .text=${address} label="${title} address" wide></pq-value>
            </li>`,
        )}
      </ul>`,
  });
}

const secretOf = (wallet, passphrase) =>
  session.call('exportWallet', { wallet: wallet.id }, { question: () => passphrase }).then(({ secret }) => secret);

export async function exportFile(wallet) {
  const done = await askPassphrase({
    title: `Export ${wallet.name}`,
    text: 'The wallet file, encrypted as it is here. It opens with the passphrase of the wallet, and goes into ~/.ows/wallets for the command.',
    button: 'Export',
    async act(passphrase) {
      await secretOf(wallet, passphrase);
      const path = `.ows/wallets/${wallet.id}.json`;
      saveFile(`${wallet.id}.json`, 'application/json', await session.readFile(path));
      return true;
    },
  });
  if (done) await backedUp(wallet);
}

export async function reveal(wallet) {
  const what = wallet.key_type === 'mnemonic' ? 'recovery phrase' : 'private keys';
  const answer = await askPassphrase({
    title: `Show the ${what}`,
    text: `Who sees the ${what} of ${wallet.name} can take everything that it holds. Make sure nobody is watching.`,
    button: 'Show',
    act: (passphrase) => secretOf(wallet, passphrase),
  });
  if (!answer) return;
  let secret = answer.value;
  const words = wallet.key_type === 'mnemonic';
  const next = await openSheet({
    title: words ? `Recovery phrase of ${wallet.name}` : `Private keys of ${wallet.name}`,
    content: ({ close }) =>
      html`<pq-secret-words .secret=${secret} @gone=${() => (secret = undefined)}></pq-secret-words>
        <div class="actions">
          ${
            words
              ? html`<button type="button" class="button primary" @click=${() => close('check')}>
                  ${icon('check')} I wrote it down: verify
                </button>`
              : nothing
          }
          <button type="button" class="button quiet" @click=${() => close()}>Close</button>
        </div>`,
  });
  if (next === 'check' && secret) await checkPhrase(wallet, secret);
}

// Three places of the phrase, in order.
function places(count) {
  const all = Array.from({ length: count }, (_, at) => at);
  const chosen = [];
  while (chosen.length < 3) {
    const [random] = crypto.getRandomValues(new Uint32Array(1));
    chosen.push(...all.splice(random % all.length, 1));
  }
  return chosen.sort((a, b) => a - b);
}

async function checkPhrase(wallet, phrase) {
  const words = phrase.split(' ');
  const asked = places(words.length);
  let problem;
  const right = await openSheet({
    title: 'Check your copy',
    content: ({ close, update }) =>
      html`<form
        class="stack"
        @submit=${(event) => {
          event.preventDefault();
          const typed = new FormData(event.target);
          const wrong = asked.find((at) => typed.get(`word-${at}`).trim().toLowerCase() !== words[at]);
          if (wrong === undefined) return close(true);
          problem = `Word ${wrong + 1} is another one. Compare your copy with the phrase.`;
          return update();
        }}
      >
        <p class="soft">Read from what you wrote down.</p>
        ${asked.map(
          (at, index) =>
            html`<div class="field">
              <label for="word-${at}">Word ${at + 1}</label>
              <input
                class="input mono"
                id="word-${at}"
                name="word-${at}"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                ?autofocus=${index === 0}
              />
            </div>`,
        )}
        ${problem ? failure({ message: problem }) : nothing}
        <div class="actions"><button class="button primary">Check</button></div>
      </form>`,
  });
  if (right) await backedUp(wallet);
}

export function remove(wallet) {
  let error;
  let typed = '';
  return openSheet({
    title: `Delete ${wallet.name}?`,
    content: ({ close, update }) =>
      html`<form
        class="stack"
        @submit=${async (event) => {
          event.preventDefault();
          try {
            await session.call('deleteWallet', { wallet: wallet.id });
            close(true);
          } catch (problem) {
            error = problem;
            update();
          }
        }}
      >
        <p>
          Its keys are deleted from this console.
          ${needsBackup(wallet) ? html`<strong>It is not backed up.</strong>` : nothing} Without a backup, what its
          addresses hold is lost for good:
        </p>
        <pq-value .text=${wallet.peaq_address ?? wallet.id} label="address" wide></pq-value>
        <div class="field">
          <label for="delete-name">Type its name, ${wallet.name}, to continue</label>
          <input
            class="input"
            id="delete-name"
            autocomplete="off"
            autofocus
            @input=${(event) => {
              typed = event.target.value;
              update();
            }}
          />
        </div>
        ${error ? failure(error) : nothing}
        <div class="actions">
          <button class="button danger" ?disabled=${typed !== wallet.name}>Delete the wallet</button>
          <button type="button" class="button quiet" @click=${() => close()}>${terms.cancel}</button>
        </div>
      </form>`,
  });
}
