// @peaqos/core in Node.
// SPDX-License-Identifier: Apache-2.0
import { createClientOf, runModule } from './client.mjs';
import factory from './dist/peaqos.mjs';
import { nodeHost, readCertificates } from './node/host.mjs';
import { createXMLHttpRequest } from './node/xhr.mjs';

export { PeaqosError } from './client.mjs';

let module;
const load = () => (module ??= factory({ XMLHttpRequest: createXMLHttpRequest({ readCertificates }) }));

export const run = async (argv, host = {}, options) => runModule(await load(), argv, { ...nodeHost, ...host }, options);
export const createClient = (host = {}) => createClientOf(load, { ...nodeHost, ...host });
