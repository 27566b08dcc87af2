// The keyboard map as a sheet.
// SPDX-License-Identifier: Apache-2.0
import { html } from '../parts/part.mjs';
import { openSheet } from '../parts/sheet.mjs';
import { keyMap } from './shortcuts.mjs';

export const showKeys = () =>
  openSheet({
    title: 'Keyboard',
    content: () =>
      html`<dl class="facts">
        ${keyMap.map(
          ([keys, what]) =>
            html`<dt><kbd>${keys}</kbd></dt>
              <dd>${what}</dd>`,
        )}
      </dl>`,
  });
