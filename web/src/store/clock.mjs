// Dispatches `change` every second while the page is visible, for views that show ages.
// SPDX-License-Identifier: Apache-2.0

class Clock extends EventTarget {
  constructor() {
    super();
    setInterval(() => document.visibilityState === 'visible' && this.dispatchEvent(new Event('change')), 1000);
  }
}

export const clock = new Clock();
