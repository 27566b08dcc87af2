// @peaqos/core in Node.
// SPDX-License-Identifier: Apache-2.0
import { createClientOf, runModule } from './client.mjs';
import factory from './dist/peaqos.mjs';
import { nodeHost, readCertificates } from './node/host.mjs';
import { createXMLHttpRequest } from './node/xhr.mjs';

export { PeaqosError } from './failure.mjs';

let module;
const load = () => (module ??= factory({ XMLHttpRequest: createXMLHttpRequest({ readCertificates }) }));

// A host with files of its own must not get this process's in the verbs that it leaves out.
const own = (host) => ({
  ...(host.readFile && { fileSize: undefined, readFilePart: undefined, fileMode: undefined, freeSpace: undefined }),
  ...((host.appendFile ?? host.createFile) && { lockFile: undefined }),
  ...(host.appendFile && { truncateFile: undefined, renameFile: undefined }),
});
const completed = (host) => ({ ...nodeHost, ...own(host), ...host });

export const run = async (argv, host = {}, options) => runModule(await load(), argv, completed(host), options);
export const createClient = (host = {}) => createClientOf(load, completed(host));
