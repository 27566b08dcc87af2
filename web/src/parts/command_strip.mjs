// "As a command": the command line that does what the view does, ready to copy.
// SPDX-License-Identifier: Apache-2.0
import './copy.mjs';
import { spell } from '../format/words.mjs';
import { define, html, Part } from './part.mjs';

/** <pq-command .argv=${['qualify', 'mcr', did]}> */
export class CommandStrip extends Part {
  static properties = { argv: { attribute: false } };

  render() {
    const line = spell(['peaqos', ...this.argv]);
    return html`<div class="command">
      <code class="mono" tabindex="0" aria-label="As a command: ${line}" role="img">${line}</code>
      <pq-copy .text=${line} label="command"></pq-copy>
    </div>`;
  }
}
define('pq-command', CommandStrip);
