// Whether the fleet is a table or a grid: the last choice, remembered in this browser.
// SPDX-License-Identifier: Apache-2.0
import { pictures } from '../../format/views.mjs';

const stored = 'peaqos-fleet-picture';

export function chosenPicture() {
  const name = localStorage.getItem(stored);
  return pictures.includes(name) ? name : pictures[0];
}

export const choosePicture = (name) => localStorage.setItem(stored, name);
