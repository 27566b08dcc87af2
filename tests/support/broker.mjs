// The broker of examples/nats with its workers and devices, for the tests of one file: everything may be killed and comes back.
// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { commands } from './commands.mjs';

const example = fileURLToPath(new URL('../../examples/nats', import.meta.url));
const script = (name) => join(example, `${name}.mjs`);

/** Kills a process with -9, and what it has started. */
export function kill(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

// However this process ends, a shell then reads the end of its input, and kills the group that nobody waits for any more.
function killAtEnd({ pid }) {
  const shell = spawn('sh', ['-c', 'read -r _; kill -9 "-$1"', 'sh', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  shell.unref();
  shell.stdin.unref();
  return shell;
}

/** A process of its own group: {child, done}, where done gives {code, signal, stderr}. */
function begin(program, words, options) {
  const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'], detached: true, ...options });
  const watchdog = killAtEnd(child);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (part) => (stderr += part));
  const done = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stderr }));
  });
  done.finally(() => watchdog.kill()).catch(() => {}); // its process id may soon be another's
  return { child, done };
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * A broker with the example's configuration, on free ports and in a folder of its own:
 *   env: what the example's programs need to reach it
 *   restart(): kills it with -9, and starts it again after `pause` milliseconds
 */
export async function startBroker() {
  const folder = mkdtempSync(join(tmpdir(), 'peaqos-test-'));
  const [nats, mqtt] = [await freePort(), await freePort()];
  const configuration = readFileSync(join(example, 'nats-server.conf'), 'utf8')
    .replace('127.0.0.1:4222', `127.0.0.1:${nats}`)
    .replace('127.0.0.1:1883', `127.0.0.1:${mqtt}`)
    .replace('/var/lib/nats', join(folder, 'store'));
  writeFileSync(join(folder, 'nats-server.conf'), configuration);
  const passwords = { DEVICE_PASSWORD: 'of-all-devices', WORKER_PASSWORD: 'of-all-workers' };
  const env = { NATS_URL: `nats://127.0.0.1:${nats}`, MQTT_URL: `mqtt://127.0.0.1:${mqtt}`, ...passwords };
  const options = { cwd: folder, env: { PATH: process.env.PATH, ...passwords } };
  const launch = () => begin('nats-server', ['-c', 'nats-server.conf'], options);
  let server = launch();
  const stop = async () => {
    kill(server.child);
    await server.done;
  };
  after(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    env,
    async restart(pause) {
      await stop();
      await sleep(pause);
      server = launch();
    },
  };
}

/** Runs a program of the example to its end. `input` is its standard input. */
export async function runExample(broker, name, words, input = '') {
  const { child, done } = begin(process.execPath, [script(name), ...words], {
    env: { PATH: process.env.PATH, ...broker.env },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  child.stdin.end(input);
  return done;
}

/**
 * The worker of a signer, started again whenever it ends, as a service manager does:
 *   kill({alone}): kills it with -9, together with its `peaqos`, or alone
 *   stop(): ends it as a service manager does, and gives its outcome
 */
export function startWorker(broker, { name, cwd, env }, command) {
  // The worker finds `peaqos` on its PATH.
  const bin = join(cwd, 'bin');
  mkdirSync(bin);
  symlinkSync(commands[command].at(-1), join(bin, 'peaqos'));
  const options = { cwd, env: { ...env, ...broker.env, PATH: `${bin}:${process.env.PATH}` } };
  let current;
  let stopping = false;
  const supervised = (async () => {
    for (;;) {
      current = begin(process.execPath, [script('worker'), name], options);
      const outcome = await current.done;
      if (stopping) return outcome;
      await sleep(200);
    }
  })();
  after(() => {
    stopping = true;
    kill(current.child);
  });
  return {
    kill: ({ alone = false } = {}) => (alone ? current.child.kill('SIGKILL') : kill(current.child)),
    stop() {
      stopping = true;
      current.child.kill('SIGTERM');
      return supervised;
    },
  };
}
