// The console's icons: 16 units wide, drawn with one stroke.
// SPDX-License-Identifier: Apache-2.0
import { html, svg } from './part.mjs';

const shapes = {
  fleet: svg`<rect x="2" y="2.5" width="12" height="4" rx="1"/><rect x="2" y="9.5" width="12" height="4" rx="1"/><path d="M4.5 4.5h.01M4.5 11.5h.01"/>`,
  activate: svg`<path d="M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z"/>`,
  events: svg`<path d="M1.5 8h3l2-5 3 10 2-5h3"/>`,
  market: svg`<path d="M2 6h12l-1-3.5H3zM3 6v7.5h10V6M6.5 13.5v-4h3v4"/>`,
  wallets: svg`<path d="M2 4.5v8a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1v-6a1 1 0 0 0-1-1H3a1 1 0 0 1 0-3h9"/><path d="M11 9.5h.01"/>`,
  settings: svg`<path d="M2 4.5h7m3 0h2M2 11.5h2m3 0h7"/><circle cx="10.5" cy="4.5" r="1.5"/><circle cx="5.5" cy="11.5" r="1.5"/>`,
  bell: svg`<path d="M4 11V7a4 4 0 0 1 8 0v4l1 1.5H3zM6.500 14.200h3"/>`,
  lock: svg`<rect x="3" y="7" width="10" height="7" rx="1.5"/><path d="M5 7V5a3 3 0 0 1 6 0v2"/>`,
  unlock: svg`<rect x="3" y="7" width="10" height="7" rx="1.5"/><path d="M5 7V5a3 3 0 0 1 5.8-1"/>`,
  copy: svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2"/>`,
  check: svg`<path d="m3 8.5 3.5 3.5L13 4.5"/>`,
  cross: svg`<path d="m4 4 8 8m0-8-8 8"/>`,
  pen: svg`<path d="m3 13 .7-3L10.500 3.200a1 1 0 0 1 1.400 0l.9.9a1 1 0 0 1 0 1.400L6 12.300z"/>`,
  plus: svg`<path d="M8 3v10M3 8h10"/>`,
  search: svg`<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3.5 3.5"/>`,
  eye: svg`<path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z"/><circle cx="8" cy="8" r="2"/>`,
  hidden: svg`<path d="M3.5 5C2.200 6.400 1.5 8 1.5 8S4 12.5 8 12.5c1 0 1.900-.3 2.700-.7M6.5 3.700c.5-.1 1-.2 1.5-.2 4 0 6.5 4.5 6.5 4.5s-.6 1.100-1.700 2.300M2 2l12 12"/>`,
  right: svg`<path d="m6 3 5 5-5 5"/>`,
  down: svg`<path d="m3 6 5 5 5-5"/>`,
  up: svg`<path d="m3 10 5-5 5 5"/>`,
  file: svg`<path d="M4 1.5h5L12.5 5v9a.5.5 0 0 1-.5.5H4a.5.5 0 0 1-.5-.5V2a.5.5 0 0 1 .5-.5zM9 1.5V5h3.5"/>`,
  download: svg`<path d="M8 2v8m-3.5-3L8 10.5 11.5 7M2.5 13.5h11"/>`,
  upload: svg`<path d="M8 10.5v-8M4.5 6 8 2.5 11.5 6M2.5 13.5h11"/>`,
  key: svg`<circle cx="5" cy="11" r="2.5"/><path d="m7 9 6-6m-2 2 2 2M9 7l1.5 1.5"/>`,
  passkey: svg`<circle cx="6" cy="5" r="2.5"/><path d="M1.5 13.5c0-3 2-4.5 4.5-4.5 1 0 1.900.2 2.600.7"/><circle cx="12" cy="9" r="2"/><path d="M12 11v3.5m0-1.5h1.5"/>`,
  terminal: svg`<rect x="1.5" y="2.5" width="13" height="11" rx="1.5"/><path d="m4.5 6 2 2-2 2M8.5 10.5h3"/>`,
  info: svg`<circle cx="8" cy="8" r="6"/><path d="M8 7.5v3.5M8 5h.01"/>`,
  warning: svg`<path d="M8 2 1.5 13.5h13zM8 6.5v3.5M8 12h.01"/>`,
  sun: svg`<circle cx="8" cy="8" r="3"/><path d="M8 1v1.5m0 11V15M1 8h1.5m11 0H15M3 3l1 1m8 8 1 1M3 13l1-1m8-8 1-1"/>`,
  moon: svg`<path d="M13.5 9.5A6 6 0 1 1 6.5 2.5a4.700 4.700 0 0 0 7 7z"/>`,
  renew: svg`<path d="M13 8a5 5 0 1 1-1.500-3.500L13.5 6.500m0-4v4h-4"/>`,
  more: svg`<path d="M3.5 8h.01M8 8h.01M12.5 8h.01"/>`,
  dot: svg`<circle cx="8" cy="8" r="3" fill="currentColor"/>`,
  ring: svg`<circle cx="8" cy="8" r="3.5"/>`,
  square: svg`<rect x="5" y="5" width="6" height="6" fill="currentColor"/>`,
  triangle: svg`<path d="M8 4.5 4 11.5h8z" fill="currentColor"/>`,
  external: svg`<path d="M9 2.5h4.5V7M13.5 2.5 7.5 8.5M6.5 3.5h-3a1 1 0 0 0-1 1v8a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1v-3"/>`,
};

/** An icon beside a word; a control that has nothing else needs an aria-label of its own. */
export const icon = (name, size = 16) =>
  html`<svg
    viewBox="0 0 16 16"
    width=${size}
    height=${size}
    fill="none"
    stroke="currentColor"
    stroke-width="1.5"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${shapes[name]}
  </svg>`;
