// A client of `peaqos mcp`: the official SDK's, which starts the command as any agent's client does.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import Ajv from 'ajv';
import { commands } from '../support/commands.mjs';
import { file } from '../support/market.mjs';

/** Variables with a policy that lets everything through, in a folder. */
export const withPolicy = (folder) => ({ PEAQOS_POLICY: file(folder, 'peaqos-policy.json', '{"version": 1}\n') });

/** The person agrees to everything, or to nothing; what was shown is kept. */
export function person(approve) {
  const shown = [];
  const consent = ({ message }) => {
    shown.push(message);
    return approve ? { action: 'accept', content: { approve: true } } : { action: 'decline' };
  };
  return { shown, consent };
}

/**
 * Starts the server and connects: {client, call, answered, stderr}. `consent` answers elicitations; without it the client
 * cannot ask. call(name, input, options) checks each answer against the schema of its tool; `answered` are the tools that
 * have succeeded.
 */
export async function connect(context, { env, cwd, words = [], consent, nodeWords = [] }) {
  const client = new Client({ name: 'tests', version: '1' }, { capabilities: consent ? { elicitation: {} } : {} });
  if (consent) client.setRequestHandler(ElicitRequestSchema, ({ params }) => consent(params));
  const [program, ...first] = commands.peaqos;
  const transport = new StdioClientTransport({
    command: program,
    args: [...nodeWords, ...first, 'mcp', ...words],
    env: { PATH: process.env.PATH, HOME: cwd, ...env },
    cwd,
    stderr: 'pipe',
  });
  let stderr = '';
  transport.stderr.setEncoding('utf8').on('data', (part) => (stderr += part));
  await client.connect(transport);
  context.after(() => client.close());

  const checks = new Map();
  const answered = new Set();
  const ajv = new Ajv();
  async function call(name, input = {}, options = {}) {
    if (checks.size === 0)
      for (const tool of (await client.listTools()).tools) checks.set(tool.name, ajv.compile(tool.outputSchema));
    const answer = await client.callTool({ name, arguments: input }, undefined, { timeout: 60_000, ...options });
    const check = checks.get(name);
    assert.ok(check(answer.structuredContent), `${name}: ${ajv.errorsText(check.errors)}`);
    assert.deepEqual(JSON.parse(answer.content[0].text), answer.structuredContent);
    assert.equal(answer.isError ?? false, answer.structuredContent.exit_code !== 0);
    if (!answer.isError) answered.add(name);
    return { ...answer.structuredContent, answer };
  }
  return { client, call, answered, transport, stderr: () => stderr };
}

/** Asserts that a call succeeded; gives its answer. */
export async function succeed(promise) {
  const answer = await promise;
  assert.equal(answer.exit_code, 0, JSON.stringify(answer.error ?? answer));
  return answer;
}

/** Plans by a tool and carries the plan out; gives confirm_plan's answer. */
export async function carryOut({ call }, name, input, options) {
  const { plan_id } = await succeed(call(name, input));
  return call('confirm_plan', { plan_id }, options);
}
