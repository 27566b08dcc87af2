// Running a script of requests through both hosts: libcurl (native, under sanitizers) and emscripten_fetch in Node.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

const probes = {
  native: [path('../../build/asan/tests/transport/transport_probe')],
  wasm: [process.execPath, path('wasm_probe.mjs')],
};

/** Longer than anything that is not stuck, on a busy machine too. */
export const PATIENCE = 120_000;

/** The process has at most this long to end when its work is done: far below the time-outs of idle connections. */
export const PROMPT = 2_000;

export const hosts = Object.keys(probes);

/**
 * Performs the steps with exactly these variables, in a process of its own, whose command stands behind the words of
 * `within`: {child, line, ended}, where `line` is its first line, and `ended` resolves to {outcomes, ended}, its end as
 * Date.now().
 */
export function startProbe(host, steps, env = {}, within = []) {
  const [program, ...rest] = [...within, ...probes[host], JSON.stringify(steps)];
  const child = spawn(program, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  for (const name of Object.keys(output)) child[name].setEncoding('utf8').on('data', (part) => (output[name] += part));
  const deadline = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  const line = new Promise((resolve) => child.stdout.once('data', (part) => resolve(part.split('\n')[0])));
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(deadline);
      if (code !== 0) return reject(new Error(`the ${host} probe ended with ${signal ?? code}: ${output.stderr}`));
      assert.equal(output.stderr, '');
      resolve({ outcomes: JSON.parse(output.stdout), ended: Date.now() });
    });
  });
  return { child, line, ended };
}

// Ports change from run to run, and whether a connection is kept is told apart by the servers.
const comparable = (value) =>
  JSON.parse(
    JSON.stringify(value ?? null).replace(/(127\.\d+\.\d+\.\d+|localhost|\[::1\]):\d+/g, '$1:<port>'),
    (_, member) =>
      Array.isArray(member) ? member.filter((item) => !['connection', 'keep-alive'].includes(item?.[0])) : member,
  );

/**
 * The same test for each host: body(send, context), where send(steps, env, within) performs a script (script.hpp) and
 * gives its outcomes. What the hosts gave, and what body returns, must not differ.
 */
export function testBoth(name, body) {
  test(name, { concurrency: 2 }, async (context) => {
    const seen = {};
    const one = (host) =>
      context.test(host, async (own) => {
        const given = [];
        const send = async (...args) => {
          const { outcomes, ended } = await startProbe(host, ...args).ended;
          given.push(outcomes);
          return Object.assign(outcomes, { ended });
        };
        seen[host] = comparable([given, await body(send, own)]);
      });
    await Promise.all(Object.keys(probes).map(one));
    if (seen.native && seen.wasm) assert.deepEqual(seen.wasm, seen.native, 'both hosts must give the same');
  });
}

/** Asserts that an outcome is the error with this code, told in one line, and gives its message. */
export function assertFailed(outcome, code) {
  assert.equal(outcome.code, code, JSON.stringify(outcome));
  assert.match(outcome.message, /^[^\r\n]+$/);
  return outcome.message;
}

/** Asserts that an outcome is an answer with this status and body, and gives its headers. */
export function assertAnswered(outcome, status = 200, body = undefined) {
  assert.equal(outcome.status, status, JSON.stringify(outcome));
  if (body !== undefined) assert.equal(outcome.bodyHex, Buffer.from(body).toString('hex'));
  return outcome.headers;
}

/** The body that a step's bodyLength stands for. */
export function pattern(length) {
  const body = Buffer.alloc(length);
  for (let i = 0; i < length; ++i) body[i] = i % 251;
  return body;
}
