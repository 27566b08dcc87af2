// A clock for what shows how old something is: says `change` every second while somebody can see it.
// SPDX-License-Identifier: Apache-2.0

class Clock extends EventTarget {
  constructor() {
    super();
    setInterval(() => document.visibilityState === 'visible' && this.dispatchEvent(new Event('change')), 1000);
  }
}

export const clock = new Clock();
