// @peaqos/core in Node.
// SPDX-License-Identifier: Apache-2.0
import { createClientOf, runModule } from './client.mjs';
import factory from './dist/peaqos.mjs';
import { nodeHost, readCertificates } from './node/host.mjs';
import { createXMLHttpRequest } from './node/xhr.mjs';

export { PeaqosError } from './client.mjs';

let module;
const load = () => (module ??= factory({ XMLHttpRequest: createXMLHttpRequest({ readCertificates }) }));

// Who keeps files of his own has no use for a lock beside this process's.
const completed = (host) => ({ ...nodeHost, ...(host.appendFile && { lockFile: undefined }), ...host });

export const run = async (argv, host = {}, options) => runModule(await load(), argv, completed(host), options);
export const createClient = (host = {}) => createClientOf(load, completed(host));
