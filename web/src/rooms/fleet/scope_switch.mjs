// The switch between this wallet's machines, those of all wallets, and an operator's, who is given by a DID.
// SPDX-License-Identifier: Apache-2.0
import { define, html, nothing, Part } from '../../parts/part.mjs';
import { scopeWords as words } from '../../words/fleet.mjs';

const didPattern = /^did:peaq:0x[0-9a-fA-F]{40}$/;

/**
 * <pq-fleet-scope .kind=${of scopeOf} .operator=${DID} .wallets=${number} ?own=${a wallet signs}
 *   @choose=${({ detail: { operator, scope } }) => ...}>
 */
export class ScopeSwitch extends Part {
  static properties = {
    kind: { attribute: false },
    operator: { attribute: false },
    wallets: { attribute: false },
    own: { type: Boolean },
    typing: { state: true },
    problem: { state: true },
  };

  willUpdate(changed) {
    if (changed.has('kind') || changed.has('operator')) this.typing = false;
  }

  #say(detail) {
    this.dispatchEvent(new CustomEvent('choose', { detail }));
  }

  #choose = async (kind) => {
    this.problem = undefined;
    this.typing = kind === 'operator';
    if (kind !== 'operator') return this.#say({ scope: kind === 'all' ? 'all' : undefined });
    await this.updateComplete;
    return this.querySelector('#operator').select();
  };

  #ask = (event) => {
    event.preventDefault();
    const text = new FormData(event.target).get('operator').trim();
    const did = text.startsWith('0x') ? `did:peaq:${text}` : text;
    this.problem = didPattern.test(did) ? undefined : words.badDid;
    if (!this.problem) this.#say({ operator: did });
  };

  #switch() {
    const kinds = ['own', ...(this.wallets > 1 || this.kind === 'all' ? ['all'] : []), 'operator'];
    const chosen = this.typing ? 'operator' : this.kind;
    return html`<div class="segments small" role="radiogroup" aria-label=${words.label}>
      ${kinds.map(
        (kind) =>
          html`<label
            ><input
              type="radio"
              name="scope"
              value=${kind}
              .checked=${kind === chosen}
              @change=${() => this.#choose(kind)}
            /><span>${words[kind]}</span></label
          >`,
      )}
    </div>`;
  }

  #form() {
    const { problem } = this;
    return html`<form class="whose" @submit=${this.#ask}>
      <label for="operator" class=${this.own ? 'unseen' : 'faint'}>${words.operatorLabel}</label>
      <input
        class="input mono"
        id="operator"
        name="operator"
        autocomplete="off"
        spellcheck="false"
        placeholder="did:peaq:0x…"
        .value=${this.operator ?? ''}
        aria-invalid=${problem ? 'true' : nothing}
        aria-describedby=${problem ? 'operator-error' : nothing}
      />
      <button class="button">Show</button>
      ${problem ? html`<p class="error status" id="operator-error" data-tone="bad">${problem}</p>` : nothing}
    </form>`;
  }

  render() {
    return html`<div class="scope">
      ${this.own ? this.#switch() : nothing} ${this.typing || this.kind === 'operator' ? this.#form() : nothing}
    </div>`;
  }
}
define('pq-fleet-scope', ScopeSwitch);
