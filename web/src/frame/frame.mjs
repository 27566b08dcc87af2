// The frame: rail, top bar, the room that the address names, and the command drawer.
// SPDX-License-Identifier: Apache-2.0
import { setTitle } from '../activity/badge.mjs';
import { session } from '../core/session.mjs';
import { icon } from '../parts/icon.mjs';
import { failure, skeleton } from '../parts/parts.mjs';
import { define, html, nothing, Part } from '../parts/part.mjs';
import { hrefTo, router } from './router.mjs';
import { rooms } from './rooms.mjs';
import './top_bar.mjs';

export class Frame extends Part {
  static properties = { problem: { state: true }, drawer: { state: true }, room: { state: true } };

  constructor() {
    super();
    this.watch(session);
    this.onRoute = () => this.#enter();
    this.onKey = (event) => this.#key(event);
  }

  connectedCallback() {
    super.connectedCallback();
    router.addEventListener('change', this.onRoute);
    window.addEventListener('keydown', this.onKey);
    this.#enter();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    router.removeEventListener('change', this.onRoute);
    window.removeEventListener('keydown', this.onKey);
  }

  // Shows the room of the address; the same room only gets the new address.
  async #enter() {
    const { room, parts, query } = router;
    this.requestUpdate();
    this.problem = undefined;
    try {
      const { default: Room } = await room.load();
      if (router.room !== room) return;
      define(`pq-room-${room.path}`, Room);
      const same = this.room instanceof Room;
      const element = same ? this.room : new Room();
      Object.assign(element, { parts, query });
      element.requestUpdate?.();
      if (same) return;
      this.room = element;
      setTitle(`${room.title} · peaqos console`);
      await this.updateComplete;
      // A screen reader and the keyboard follow into the room, but not at the very first.
      if (document.activeElement !== document.body) this.querySelector('.room')?.focus();
    } catch (error) {
      console.error(error);
      this.problem = { message: `${room.title} could not be loaded`, hint: 'Check the connection, then try again' };
    }
  }

  #key(event) {
    const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
    const wanted = (event.key === 'k' && (event.ctrlKey || event.metaKey)) || (event.key === '/' && !typing);
    if (!wanted || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    this.openPalette();
  }

  async openPalette() {
    const { openPalette } = await import('./palette.mjs');
    openPalette({ run: (line) => this.openDrawer(line) });
  }

  /** Opens the command drawer; a line given is run at once, `typed` is only put there. */
  async openDrawer(line, { typed } = {}) {
    await import('./drawer.mjs');
    this.drawer = true;
    await this.updateComplete;
    this.querySelector('pq-drawer').open(line, { typed });
  }

  render() {
    return html`<div class="frame" @pq-command=${(event) => this.openDrawer(undefined, { typed: event.detail })}>
      <a class="button skip" href="#room" @click=${this.#skip}>Skip to the room</a>
      <aside class="rail">
        <div class="brand"><img src="icon.svg" alt="" />peaqos</div>
        <nav aria-label="Rooms">
          <ul>
            ${rooms.map(
              ({ path, title }) =>
                html`<li>
                  <a href=${hrefTo(path)} aria-current=${router.at(path) ? 'page' : nothing}
                    >${icon(path)} <span class="truncate">${title}</span></a
                  >
                </li>`,
            )}
          </ul>
        </nav>
        <button type="button" class="button quiet foot" @click=${() => this.openDrawer()}>
          ${icon('terminal')} Command
        </button>
      </aside>
      <pq-top-bar @palette=${this.openPalette} @drawer=${() => this.openDrawer()}></pq-top-bar>
      <main class="room" id="room" tabindex="-1">
        ${
          session.damage
            ? failure({
                message: session.damage,
                hint: 'Restore this browser profile from a backup; wallets that you exported can be imported again',
              })
            : nothing
        }
        ${
          this.problem
            ? failure(this.problem, {
                actions: html`<button class="button" @click=${() => this.#enter()}>Try again</button>`,
              })
            : (this.room ?? html`<div>${skeleton(4)}</div>`)
        }
      </main>
      ${this.drawer ? html`<pq-drawer @close=${() => (this.drawer = false)}></pq-drawer>` : nothing}
    </div>`;
  }

  #skip(event) {
    event.preventDefault();
    this.querySelector('.room').focus();
  }
}
define('pq-frame', Frame);
