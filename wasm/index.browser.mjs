// @peaqos/core in a page or worker. dist/peaqos.wasm is found beside this file.
// SPDX-License-Identifier: Apache-2.0
import { createClientOf, runModule } from './client.mjs';
import factory from './dist/peaqos.mjs';

export { PeaqosError } from './failure.mjs';

let module;
const load = () => (module ??= factory());

export const run = async (argv, host = {}, options) => runModule(await load(), argv, host, options);
export const createClient = (host = {}) => createClientOf(load, host);
