// The activity feed: entries, newest first, and the unread count. No I/O.
// SPDX-License-Identifier: Apache-2.0

const most = 200; // entries kept

export class Feed {
  /** [{id, at, kind, tone, read, ...facts}]; `at` in milliseconds. */
  entries = [];
  #next = 1;

  constructor(entries = []) {
    this.entries = entries;
    this.#next = Math.max(0, ...entries.map(({ id }) => id)) + 1;
  }

  get unread() {
    return this.entries.filter(({ read }) => !read).length;
  }

  /** Adds entries; an entry replaces an earlier one with the same `key`. */
  add(entries, now) {
    const keys = new Set(entries.map(({ key }) => key).filter(Boolean));
    const fresh = entries.map((entry) => ({ read: false, ...entry, id: this.#next++, at: now }));
    this.entries = [...fresh.reverse(), ...this.entries.filter(({ key }) => !keys.has(key))].slice(0, most);
  }

  /** Marks all entries up to an id as read. */
  markRead(upTo = Infinity) {
    this.entries = this.entries.map((entry) => (entry.id <= upTo && !entry.read ? { ...entry, read: true } : entry));
  }
}
