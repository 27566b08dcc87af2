// "As a command": the command line that does what the view does, ready to copy.
// SPDX-License-Identifier: Apache-2.0
import './copy.mjs';
import { spell } from '../format/words.mjs';
import { icon } from './icon.mjs';
import { define, html, Part } from './part.mjs';

/** <pq-command .argv=${['qualify', 'mcr', did]}>; says `pq-command` with the line when it is to go to the drawer. */
export class CommandStrip extends Part {
  static properties = { argv: { attribute: false } };

  render() {
    const line = spell(['peaqos', ...this.argv]);
    return html`<div class="command">
      <code class="mono" tabindex="0" aria-label="As a command: ${line}" role="img">${line}</code>
      <button
        type="button"
        class="button quiet icon little"
        aria-label="Type it in the command drawer"
        title="Type it in the command drawer"
        @click=${() => this.dispatchEvent(new CustomEvent('pq-command', { bubbles: true, detail: spell(this.argv) }))}
      >
        ${icon('terminal', 14)}
      </button>
      <pq-copy .text=${line} label="command"></pq-copy>
    </div>`;
  }
}
define('pq-command', CommandStrip);
