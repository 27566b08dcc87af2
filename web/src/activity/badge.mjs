// How much was not seen yet, where it is seen from afar: the tab's title and the app's badge.
// SPDX-License-Identifier: Apache-2.0
import { store } from '../store/store.mjs';

let title = '';

/** "(2) Fleet" for two; the bare title for none. Pure. */
export const titled = (text, unread) => (unread > 0 ? `(${unread}) ${text}` : text);

function show() {
  const { unread } = store.feed;
  document.title = titled(title, unread);
  // Not every browser has badges, and some refuse them to a page that is not installed.
  const badge = unread > 0 ? navigator.setAppBadge?.(unread) : navigator.clearAppBadge?.();
  badge?.catch(() => {});
}

/** Sets the page's title; the number before it is kept. */
export function setTitle(text) {
  title = text;
  show();
}

store.subscribe('feed', show);
