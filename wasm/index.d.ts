// Types of @peaqos/core, a file for each area.
// SPDX-License-Identifier: Apache-2.0
import type { Client } from './types/client.js';
import type { Options } from './types/conversation.js';
import type { Host } from './types/host.js';

export * from './types/activation.js';
export * from './types/client.js';
export * from './types/conversation.js';
export * from './types/errors.js';
export * from './types/events.js';
export * from './types/host.js';
export * from './types/market.js';
export * from './types/market_machines.js';
export * from './types/market_orders.js';
export * from './types/market_search.js';
export * from './types/network.js';
export * from './types/machines.js';
export * from './types/ratings.js';
export * from './types/wallets.js';

/** Makes a client; the module is loaded once, when it is first needed. */
export function createClient(host?: Host): Client;

/** Runs a whole command line, e.g. ['qualify', 'mcr', did, '--json']; resolves to its exit code, never rejects. */
export function run(argv: string[], host?: Host, options?: Options): Promise<0 | 1 | 2 | 3 | 130>;
