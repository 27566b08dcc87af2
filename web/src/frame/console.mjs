// The whole console: a gate before the vault, the frame with the rooms behind it.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../core/session.mjs';
import { define, html, Part } from '../parts/part.mjs';
import './gate.mjs';
import './frame.mjs';

export class Console extends Part {
  constructor() {
    super();
    this.watch(session);
  }

  render() {
    const { state } = session;
    if (state === 'starting') return html``;
    return state === 'open' || state === 'visiting' ? html`<pq-frame></pq-frame>` : html`<pq-gate></pq-gate>`;
  }
}
define('pq-console', Console);
