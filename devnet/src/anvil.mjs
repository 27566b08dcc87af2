// The EVM node: anvil as a child process that never outlives its parent.
// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const START_MS = 15_000;
const STOP_MS = 5_000;

// However this process ends by itself (an uncaught error too), its nodes end first: nobody waits for them any more.
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

function binary() {
  const name = `@foundry-rs/anvil-${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const path = join(dirname(require.resolve(`${name}/package.json`)), 'bin', 'anvil');
  if (!existsSync(path)) throw new Error(`anvil is missing from ${name}: run npm ci`);
  return path;
}

// When this process is killed, no hook of it runs: a shell then reads the end of its input, and ends the node. It is
// detached, so that the Ctrl-C of a terminal does not end it before its work is done.
function startWatchdog(pid) {
  const shell = spawn('sh', ['-c', 'read -r _; kill "$1"', 'sh', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  shell.on('error', () => {}); // no shell: the other ways of ending the node remain
  shell.unref();
  shell.stdin.unref();
  return shell;
}

// Starts anvil; port 0 takes a free one. Returns {url, keys, stop()}: keys are those of its well-known test accounts;
// stop() resolves when the process is gone, and may be called again.
export async function startAnvil({ port = 0, chainId }) {
  // --celo for its precompile that moves native coin, which the PEAQ token is made of (contracts/generation2/PeaqToken.sol).
  const flags = ['--port', String(port), '--chain-id', String(chainId), '--host', '127.0.0.1', '--celo'];
  const child = spawn(binary(), flags, { stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  if (child.pid) {
    running.add(child);
    const watchdog = startWatchdog(child.pid);
    gone.then(() => {
      running.delete(child);
      watchdog.kill(); // its process id may soon be another's
    });
  }
  let stopping;
  const stop = () => (stopping ??= end(child, gone));
  try {
    return { ...(await greeting(child, gone, port)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function end(child, gone) {
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(impatience);
}

// What anvil says of itself when it starts, or one line on why it does not.
function greeting(child, gone, port) {
  let text = '';
  const failure = (reason) => {
    const last =
      reason ??
      (text ?? '')
        .trim()
        .split('\n')
        .pop()
        .replace(/^Error: /, '');
    return new Error(`the EVM node did not start on ${port ? `port ${port}` : 'a free port'}: ${last}`);
  };
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(failure(`no answer in ${START_MS / 1000} s`)), START_MS);
    const collect = (part) => {
      if (text === null) return; // the greeting is over; the rest is anvil's log
      text += part;
      const address = /Listening on (\S+)/.exec(text)?.[1];
      if (!address) return;
      clearTimeout(late);
      const keys = [...text.matchAll(/\((?:\d+)\) (0x[0-9a-f]{64})/g)].map((match) => match[1]);
      text = null;
      resolve({ url: `http://${address}`, keys });
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    gone.then((cause) => {
      clearTimeout(late);
      reject(failure(cause?.message));
    });
  });
}
