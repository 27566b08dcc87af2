// An address that names no page.
// SPDX-License-Identifier: Apache-2.0
import { rooms } from '../frame/rooms.mjs';
import { hrefTo } from '../frame/router.mjs';
import { roomHead } from '../parts/parts.mjs';
import { html, Part } from '../parts/part.mjs';

export default class Lost extends Part {
  render() {
    return html`${roomHead('There is no such page')}
      <p class="soft">The address may be mistyped. These pages exist:</p>
      <ul class="row">
        ${rooms.map(({ path, title }) => html`<li><a class="button" href=${hrefTo(path)}>${title}</a></li>`)}
      </ul>`;
  }
}
