// The EVM node: anvil as a child process that never outlives its parent.
// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

function binary() {
  const name = `@foundry-rs/anvil-${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const path = join(dirname(require.resolve(`${name}/package.json`)), 'bin', 'anvil');
  if (!existsSync(path)) throw new Error(`anvil is missing from ${name}: run npm ci`);
  return path;
}

// The shell ends anvil when its own standard input ends, which happens however this process ends.
const watched = '"$@" </dev/null & child=$!; trap "kill $child" TERM; cat >/dev/null; kill $child; wait $child';

// Starts anvil; port 0 takes a free one. Returns {url, keys, stop()}: keys are those of its well-known test accounts.
export async function startAnvil({ port = 0, chainId, blockTime }) {
  const flags = ['--port', String(port), '--chain-id', String(chainId), '--host', '127.0.0.1'];
  if (blockTime) flags.push('--block-time', String(blockTime));
  const child = spawn('sh', ['-c', watched, 'sh', binary(), ...flags], { stdio: ['pipe', 'pipe', 'pipe'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  let text = '';
  const listening = new Promise((resolve, reject) => {
    const collect = (part) => {
      if (text === null) return; // the greeting is over; the rest is anvil's log
      text += part;
      const address = /Listening on (\S+)/.exec(text)?.[1];
      if (!address) return;
      resolve({ url: `http://${address}`, keys: [...text.matchAll(/\((?:\d+)\) (0x[0-9a-f]{64})/g)].map((match) => match[1]) });
      text = null;
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.once('error', reject);
    // anvil that cannot start leaves the shell waiting for its input's end.
    setTimeout(() => reject(new Error(`anvil did not start: ${(text ?? '').trim().split('\n').pop()}`)), 15_000).unref();
  });
  const stop = () => {
    child.stdin.end();
    return exited;
  };
  try {
    return { ...(await listening), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
