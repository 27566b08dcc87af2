// The name of a wallet that is about to be kept, with what is wrong with it.
// SPDX-License-Identifier: Apache-2.0
import { field } from '../../parts/parts.mjs';
import { define, html, Part } from '../../parts/part.mjs';

/** <pq-wallet-name .taken=${names of the wallets that are there}> */
export class WalletName extends Part {
  static properties = { taken: { attribute: false }, problem: { state: true } };

  /** The name; undefined when something is wrong with it, which is said beside the field. */
  take() {
    const input = this.querySelector('input');
    const name = input.value.trim();
    this.problem =
      name === '' ? 'Give it a name' : this.taken?.includes(name) ? 'There is a wallet of this name' : undefined;
    if (!this.problem) return name;
    input.focus();
    return undefined;
  }

  render() {
    return field({
      id: 'wallet-name',
      label: 'Name',
      error: this.problem,
      control: ({ id, describedby, invalid }) =>
        html`<input
          class="input"
          id=${id}
          name="name"
          maxlength="128"
          autocomplete="off"
          aria-describedby=${describedby}
          aria-invalid=${invalid}
          placeholder="yard-7"
        />`,
    });
  }
}
define('pq-wallet-name', WalletName);
