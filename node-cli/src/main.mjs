#!/usr/bin/env node
// The `peaqos` command: hands its command line to the core and ends with the core's exit code.
// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runModule } from '../../wasm/client.mjs';
import factory from '../../wasm/dist/peaqos.mjs';
import { nodeHost, readCertificates } from '../../wasm/node/host.mjs';
import { createXMLHttpRequest } from '../../wasm/node/xhr.mjs';

// Compiled and instantiated at once: the command has nothing else to do meanwhile.
function instantiateWasm(imports, done) {
  const wasm = new WebAssembly.Module(readFileSync(join(__dirname, 'peaqos.wasm')));
  const instance = new WebAssembly.Instance(wasm, imports);
  done(instance, wasm);
  return instance.exports;
}

// Few commands serve the console, so its code is a file of its own.
const console = {
  service: undefined,
  async listen(settings) {
    const { serve } = await import('./console.cjs');
    this.service = await serve(settings, join(__dirname, 'web'));
    return this.service.port;
  },
  admit: (token) => console.service.admit(token),
  open: (url) => console.service.open(url),
  served: () => console.service.served(),
};

const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort()); // the second Ctrl-C ends the process

factory({ XMLHttpRequest: createXMLHttpRequest({ readCertificates }), instantiateWasm })
  .then((module) => runModule(module, process.argv.slice(2), { ...nodeHost, console }, { signal: interrupt.signal }))
  .then((code) => process.exit(code));
