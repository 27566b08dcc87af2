// How close the rows of tables stand: the person's choice, remembered in this browser. Says `change`.
// SPDX-License-Identifier: Apache-2.0

const stored = 'peaqos-density';

/** Heights of a row in pixels. */
export const densities = { comfortable: 40, compact: 32 };

class Density extends EventTarget {
  get name() {
    const name = localStorage.getItem(stored);
    return Object.hasOwn(densities, name ?? '') ? name : 'comfortable';
  }

  get rowHeight() {
    return densities[this.name];
  }

  choose(name) {
    localStorage.setItem(stored, name);
    this.dispatchEvent(new Event('change'));
  }
}

export const density = new Density();
