// The Python reference, run as a program that is only looked at from outside.
// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const home = join(root, '.bench/venv');
const packages = ['peaq-os-cli==0.0.4', 'peaq-os-sdk==0.2.0', 'open-wallet-standard==1.4.2'];

/** Installs the reference where it is missing, and gives its command. Throws one line when it cannot be had. */
export function installReference() {
  const script = fileURLToPath(new URL('install.py', import.meta.url));
  const { status, error, stderr } = spawnSync('python3', [script, home, ...packages], { encoding: 'utf8' });
  if (error) throw new Error(`the reference cannot be installed: python3 did not start (${error.code})`);
  if (status !== 0) {
    const reason = stderr.trim().split('\n').pop() || `exit ${status}`;
    throw new Error(`the reference cannot be installed with python3 -m venv and pip: ${reason}`);
  }
  return [join(home, 'bin/peaqos')];
}
