// Copying a text, and saying for a moment that it was done.
// SPDX-License-Identifier: Apache-2.0
import { icon } from './icon.mjs';
import { define, html, Part } from './part.mjs';

const shownFor = 1500; // milliseconds

/** <pq-copy .text=${exact} label="address"> */
export class Copy extends Part {
  static properties = { text: {}, label: {}, done: { state: true } };

  async #copy(event) {
    event.stopPropagation(); // a row's copy button does not open the row
    await navigator.clipboard.writeText(this.text);
    this.done = true;
    setTimeout(() => (this.done = false), shownFor);
  }

  render() {
    return html`<button
        type="button"
        class="button quiet icon little"
        aria-label="Copy ${this.label ?? 'value'}"
        title="Copy ${this.label ?? 'value'}"
        @click=${this.#copy}
      >
        ${icon(this.done ? 'check' : 'copy', 14)}</button
      ><span class="unseen" role="status">${this.done ? 'Copied' : ''}</span>`;
  }
}
define('pq-copy', Copy);
