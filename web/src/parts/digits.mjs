// A code of six digits in six boxes: typing moves on, a paste fills them all.
// SPDX-License-Identifier: Apache-2.0
import { define, html, Part } from './part.mjs';

const count = 6;

/** <pq-digits label="Code" @complete=${(event) => event.detail}> */
export class Digits extends Part {
  static properties = { label: {} };

  #boxes() {
    return [...this.querySelectorAll('input')];
  }

  #fill(from, text) {
    const boxes = this.#boxes();
    const digits = text.replace(/\D/g, '').slice(0, count - from);
    [...digits].forEach((digit, at) => (boxes[from + at].value = digit));
    boxes[Math.min(from + digits.length, count - 1)].focus();
    const code = boxes.map((box) => box.value).join('');
    if (code.length === count) this.dispatchEvent(new CustomEvent('complete', { detail: code }));
  }

  #keydown(at, event) {
    const boxes = this.#boxes();
    if (event.key === 'Backspace' && boxes[at].value === '' && at > 0) {
      boxes[at - 1].value = '';
      boxes[at - 1].focus();
    } else if (event.key === 'ArrowLeft') boxes[at - 1]?.focus();
    else if (event.key === 'ArrowRight') boxes[at + 1]?.focus();
  }

  clear() {
    this.#boxes().forEach((box) => (box.value = ''));
    this.#boxes()[0].focus();
  }

  render() {
    return html`<div class="digits" role="group" aria-label=${this.label}>
      ${Array.from(
        { length: count },
        (_, at) =>
          html`<input
            inputmode="numeric"
            autocomplete=${at === 0 ? 'one-time-code' : 'off'}
            aria-label="Digit ${at + 1}"
            @focus=${(event) => event.target.select()}
            @input=${(event) => {
              const { value } = event.target;
              event.target.value = '';
              this.#fill(at, value);
            }}
            @keydown=${(event) => this.#keydown(at, event)}
          />`,
      )}
    </div>`;
  }
}
define('pq-digits', Digits);
