// Which wallets have no copy outside of this browser, and how loudly to say so. Says `change`.
// SPDX-License-Identifier: Apache-2.0
import { reminderOf } from '../vault/backup_reminder.mjs';
import { session } from './session.mjs';

const again = 3_600_000; // milliseconds: a reminder grows while the console is open, too

class Backup extends EventTarget {
  #wallets = [];
  #asked = 0;

  constructor() {
    super();
    session.addEventListener('change', () => (this.#asked === 0 ? this.#read() : this.#change()));
    session.addEventListener('file', ({ detail: path }) => path.includes('/.ows/') && this.#read());
    session.addEventListener('end', () => this.#forget());
    setInterval(() => this.#change(), again);
    this.#read();
  }

  async #read() {
    if (session.state !== 'open') return;
    const mine = ++this.#asked;
    const wallets = await session.call('listWallets').catch(() => this.#wallets);
    if (mine === this.#asked && session.state === 'open') this.#take(wallets);
  }

  #forget() {
    this.#asked = 0;
    this.#take([]);
  }

  #take(wallets) {
    this.#wallets = wallets;
    this.#change();
  }

  #change() {
    this.dispatchEvent(new Event('change'));
  }

  /** See reminderOf(). */
  get reminder() {
    const { backedUp, backupLater: later } = session.preferences;
    return reminderOf(this.#wallets, { backedUp, later }, Date.now());
  }

  /** Puts the banner off for a day. */
  later() {
    return session.prefer({ backupLater: Date.now() });
  }
}

export const backup = new Backup();
