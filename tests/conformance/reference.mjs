// The Python reference, run as a program that is only looked at from outside.
// SPDX-License-Identifier: Apache-2.0
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const beside = (name) => fileURLToPath(new URL(name, import.meta.url));
const homeOf = (name) => beside(`../../.deps/${name}`);

/** The command line that installs a reference where it is missing. */
export const installerOf = (name) => ['python3', beside('install.py'), homeOf(name), beside(`${name}.txt`)];

/**
 * Installs the reference where it is missing, and gives its command: the interpreter and the program, as the program's
 * first line tells the folder that it was installed in. Throws one line when it cannot be had. `name` is that of the file
 * with its packages: reference2 is the one of generation 2.
 */
export function installReference(name = 'reference') {
  const [program, ...words] = installerOf(name);
  const { status, error, stderr } = spawnSync(program, words, { encoding: 'utf8' });
  if (error) throw new Error(`the reference cannot be installed: python3 did not start (${error.code})`);
  if (status !== 0) {
    const reason = stderr.trim().split('\n').pop() || `exit ${status}`;
    throw new Error(`the reference cannot be installed with python3 -m venv and pip: ${reason}`);
  }
  return [join(homeOf(name), 'bin/python'), join(homeOf(name), 'bin/peaqos')];
}

/**
 * Gives {command, execute(words, {cwd, env, input}), stop()}: execute() runs the reference in forks of an interpreter that
 * has its libraries loaded already, which saves a second each time.
 */
export function startReference(name) {
  const command = installReference(name);
  const folder = mkdtempSync(join(tmpdir(), 'peaqos-reference-'));
  const [python, program] = command;
  const interpreter = spawn(python, [beside('interpreter.py'), program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
  });
  const waiting = new Map();
  createInterface(interpreter.stdout).on('line', (line) => {
    const { id, code } = JSON.parse(line);
    waiting.get(id).resolve(code);
    waiting.delete(id);
  });
  const gone = new Promise((resolve) => interpreter.once('close', resolve));
  gone.then(() => {
    for (const { reject } of waiting.values()) reject(new Error('the interpreter of the reference is gone'));
  });
  interpreter.stdin.on('error', () => {});

  let last = 0;
  async function execute(words, { cwd, env, input }) {
    const id = ++last;
    const [stdin, stdout, stderr] = ['in', 'out', 'err'].map((name) => join(folder, `${id}.${name}`));
    if (input !== undefined) writeFileSync(stdin, input);
    const files = [input === undefined ? '/dev/null' : stdin, stdout, stderr];
    const ended = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    interpreter.stdin.write(`${JSON.stringify({ id, words, cwd, env, files })}\n`);
    const code = await ended;
    const [out, err] = [stdout, stderr].map((file) => readFileSync(file, 'utf8'));
    return { code, stdout: out, stderr: err, terminal: '' };
  }

  async function stop() {
    interpreter.stdin.end();
    await gone;
    rmSync(folder, { recursive: true, force: true });
  }
  return { command, execute, stop };
}
