// System notifications for news while the page is hidden. Opt-in.
// SPDX-License-Identifier: Apache-2.0
/* global Notification */
import { session } from '../core/session.mjs';
import { store } from '../store/store.mjs';
import { nameOfEntry } from './names.mjs';
import { wordsOf } from './words.mjs';

const most = 3; // notifications at once; the rest are summed up

export const possible = () => 'Notification' in globalThis;

/** "on", "off", "blocked" (by the browser) or "impossible". */
export function notifications() {
  if (!possible()) return 'impossible';
  if (Notification.permission === 'denied') return 'blocked';
  return session.preferences.notify && Notification.permission === 'granted' ? 'on' : 'off';
}

/** Turns them on or off; the browser asks for permission first. Must be called from a click. */
export async function setNotifications(on) {
  const granted = on && (await Notification.requestPermission()) === 'granted';
  await session.prefer({ notify: granted });
}

/** Returns unread entries that are newer than an id. */
export const newsSince = (entries, id) => entries.filter((entry) => !entry.read && entry.id > id);

function show(entry) {
  const { title, text } = wordsOf(entry, nameOfEntry);
  const shown = new Notification(title, { body: text, tag: entry.key ?? String(entry.id), icon: 'icon.svg' });
  shown.onclick = () => {
    window.focus();
    shown.close();
  };
}

let last; // id of the newest entry that was seen; undefined before the first feed

store.subscribe('feed', () => {
  const { entries } = store.feed;
  const news = last === undefined ? [] : newsSince(entries, last);
  if (entries.length > 0 || session.state === 'open') last = Math.max(last ?? 0, entries[0]?.id ?? 0);
  if (news.length === 0 || document.visibilityState === 'visible' || notifications() !== 'on') return;
  news.slice(0, most).forEach(show);
  if (news.length > most) new Notification(`${news.length - most} more`, { tag: 'more', icon: 'icon.svg' });
});
session.addEventListener('end', () => (last = undefined));
