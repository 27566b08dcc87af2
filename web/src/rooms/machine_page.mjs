// A machine's own page, at the full width.
// SPDX-License-Identifier: Apache-2.0
import { go, hrefTo } from '../frame/router.mjs';
import { asCommand, empty } from '../parts/parts.mjs';
import { html, Part } from '../parts/part.mjs';
import './machine.mjs';

export default class MachinePage extends Part {
  constructor() {
    super();
    this.parts = [];
  }

  render() {
    const [did] = this.parts;
    if (!did)
      return empty({
        symbol: 'fleet',
        title: 'Which machine?',
        text: 'Open one from the fleet.',
        action: html`<a class="button primary" href=${hrefTo('fleet')}>Fleet</a>`,
      });
    return html`<pq-machine wide .did=${did} @close=${() => go('fleet')}></pq-machine>
      ${asCommand(['show', 'machine', did])}`;
  }
}
