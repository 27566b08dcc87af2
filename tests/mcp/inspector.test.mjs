// The command line of the protocol's inspector, as people try a server with it.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { commands, scratch } from '../support/commands.mjs';
import { file } from '../support/market.mjs';

const inspector = fileURLToPath(
  new URL('../../node_modules/@modelcontextprotocol/inspector-cli/build/cli.js', import.meta.url),
);

async function inspect(cwd, ...words) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [inspector, '--cli', ...commands.peaqos, 'mcp', ...words],
    {
      cwd,
      timeout: 60_000,
      env: { PATH: process.env.PATH, HOME: cwd },
    },
  );
  return JSON.parse(stdout);
}

test('the inspector lists tools and resources, and calls a tool', async (context) => {
  // It finds its own package only where the folder above the working directory has one.
  const above = scratch(context);
  file(above, 'package.json', '{}');
  const cwd = join(above, 'work');
  mkdirSync(cwd);
  const { tools } = await inspect(cwd, '--method', 'tools/list');
  assert.ok(tools.some(({ name }) => name === 'qualify_event'));
  const { resources } = await inspect(cwd, '--method', 'resources/list');
  assert.equal(resources.length, 4);
  const journal = await inspect(cwd, '--method', 'resources/read', '--uri', 'peaqos://journal');
  assert.deepEqual(JSON.parse(journal.contents[0].text), { rows: [], left_out: false });
  const answer = await inspect(cwd, '--method', 'tools/call', '--tool-name', 'wallet_list');
  assert.deepEqual(answer.structuredContent, { exit_code: 0, result: [] });
});
