// Settings: the network, and the endpoints that the console calls, each with a test of its own.
// SPDX-License-Identifier: Apache-2.0
import { settings } from '../../core/settings.mjs';
import { duration } from '../../format/time.mjs';
import { icon } from '../../parts/icon.mjs';
import { actOn, failure, sentence, status } from '../../parts/parts.mjs';
import { define, html, nothing, Part } from '../../parts/part.mjs';
import { probe } from './probe.mjs';

const networks = { mainnet: 'peaq mainnet', testnet: 'agung testnet', devnet: 'A devnet of your own' };
const spelled = { peaq: 'mainnet', agung: 'testnet' };

const endpoints = [
  {
    name: 'PEAQOS_RPC_URL',
    label: 'Node',
    example: 'https://peaq.api.onfinality.io/public',
    node: true,
  },
  {
    name: 'PEAQOS_MCR_API_URL',
    label: 'MCR API',
    example: 'http://127.0.0.1:8000',
  },
  {
    name: 'PEAQOS_GAS_STATION_URL',
    label: 'Gas Station',
    example: 'https://depinstation.peaq.xyz',
  },
  {
    name: 'PEAQOS_ORCHESTRATION_URL',
    label: 'Machine Market',
    example: 'https://orchestration.peaq.xyz',
  },
];

const tones = { good: 'good', cors: 'warn', silent: 'bad', wrong: 'bad' };

export class Endpoints extends Part {
  static properties = { results: { state: true }, error: { state: true }, saved: { state: true } };

  constructor() {
    super();
    this.results = {};
    this.watch(settings);
  }

  async #save(values) {
    this.error = undefined;
    try {
      await settings.change(values);
    } catch (error) {
      this.error = error;
    }
  }

  async #test({ name, node }) {
    const url = this.querySelector(`#${name}`).value.trim();
    this.results = { ...this.results, [name]: 'busy' };
    const result = await probe(url, { node }); // others may be asked meanwhile
    this.results = { ...this.results, [name]: result };
  }

  #changed({ name }, event) {
    this.results = { ...this.results, [name]: undefined };
    this.#save({ [name]: event.target.value.trim() });
  }

  #result(name) {
    const result = this.results[name];
    if (!result) return nothing;
    if (result === 'busy') return html`<p class="small">${status('busy', 'Asking')}</p>`;
    const { state, words, hint, milliseconds, chainId } = result;
    const facts = [words, chainId && `chain ${chainId}`, milliseconds !== undefined && duration(milliseconds)];
    return html`<p class="small" role="status">
      ${status(tones[state], facts.filter(Boolean).join(' · '))}
      ${hint ? html`<span class="soft">${hint}</span>` : nothing}
    </p>`;
  }

  #endpoint(endpoint) {
    const { name, label, example } = endpoint;
    return html`<div class="endpoint">
      <div class="stack tight">
        <label class="legend" for=${name}>${label}</label>
        <p class="small faint" id="${name}-about">${sentence(settings.about(name))}</p>
      </div>
      <div class="stack tight grow">
        <div class="row tight nowrap">
          <input
            class="input mono grow"
            id=${name}
            type="url"
            inputmode="url"
            autocomplete="off"
            spellcheck="false"
            placeholder=${example}
            aria-describedby="${name}-about"
            .value=${settings.value(name)}
            @change=${(event) => this.#changed(endpoint, event)}
          />
          <button type="button" class="button" @click=${() => this.#test(endpoint)}>${actOn('Test', label)}</button>
        </div>
        ${this.#result(name)}
      </div>
    </div>`;
  }

  #network() {
    const given = settings.value('PEAQOS_NETWORK') || 'mainnet';
    const chosen = spelled[given] ?? given;
    return html`<div class="endpoint">
      <div class="stack tight">
        <span class="legend" id="network">Network</span>
        <p class="small faint">Its chain and contracts</p>
      </div>
      <div>
        <div class="segments" role="radiogroup" aria-labelledby="network">
          ${Object.entries(networks).map(
            ([name, label]) =>
              html`<label>
                <input
                  type="radio"
                  name="network"
                  .checked=${name === chosen}
                  @change=${() => this.#save({ PEAQOS_NETWORK: name })}
                />
                <span>${label}</span>
              </label>`,
          )}
        </div>
      </div>
    </div>`;
  }

  render() {
    return html`<section class="section" aria-labelledby="endpoints">
      <div class="row apart">
        <h2 id="endpoints">Network and endpoints</h2>
        <button
          type="button"
          class="button little"
          @click=${() => endpoints.filter(({ name }) => settings.has(name)).forEach((endpoint) => this.#test(endpoint))}
        >
          ${icon('activate', 14)} Test all
        </button>
      </div>
      ${this.error ? failure(this.error) : nothing} ${this.#network()}
      ${endpoints.map((endpoint) => this.#endpoint(endpoint))}
    </section>`;
  }
}
define('pq-settings-endpoints', Endpoints);
