// A wallet's secret, as long as somebody looks: gone after a minute, when the page is hidden, and with its sheet.
// SPDX-License-Identifier: Apache-2.0
import { define, html, Part } from '../../parts/part.mjs';

const shownFor = 60; // seconds

/** `secret` is set from outside, and forgotten here; says `gone`. */
export class SecretWords extends Part {
  static properties = { secret: { attribute: false }, left: { state: true } };

  constructor() {
    super();
    this.left = shownFor;
    this.onHidden = () => document.visibilityState === 'hidden' && this.#forget();
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.onHidden);
    this.timer = setInterval(() => --this.left <= 0 && this.#forget(), 1000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.onHidden);
    clearInterval(this.timer);
    this.secret = undefined;
  }

  #forget() {
    this.secret = undefined;
    clearInterval(this.timer);
    this.dispatchEvent(new CustomEvent('gone'));
  }

  #text() {
    if (!this.secret.startsWith('{'))
      return html`<ol class="words">
        ${this.secret.split(' ').map((word) => html`<li class="mono">${word}</li>`)}
      </ol>`;
    return html`<dl class="stack">
      ${Object.entries(JSON.parse(this.secret)).map(
        ([curve, key]) =>
          html`<div class="stack tight">
            <dt class="faint">${curve}</dt>
            <dd class="mono key">${key}</dd>
          </div>`,
      )}
    </dl>`;
  }

  render() {
    if (this.secret === undefined) return html`<p class="soft" role="status">It is hidden again.</p>`;
    return html`<div class="stack">
      ${this.#text()}
      <p class="small soft">Hidden again in ${this.left} s, and when you leave this page.</p>
    </div>`;
  }
}
define('pq-secret-words', SecretWords);
