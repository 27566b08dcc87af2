// A field for something secret: hidden until the person wants to see it; pasting and password managers work.
// SPDX-License-Identifier: Apache-2.0
import { icon } from './icon.mjs';
import { define, html, nothing, Part } from './part.mjs';

/** <pq-secret name="passphrase" label="Passphrase" autocomplete="current-password" .error=${text} .hint=${text}> */
export class SecretInput extends Part {
  static properties = {
    name: {},
    label: {},
    autocomplete: {},
    hint: { attribute: false },
    error: { attribute: false },
    focused: { type: Boolean },
    shown: { state: true },
  };

  /** The text; never kept in an attribute. */
  get value() {
    return this.querySelector('input').value;
  }

  clear() {
    this.querySelector('input').value = '';
  }

  focus() {
    this.querySelector('input').focus();
  }

  firstUpdated() {
    if (this.focused) this.focus();
  }

  render() {
    const id = `secret-${this.name}`;
    const { error, hint } = this;
    return html`<div class="field">
      <label for=${id}>${this.label}</label>
      <div class="input-with">
        <input
          class="input"
          id=${id}
          name=${this.name}
          type=${this.shown ? 'text' : 'password'}
          autocomplete=${this.autocomplete ?? 'off'}
          spellcheck="false"
          autocapitalize="none"
          aria-invalid=${error ? 'true' : nothing}
          aria-describedby="${id}-about"
          ?autofocus=${this.focused}
        />
        <button
          type="button"
          class="button quiet icon little"
          aria-pressed=${String(Boolean(this.shown))}
          aria-label="Show ${this.label.toLowerCase()}"
          @click=${() => (this.shown = !this.shown)}
        >
          ${icon(this.shown ? 'hidden' : 'eye')}
        </button>
      </div>
      <div id="${id}-about" class="stack tight">
        ${error ? html`<p class="error">${icon('warning', 14)} ${error}</p>` : nothing}
        ${hint ? html`<p class="faint small">${hint}</p>` : nothing}
      </div>
    </div>`;
  }
}
define('pq-secret', SecretInput);
