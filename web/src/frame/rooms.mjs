// The rooms, in the order of the rail. Each is loaded when it is first entered.
// SPDX-License-Identifier: Apache-2.0

export const rooms = [
  { path: 'fleet', title: 'Fleet', load: () => import('../rooms/fleet.mjs') },
  { path: 'activate', title: 'Activate', load: () => import('../rooms/activate.mjs') },
  { path: 'events', title: 'Events', load: () => import('../rooms/events.mjs') },
  { path: 'market', title: 'Market', load: () => import('../rooms/market.mjs') },
  { path: 'wallets', title: 'Wallets', load: () => import('../rooms/wallets.mjs') },
  { path: 'settings', title: 'Settings', load: () => import('../rooms/settings.mjs') },
];

/** Pages that are reached from others. */
export const inner = [{ path: 'machine', title: 'Machine', load: () => import('../rooms/machine_page.mjs') }];

/** What an address shows that names none of them. */
export const lost = { path: 'lost', title: 'Not found', load: () => import('../rooms/lost.mjs') };
