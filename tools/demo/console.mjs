// The operator console beside a devnet that stays up.
// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../steps/shell.mjs';

/** Starts it on a free port, with the settings of a folder: {address, ended}. */
export async function startConsole(folder) {
  const words = [join(root, 'node-cli/dist/peaqos.cjs'), 'console', '--no-open', '--port', '0'];
  const child = spawn('node', words, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  return { address: line.trim(), ended };
}
