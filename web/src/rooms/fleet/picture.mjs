// Whether the fleet is a table or a grid, and whether its revenue is shown: the last choice, remembered in this browser.
// SPDX-License-Identifier: Apache-2.0
import { pictures } from '../../format/views.mjs';

const stored = 'peaqos-fleet-picture';
const storedRevenue = 'peaqos-fleet-revenue';

export function chosenPicture() {
  const name = localStorage.getItem(stored);
  return pictures.includes(name) ? name : pictures[0];
}

export const choosePicture = (name) => localStorage.setItem(stored, name);

export const isRevenueShown = () => localStorage.getItem(storedRevenue) === 'shown';

export const rememberRevenue = (shown) => localStorage.setItem(storedRevenue, shown ? 'shown' : 'hidden');
