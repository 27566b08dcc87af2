// Lighthouse against the served console, in each of its categories. It weighs 185 MB, so npx brings it when it is measured.
// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { browserArguments, browserPath } from '../support/browser.mjs';

const version = '12.8.2';
const least = 0.95;

// Its report, or nothing where npx cannot bring it.
async function report(address) {
  const flags = `--chrome-flags=--headless ${browserArguments.join(' ')}`;
  const words = ['--yes', `lighthouse@${version}`, address, '--quiet', '--output=json', '--output-path=stdout', flags];
  const env = { ...process.env, CHROME_PATH: browserPath };
  const child = spawn('npx', words, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part) => (text += part));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  return code === 0 ? JSON.parse(text) : undefined;
}

/** `row` as in console.mjs. */
export async function measureLighthouse(address, row) {
  const found = await report(address);
  const bar = `>= ${100 * least}`;
  if (!found) return row('console: Lighthouse', 'could not be brought by npx', { bar, holds: false });
  for (const { title, score } of Object.values(found.categories))
    row(`console: Lighthouse, ${title}`, String(Math.round(100 * score)), { bar, holds: score >= least });
}
