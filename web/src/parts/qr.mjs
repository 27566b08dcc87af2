// A QR code, drawn here: what it holds is a secret that no picture service may see.
// SPDX-License-Identifier: Apache-2.0
import { html } from './part.mjs';

const margin = 4; // modules around the code, as ISO/IEC 18004 asks

/** `rows` of '1' (dark) and '0' (light). */
export function qr(rows, label) {
  const size = rows.length + 2 * margin;
  const path = rows
    .flatMap((row, y) =>
      [...row.matchAll(/1+/g)].map(({ 0: run, index }) => `M${index} ${y}h${run.length}v1h-${run.length}z`),
    )
    .join('');
  return html`<svg class="qr" viewBox="${-margin} ${-margin} ${size} ${size}" role="img" aria-label=${label}>
    <path d=${path} />
  </svg>`;
}
