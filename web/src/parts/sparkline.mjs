// A small picture of how a figure went, for a line of a table; the words beside it say what it shows.
// SPDX-License-Identifier: Apache-2.0
import { html } from './part.mjs';

const [width, height] = [40, 16]; // pixels
const inset = 1.5; // so that the line's ends are whole

/** `points` are [[time, value], ...], oldest first, each value holding until the next; the last one until `now`. */
export function sparkline(points, now) {
  const values = points.map(([, value]) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const start = points[0][0];
  const x = (time) => inset + ((time - start) / Math.max(now - start, 1)) * (width - 2 * inset);
  const y = (value) => height - inset - ((value - low) / Math.max(high - low, 1)) * (height - 2 * inset);
  const path = points.map(([time, value], at) => `${at ? 'H' : 'M'}${x(time)}${at ? 'V' : ' '}${y(value)}`).join('');
  return html`<svg class="sparkline" width=${width} height=${height} aria-hidden="true">
    <path d="${path}H${x(now)}" />
  </svg>`;
}
