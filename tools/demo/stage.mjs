// Where the demo plays: commands shown above their real output, and what a person would type into them.
// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../steps/shell.mjs';

export function say(text) {
  process.stdout.write(`\n${text}\n`);
}

// The settings of whoever runs the demo stay out of it: they would win over its .env.
const ofNoWorld = ([name]) => !/^(PEAQOS_|OWS_)|_ADDRESS$/.test(name);

/**
 * Gives run(line, env), which runs peaqos with these words ('quoted ones' hold spaces) in a folder, as its home too, and
 * resolves to what it said, {stdout, stderr}; it throws when the command fails. `answers` are [end of a prompt,
 * answer(everything on standard error so far)].
 */
export function openStage(folder, answers) {
  const ours = Object.fromEntries(Object.entries(process.env).filter(ofNoWorld));
  // Not spawnSync: the services answer from this process.
  function play(words, env) {
    const child = spawn('node', [join(root, 'node-cli/dist/peaqos.cjs'), ...words], {
      cwd: folder,
      env: { ...ours, HOME: folder, OWS_PASSPHRASE: 'a passphrase for the demo', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'])
      child[name].setEncoding('utf8').on('data', (part) => {
        process[name].write(part);
        said[name] += part;
      });
    child.stdin.on('error', () => {});
    child.stderr.on('data', async () => {
      const [, answer] = answers.find(([prompt]) => said.stderr.endsWith(prompt)) ?? [];
      if (!answer) return;
      const line = `${await answer(said.stderr)}\n`;
      process.stderr.write(line);
      child.stdin.write(line);
    });
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })));
  }

  return async function run(line, env = {}) {
    const settings = Object.entries(env).map(([name, value]) => `${name}=${value} `);
    say(`$ ${settings.join('')}peaqos ${line}`);
    const words = line.match(/'[^']*'|\S+/g).map((word) => word.replaceAll("'", ''));
    const { code, ...said } = await play(words, env);
    if (code !== 0) throw new Error(`the demo ended: peaqos ${words[0]} exited with ${code}`);
    return said;
  };
}
