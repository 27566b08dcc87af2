// How soon `peaqos mcp` answers a client's first request.
// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'bench', version: '1' } },
};

/** Milliseconds from the server's start to its answer to `initialize`. */
export function timeInitialize([program, ...words], { cwd, env }) {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(program, [...words, 'mcp'], {
      cwd,
      env: { PATH: process.env.PATH, ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let milliseconds;
    let answer = '';
    child.stdout.setEncoding('utf8').on('data', (part) => {
      answer += part;
      if (milliseconds !== undefined || !answer.includes('\n')) return;
      milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
      child.stdin.end();
    });
    child.once('error', reject);
    child.once('close', () => {
      const isAnswer = milliseconds !== undefined && JSON.parse(answer.split('\n')[0]).result?.serverInfo;
      if (isAnswer) resolve(milliseconds);
      else reject(new Error(`no answer to initialize: ${answer}`));
    });
    child.stdin.write(`${JSON.stringify(initialize)}\n`);
  });
}
