// The foot of a page: the command line that would do the same, behind a small button; whoever wants it always has it open.
// SPDX-License-Identifier: Apache-2.0
import './command_strip.mjs';
import { icon } from './icon.mjs';
import { define, html, nothing, Part } from './part.mjs';

const stored = 'peaqos-command-strip';

/** <pq-as-command .argv=${['whoami']}> */
export class AsCommand extends Part {
  static properties = { argv: { attribute: false }, open: { state: true } };

  constructor() {
    super();
    this.open = localStorage.getItem(stored) === 'open';
  }

  #toggle() {
    this.open = !this.open;
    if (this.open) localStorage.setItem(stored, 'open');
    else localStorage.removeItem(stored);
  }

  render() {
    return html`<button
        type="button"
        class="button quiet little"
        aria-expanded=${String(this.open)}
        title="The command line that does the same"
        @click=${this.#toggle}
      >
        ${icon('terminal', 14)} As a command
      </button>
      ${this.open ? html`<pq-command class="grow" .argv=${this.argv}></pq-command>` : nothing}`;
  }
}
define('pq-as-command', AsCommand);
