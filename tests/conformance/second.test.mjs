// Command lines about machines of generation 2 through the reference of that generation and through ours, on one chain whose
// contracts stand where the reference's record has them; the chain goes back to the same state before each. Every
// difference is either on the list of accepted ones or a failure. CONFORMANCE_ONLY=words runs the cases whose names hold
// them.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { run } from '../support/commands.mjs';
import { startReference } from './reference.mjs';
import { accepted } from './second_accepted.mjs';
import { cases, files } from './second_cases.mjs';
import { startSecondWorld } from './second_world.mjs';

const only = process.env.CONFORMANCE_ONLY;
const chosen = cases.filter(({ name }) => !only || name.includes(only));
const world = await startSecondWorld();
after(() => world.stop());
const reference = startReference('reference2');
after(() => reference.stop());
const owner = world.accounts[0];
const id = String(
  await world.control.generation2.activate(owner.address, { credentialSubject: `0x${'ab'.repeat(32)}` }),
);

const programs = {
  reference: reference.execute,
  ours: (words, options) => run('peaqos-native', words, options),
};
// What no two runs share.
const unsteady =
  /^(transaction_hash|period_start|period_end|previous_period_end)$|period|Period|fees$|balance$|hash$|Hash$/;

/** The transactions of the owner in blocks after that one: to, value, calldata, and how they ended. */
async function sentSince(block) {
  const sent = [];
  const last = Number(await world.rpc('eth_blockNumber', []));
  for (let number = block + 1; number <= last; ++number) {
    const { transactions } = await world.rpc('eth_getBlockByNumber', [`0x${number.toString(16)}`, true]);
    for (const each of transactions) {
      if (each.from !== owner.address.toLowerCase()) continue;
      const { status } = await world.rpc('eth_getTransactionReceipt', [each.hash]);
      sent.push(`${each.to} ${BigInt(each.value)} ${each.input} ${Number(status) === 1 ? 'done' : 'reverted'}`);
    }
  }
  return sent;
}

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

async function observe(name, testCase) {
  const snapshot = await world.rpc('evm_snapshot', []);
  const cwd = mkdtempSync(join(tmpdir(), 'peaqos-second-'));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(cwd, file), text);
  const env = {
    PATH: process.env.PATH,
    HOME: cwd,
    LANG: 'C.UTF-8',
    DO_NOT_TRACK: '1',
    PEAQOS_DEPLOYMENT_ID: 'peaq-mainnet',
    PEAQOS_RPC_URL: world.rpcUrl,
    PEAQOS_PRIVATE_KEY: owner.key,
  };
  try {
    await testCase.before?.(world.control.generation2, owner.address);
    const block = Number(await world.rpc('eth_blockNumber', []));
    const lines = [];
    for (const line of testCase.lines) {
      const words = line.map((word) => (word === 'ID' ? id : word));
      lines.push(await programs[name](words, { cwd, env }));
    }
    return { lines, sent: await sentSince(block) };
  } finally {
    rmSync(cwd, { recursive: true, force: true });
    await world.rpc('evm_revert', [snapshot]);
  }
}

/** The members of a result with their texts, by their paths; `details` are words for people, each program's own. */
function* membersOf(value, path = '') {
  if (value === null || typeof value !== 'object') {
    yield [path, unsteady.test(path.split('.').pop()) ? '*' : JSON.stringify(value)];
    return;
  }
  for (const [name, member] of Object.entries(value).filter(([name]) => name !== 'details'))
    yield* membersOf(member, path ? `${path}.${name}` : name);
}

function resultDifferences(theirs, our) {
  const [left, right] = [parsed(theirs.stdout), parsed(our.stdout)];
  if (left === undefined || right === undefined)
    return left === right
      ? []
      : [`JSON: ${left === undefined ? 'none' : 'one'} -> ${right === undefined ? 'none' : 'one'}`];
  const code = (result) => result?.error?.code ?? result?.error_code ?? result?.status;
  // Errors have shapes of their own; what they say is their code.
  if (theirs.code !== 0 || our.code !== 0)
    return code(left) === code(right) ? [] : [`error: ${code(left)} -> ${code(right)}`];
  const [mine, yours] = [new Map(membersOf(right)), new Map(membersOf(left))];
  const found = [];
  for (const [path, text] of yours) {
    if (!mine.has(path)) found.push(`JSON -${path}`);
    else if (mine.get(path) !== text) found.push(`JSON ${path}: ${text} -> ${mine.get(path)}`);
  }
  for (const path of mine.keys()) if (!yours.has(path)) found.push(`JSON +${path}`);
  return found;
}

function differences(theirs, our) {
  const found = [];
  theirs.lines.forEach((line, number) => {
    const place = theirs.lines.length > 1 ? `line ${number + 1}: ` : '';
    const other = our.lines[number];
    if (line.code !== other.code) found.push(`${place}exit: ${line.code} -> ${other.code}`);
    found.push(...resultDifferences(line, other).map((difference) => place + difference));
  });
  const mine = [...our.sent];
  for (const each of theirs.sent) {
    const at = mine.indexOf(each);
    if (at < 0) found.push(`transaction -${each}`);
    else mine.splice(at, 1);
  }
  found.push(...mine.map((each) => `transaction +${each}`));
  return found;
}

const hits = new Map(accepted.map((row) => [row, 0]));
const matches = ({ cases: name }, { name: wanted }) => (typeof name === 'string' ? name === wanted : name.test(wanted));

for (const testCase of chosen) {
  test(testCase.name, async () => {
    const [theirs, our] = [await observe('reference', testCase), await observe('ours', testCase)];
    const unexpected = differences(theirs, our).filter((difference) => {
      const rows = accepted.filter(
        (row) => row.difference === difference.replace(/^line \d+: /, '') && matches(row, testCase),
      );
      for (const row of rows) hits.set(row, hits.get(row) + 1);
      return rows.length === 0;
    });
    const said = ({ lines }) => lines.map(({ stdout, stderr }) => `${stdout}${stderr}`.trim().slice(-1200)).join('\n');
    assert.deepEqual(unexpected, [], `the reference said:\n${said(theirs)}\n--- ours said:\n${said(our)}`);
  });
}

test('every accepted difference is there', { skip: Boolean(only) }, () => {
  const idle = [...hits]
    .filter(([, count]) => count === 0)
    .map(([{ difference, cases: name }]) => `${name}: ${difference}`);
  assert.deepEqual(idle, []);
});
