// The frame: rail, top bar, the room that the address names, and the command drawer.
// SPDX-License-Identifier: Apache-2.0
import { setTitle } from '../activity/badge.mjs';
import { backup } from '../core/backup.mjs';
import { session } from '../core/session.mjs';
import { icon } from '../parts/icon.mjs';
import { failure, skeleton } from '../parts/parts.mjs';
import { define, html, nothing, Part } from '../parts/part.mjs';
import { offerLock } from '../parts/sheet.mjs';
import { backupBanner } from './backup_banner.mjs';
import { showKeys } from './keys_sheet.mjs';
import { go, hrefTo, router } from './router.mjs';
import { rooms } from './rooms.mjs';
import { createShortcuts } from './shortcuts.mjs';
import './top_bar.mjs';

export class Frame extends Part {
  static properties = { problem: { state: true }, drawer: { state: true }, room: { state: true } };

  constructor() {
    super();
    this.watch(session);
    this.onRoute = () => this.#enter();
    this.watch(backup);
    this.shortcuts = createShortcuts();
    this.onKey = (event) => this.#key(event);
  }

  connectedCallback() {
    super.connectedCallback();
    router.addEventListener('change', this.onRoute);
    window.addEventListener('keydown', this.onKey);
    offerLock(session.state === 'open' ? () => session.lock() : undefined);
    this.#enter();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    router.removeEventListener('change', this.onRoute);
    window.removeEventListener('keydown', this.onKey);
    offerLock(undefined);
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
    const typing = Boolean(
      event.target.closest?.('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]'),
    );
    const dialog = Boolean(document.querySelector('dialog[open]'));
    const action = this.shortcuts(event, { typing, dialog, now: event.timeStamp });
    if (action && this.#act(action)) event.preventDefault();
  }

  // Whether there was something to do.
  #act({ lock, palette, help, drawer, go: page, press }) {
    if (lock) session.lock();
    else if (palette) this.openPalette();
    else if (help) showKeys();
    else if (drawer) this.openDrawer();
    else if (page) go(page);
    else {
      const row = 'jk'.includes(press) && this.querySelector('pq-table tr[tabindex="0"], [data-rows]');
      const control = row || this.querySelector(`[data-key="${press}"]`);
      if (row) row.focus();
      else control?.click();
      return Boolean(control);
    }
    return true;
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
                    >${icon(path)}
                    <span class="truncate">${title}</span>${path === 'wallets' ? this.#mark() : nothing}</a
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
        ${backupBanner(backup)}
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

  // A wallet has waited for a backup for some time.
  #mark() {
    return ['mark', 'banner'].includes(backup.reminder.level)
      ? html`<span class="mark" title="A wallet is not backed up"><span class="unseen">not backed up</span></span>`
      : nothing;
  }

  #skip(event) {
    event.preventDefault();
    this.querySelector('.room').focus();
  }
}
define('pq-frame', Frame);
