// Wallets: one that exists elsewhere, by its recovery phrase, a file with its private key, or its wallet file.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';
import { icon } from '../../parts/icon.mjs';
import { chooseFile } from '../../parts/choose_file.mjs';
import { failure, sendButton } from '../../parts/parts.mjs';
import { define, html, nothing, Part } from '../../parts/part.mjs';
import '../../parts/secret_input.mjs';
import './passphrase_choice.mjs';
import './wallet_name.mjs';

const kinds = { phrase: 'Recovery phrase', key: 'Private key file', file: 'Wallet file' };

const abouts = {
  phrase: '12 to 24 English words, in their order.',
  key: 'A text file with 0x and 64 hexadecimal digits, or 32 bytes.',
  file: 'A .json of the folder ~/.ows/wallets, or an export of another console.',
};

const trouble = (message, hint) => Object.assign(new Error(message), { hint });

// A key that is here already would be two wallets of one address: the new one goes again.
async function refuseTwin(wallet) {
  const all = await session.call('listWallets');
  const twin = all.find(
    (other) =>
      other.id !== wallet.id && other.peaq_address === wallet.peaq_address && other.key_type === wallet.key_type,
  );
  if (!twin || !wallet.peaq_address) return;
  await session.call('deleteWallet', { wallet: wallet.id });
  throw trouble(`This wallet is already here, as ${twin.name}`, 'Nothing was imported');
}

/** Says `made` with the wallet, or `back`. */
export class ImportWallet extends Part {
  static properties = {
    taken: { attribute: false },
    kind: { state: true },
    file: { state: true },
    error: { state: true },
    busy: { state: true },
  };

  constructor() {
    super();
    this.kind = 'phrase';
  }

  #secret(name) {
    return this.querySelector(`pq-secret[name="${name}"]`);
  }

  async #wallet(form) {
    if (this.kind !== 'phrase' && !this.file) throw trouble('no file was chosen', 'Choose one');
    if (this.kind === 'file') return session.addWalletFile(this.file.bytes, this.#secret('file-passphrase').value);
    const name = this.querySelector('pq-wallet-name').take();
    if (name === undefined) return undefined;
    const passphrase = await this.querySelector('pq-passphrase-choice').take();
    if (passphrase === undefined) return undefined;
    const phrase = this.#secret('phrase')?.value;
    const answers = { new_passphrase: passphrase, mnemonic: phrase, private_key: this.file?.bytes };
    const question = ({ name: asked }) => answers[asked] ?? null;
    return this.kind === 'phrase'
      ? session.call('importMnemonic', { name, index: form.elements.index.value.trim() || '0' }, { question })
      : session.call('importPrivateKey', { name }, { question });
  }

  async #submit(event) {
    event.preventDefault();
    this.error = undefined;
    this.busy = true;
    try {
      const wallet = await this.#wallet(event.target);
      if (!wallet) return;
      await refuseTwin(wallet);
      this.querySelectorAll('pq-secret').forEach((secret) => secret.clear());
      this.file = undefined;
      this.dispatchEvent(new CustomEvent('made', { detail: wallet }));
    } catch (error) {
      this.error = error;
    } finally {
      this.busy = false;
    }
  }

  #source() {
    if (this.kind === 'phrase')
      return html`<pq-secret name="phrase" label="Recovery phrase" .hint=${abouts.phrase}></pq-secret>
        <details>
          <summary>Another account of the phrase</summary>
          <div class="field">
            <label for="index">Index</label>
            <input class="input short" id="index" name="index" inputmode="numeric" value="0" autocomplete="off" />
          </div>
        </details>`;
    return html`<div class="stack tight">
      <div class="row">
        <button type="button" class="button" @click=${async () => (this.file = (await chooseFile()) ?? this.file)}>
          ${icon('file')} ${this.file ? 'Choose another file' : 'Choose a file'}
        </button>
        <span class="soft truncate" role="status">${this.file?.name ?? ''}</span>
      </div>
      <p class="small faint">${abouts[this.kind]}</p>
    </div>`;
  }

  render() {
    return html`<form class="card form" @submit=${this.#submit} aria-labelledby="import-title">
      <h2 id="import-title">Import a wallet</h2>
      <div>
        <div class="segments" role="radiogroup" aria-label="From">
          ${Object.entries(kinds).map(
            ([kind, label]) =>
              html`<label>
                <input
                  type="radio"
                  name="kind"
                  .checked=${kind === this.kind}
                  @change=${() => {
                    this.kind = kind;
                    this.file = this.error = undefined;
                  }}
                />
                <span>${label}</span>
              </label>`,
          )}
        </div>
      </div>
      ${
        this.kind === 'file'
          ? html`${this.#source()}
              <pq-secret
                name="file-passphrase"
                label="Wallet passphrase"
                autocomplete="off"
                .hint=${'It stays the passphrase of the wallet; the vault keeps it, encrypted.'}
              ></pq-secret>`
          : html`<pq-wallet-name .taken=${this.taken}></pq-wallet-name> ${this.#source()}
              <pq-passphrase-choice></pq-passphrase-choice>`
      }
      ${this.error ? failure(this.error) : nothing}
      <div class="row">
        ${sendButton('Import', { symbol: 'upload', busy: this.busy })}
        <button type="button" class="button quiet" @click=${() => this.dispatchEvent(new CustomEvent('back'))}>
          Cancel
        </button>
      </div>
    </form>`;
  }
}
define('pq-import-wallet', ImportWallet);
