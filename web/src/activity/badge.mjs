// The unread count in the tab's title and the app's badge.
// SPDX-License-Identifier: Apache-2.0
import { store } from '../store/store.mjs';

let title = '';

/** Returns "(2) Fleet" for two unread entries, the plain title for none. */
export const titled = (text, unread) => (unread > 0 ? `(${unread}) ${text}` : text);

function show() {
  const { unread } = store.feed;
  document.title = titled(title, unread);
  // Not every browser has badges; some reject them for a page that is not installed.
  const badge = unread > 0 ? navigator.setAppBadge?.(unread) : navigator.clearAppBadge?.();
  badge?.catch(() => {});
}

/** Sets the page's title, with the unread count before it. */
export function setTitle(text) {
  title = text;
  show();
}

store.subscribe('feed', show);
