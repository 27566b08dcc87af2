// Hands a command line to the core and ends with the core's exit code.
// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { callModule, runModule } from '../../wasm/client.mjs';
import factory from '../../wasm/dist/peaqos.mjs';
import { nodeHost, readCertificates } from '../../wasm/node/host.mjs';
import { createXMLHttpRequest } from '../../wasm/node/xhr.mjs';

const INTERRUPTED = 130;

// Few commands serve the console, so its code is a file of its own.
const consoleOf = (broken, call) => ({
  service: undefined,
  async listen(settings) {
    try {
      const { serve } = await import('./console.cjs');
      this.service = await serve({ ...settings, call }, join(__dirname, 'web'));
    } catch (error) {
      if (!error.failure) broken(join(__dirname, error.code === 'MODULE_NOT_FOUND' ? 'console.cjs' : 'web'));
      throw error;
    }
    return this.service.port;
  },
  admit(token) {
    this.service.admit(token);
  },
  open(url) {
    this.service.open(url);
  },
  served() {
    return this.service.served();
  },
});

// Nor is what agents need: the protocol's library alone is larger than the command.
const agentsOf = (load, signal, broken) => ({
  async serve(tokenFile) {
    let serve;
    try {
      ({ serve } = await import('./mcp.cjs'));
    } catch {
      broken(join(__dirname, 'mcp.cjs'));
    }
    return serve({ load, host: nodeHost, tokenFile, signal });
  },
});

// The first of these ends every wait, and the core says what is under way; the second ends the process.
function catchSignals() {
  const interrupt = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.once(name, () => interrupt.abort(128 + constants.signals[name]));
  return interrupt.signal;
}

/** Runs the command of process.argv. `refuse` and `broken` end the process (peaqos.cjs). */
export async function main(refuse, broken) {
  // Compiled and instantiated at once: the command has nothing else to do meanwhile.
  function instantiateWasm(imports, done) {
    const path = join(__dirname, 'peaqos.wasm');
    try {
      const wasm = new WebAssembly.Module(readFileSync(path));
      const instance = new WebAssembly.Instance(wasm, imports);
      done(instance, wasm);
      return instance.exports;
    } catch (error) {
      if (!(error instanceof RangeError)) return broken(path);
      return refuse(
        'OUT_OF_MEMORY',
        'there is not enough address space for WebAssembly',
        'Lift the limit: ulimit -v unlimited',
      );
    }
  }

  const signal = catchSignals();
  const silent = () => {};
  const transport = createXMLHttpRequest({ readCertificates });
  let loading;
  const load = () =>
    (loading ??= factory({ XMLHttpRequest: transport, instantiateWasm, print: silent, printErr: silent }));
  const agents = agentsOf(load, signal, broken);
  const words = process.argv.slice(2);
  // Nothing in this command line is for the core to check: an agent's client has its first answer before the module is
  // loaded.
  if (words.length === 1 && words[0] === 'mcp') process.exit((await agents.serve(null)) ? signal.reason : 0);
  const module = await load();
  // Beside the command that serves the console: what its server reads by itself.
  const call = (operation, request, options) => callModule(module, operation, request, nodeHost, options);
  const code = await runModule(module, words, { ...nodeHost, console: consoleOf(broken, call), agents }, { signal });
  process.exit(code === INTERRUPTED && signal.aborted ? signal.reason : code);
}
