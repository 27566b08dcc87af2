// Calls by an agent that was turned against its person: none leads to a signature, none to a secret.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { scratch } from '../support/commands.mjs';
import { file, marketEnv } from '../support/market.mjs';
import { operatorWithMachine } from '../support/machines.mjs';
import { eventCount, startWorld, transactionCount } from '../support/world.mjs';
import { connect, succeed, withPolicy } from './client.mjs';

const world = await startWorld();

const SECRET_TOKEN = 'tok-7d1f0c2a9b';
const event = (more) => ({ machine_id: 1, type: 'revenue', value: 125, ts: '1776945600', ...more });
const profile = {
  identity_ref: 'did:peaq:0x1',
  display_name: 'r',
  owner_id: 'o',
  machine_type: 't',
  runtime_profile: 'p',
};
const urls = { doc_url: 'https://example.com/docs', data_api: 'https://example.com/events' };
const order = (more) => ({ service_id: 'svc_block', machine_id: 'm', agent_pairing_id: 'p', ...more });
const row = (more) => JSON.stringify({ machine_id: 1, type: 'activity', value: 1, ts: 1776945600, ...more });

const MALFORMED = /^(BAD_FIELD|UNKNOWN_FIELD|MISSING_FIELD)$/;

// [what is tried, tool, input, the code of the refusal]
const calls = [
  // Flags and commands in values.
  ['a flag behind a number', 'qualify_event', event({ machine_id: '1 --orch-api-key=x' }), MALFORMED],
  ['a flag as a number', 'qualify_event', event({ machine_id: '--orch-api-key' }), MALFORMED],
  ['a flag behind a line end in a choice', 'qualify_event', event({ type: 'revenue\n--yes' }), MALFORMED],
  ['a flag as a currency', 'qualify_event', event({ currency: '--yes' }), MALFORMED],
  ['a flag behind a line end', 'qualify_event', event({ ts: '1776945600\n--yes' }), MALFORMED],
  ['a flag as an argument', 'qualify_mcr', { did: ['--json-schema'] }, /./],
  ['a flag among arguments', 'qualify_mcr', { did: ['did:peaq:0x1', '--orchestration-url=http://127.0.0.1:1'] }, /./],
  ['standard input as an argument', 'qualify_mcr', { did: ['-'] }, MALFORMED],
  ['standard input as a file', 'qualify_events', { file: '-' }, /^(FILE_DENIED|BAD_FIELD)$/],
  ['an escape of the terminal', 'scale_machine_onboard', { ...profile, display_name: '\u001b[2J' }, MALFORMED],
  ['text that runs backwards', 'scale_machine_onboard', { ...profile, display_name: 'a\u202eb' }, MALFORMED],
  ['half a character', 'scale_machine_onboard', { ...profile, display_name: '\ud800' }, MALFORMED],
  ['a path in a DID', 'show_machine', { did: 'did:peaq:0x1/../../admin' }, /./],
  ['another host in a DID', 'show_operator_machines', { did: '//127.0.0.1:1/x' }, /./],
  // Files.
  ['a file above the folder', 'qualify_event', event({ raw_data: '../../../../etc/passwd' }), /^FILE_DENIED$/],
  ['a file elsewhere', 'qualify_event', event({ metadata: '/etc/passwd' }), /^FILE_DENIED$/],
  ['a file above a folder below', 'qualify_event', event({ metadata: 'sub/../../outside' }), /^FILE_DENIED$/],
  ['a link that leads out', 'qualify_event', event({ metadata: 'link' }), /^FILE_DENIED$/],
  ['a folder that is a link out', 'qualify_event', event({ metadata: 'etc/passwd' }), /^FILE_DENIED$/],
  ['the settings', 'qualify_event', event({ metadata: '.env' }), /^FILE_DENIED$/],
  ['the settings by another name', 'qualify_event', event({ metadata: 'settings' }), /^FILE_DENIED$/],
  ['the vault', 'qualify_event', event({ metadata: '.ows/wallets/w.json' }), /^FILE_DENIED$/],
  ['the ledger', 'qualify_event', event({ raw_data: 'peaqos.log' }), /^FILE_DENIED$/],
  ['the token', 'qualify_event', event({ metadata: 'agent.token' }), /^FILE_DENIED$/],
  ['the token by a hard link', 'qualify_event', event({ metadata: 'copy.txt' }), /^FILE_DENIED$/],
  ['a key that others can read', 'qualify_event', event({ metadata: 'key.txt' }), /^FILE_DENIED$/],
  ['a folder', 'qualify_event', event({ raw_data: 'sub' }), /^FILE_DENIED$/],
  ['a pipe that never ends', 'qualify_event', event({ raw_data: 'pipe' }), /^FILE_DENIED$/],
  ['nothing', 'qualify_event', event({ raw_data: '' }), /^FILE_DENIED$/],
  ['a path with an end in it', 'qualify_event', event({ raw_data: 'a.txt\u0000.png' }), MALFORMED],
  ['the token as an input of a service', 'scale_order', order({ input: 'agent.token' }), /^FILE_DENIED$/],
  ['events that name the settings', 'qualify_events', { file: 'names.jsonl' }, /^FILE_DENIED$/],
  ['events that name them in escapes', 'qualify_events', { file: 'escaped.jsonl' }, /^FILE_DENIED$/],
  ['events that name them in a column', 'qualify_events', { file: 'names.csv' }, /^FILE_DENIED$/],
  ['a file to be written', 'qualify_events', { file: 'day.jsonl', results: 'out.jsonl' }, MALFORMED],
  // Members that there are not.
  ['consent', 'qualify_event', event({ yes: true }), MALFORMED],
  ['no plan', 'qualify_event', event({ plan: false }), MALFORMED],
  ['a key file', 'activate', { ...urls, machine_key: 'key.txt' }, MALFORMED],
  ['another signer', 'activate', { ...urls, for: '0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5' }, MALFORMED],
  ['another token', 'scale_order', order({ pairing_token_file: '/etc/passwd' }), MALFORMED],
  ['credentials', 'scale_search', { machine_id: 'm', service_type: 's', provider_credentials: 'x' }, MALFORMED],
  ['the key of the market', 'scale_machine_list', { orch_api_key: 'x' }, MALFORMED],
  ['a member of every object', 'whoami', { constructor: { name: 'x' } }, MALFORMED],
  ['another of them', 'whoami', { toString: 'x' }, MALFORMED],
  // Values of other types, and too much.
  ['an object for a number', 'qualify_event', event({ machine_id: { $gt: 0 } }), MALFORMED],
  ['a list for a text', 'qualify_event', event({ currency: ['USD'] }), MALFORMED],
  ['a number that lost digits', 'qualify_event', event({ value: 2 ** 60 }), MALFORMED],
  ['a fraction for an integer', 'qualify_event', event({ value: 1.5 }), MALFORMED],
  ['a long text', 'scale_machine_onboard', { ...profile, display_name: 'x'.repeat(5000) }, MALFORMED],
  ['a long number', 'qualify_event', event({ value: '9'.repeat(5000) }), MALFORMED],
  ['many items', 'qualify_mcr', { did: Array(1001).fill('did:peaq:0x1') }, MALFORMED],
  ['a list in a list', 'qualify_mcr', { did: [['did:peaq:0x1']] }, MALFORMED],
  // Plans that are none.
  ['a plan of nobody', 'confirm_plan', { plan_id: '0'.repeat(32) }, /^NO_SUCH_PLAN$/],
  ['a plan by a path', 'confirm_plan', { plan_id: '../plan' }, /^NO_SUCH_PLAN$/],
  ['a plan by a list', 'confirm_plan', { plan_id: ['a'] }, MALFORMED],
  ['a plan with consent', 'confirm_plan', { plan_id: 'a', approve: true }, MALFORMED],
  ['no plan at all', 'confirm_plan', {}, MALFORMED],
];

const hidden = [
  'wallet_export',
  'wallet_create',
  'wallet_import',
  'wallet_delete',
  'wallet_use',
  'init',
  'scale_agent_pair',
  'console',
  'mcp',
];

/** An operator in a folder full of bait, served to a client that cannot ask anybody, with a policy that lets all through. */
async function bait(context, options = {}) {
  const operator = await operatorWithMachine(world, context);
  const { cwd, env } = operator;
  file(cwd, '.env', 'OWS_PASSPHRASE=a-passphrase-of-old\n');
  file(cwd, 'settings', 'PEAQOS_PRIVATE_KEY=x\n', 0o644);
  file(cwd, 'agent.token', `${SECRET_TOKEN}\n`, 0o644);
  execFileSync('ln', ['agent.token', 'copy.txt'], { cwd });
  file(cwd, 'key.txt', `${operator.key}\n`, 0o644);
  mkdirSync(join(cwd, 'sub'));
  mkdirSync(join(cwd, '.ows/wallets'), { recursive: true });
  file(cwd, '.ows/wallets/w.json', '{}', 0o644);
  symlinkSync('/etc/passwd', join(cwd, 'link'));
  symlinkSync('/etc', join(cwd, 'etc'));
  execFileSync('mkfifo', ['-m', '644', 'pipe'], { cwd });
  file(cwd, 'day.jsonl', `${row({})}\n`, 0o644);
  file(cwd, 'names.jsonl', `${row({ metadata: '.env' })}\n`, 0o644);
  file(cwd, 'escaped.jsonl', `${row({ x: 1 }).replace('"x":1', '"m\\u0065tadata":".env"')}\n`, 0o644);
  file(cwd, 'names.csv', 'machine_id,type,value,ts,raw_data\n1,activity,1,1776945600,.env\n', 0o644);
  const server = await connect(context, {
    cwd,
    env: { ...env, ...marketEnv(world), ...withPolicy(scratch(context)) },
    words: ['--pairing-token-file', 'agent.token'],
    ...options,
  });
  return { operator, ...server };
}

const secretsOf = ({ key }) => [key.slice(2), SECRET_TOKEN, 'a-passphrase-of-old', world.env().PEAQOS_ORCH_API_KEY];

test(`${calls.length} hostile calls: no signature, no secret`, async (context) => {
  const { operator, call, client } = await bait(context);
  assert.ok(calls.length >= 40);
  const before = await transactionCount(world, operator.address);
  for (const [what, tool, input, code] of calls) {
    const { error, answer } = await call(tool, input);
    assert.ok(error, `${what}: ${JSON.stringify(answer)}`);
    assert.match(error.code, code, `${what}: ${JSON.stringify(error)}`);
    assert.equal(error.sent, 'nothing', what);
    const text = JSON.stringify(answer);
    for (const secret of secretsOf(operator)) assert.ok(!text.includes(secret), what);
    assert.ok(!text.includes('root:'), what);
  }
  const names = (await client.listTools()).tools.map(({ name }) => name);
  for (const name of hidden) {
    assert.ok(!names.includes(name), name);
    await assert.rejects(client.callTool({ name, arguments: {} }), /no such tool/);
  }
  for (const uri of [
    'peaqos://journal/../../.env',
    'file:///etc/passwd',
    'peaqos://machines/../x',
    'peaqos://toString',
  ])
    await assert.rejects(client.readResource({ uri }), /NO_SUCH_RESOURCE/);
  assert.equal(await transactionCount(world, operator.address), before);
});

test('a plan is carried out once', async (context) => {
  const { operator, call } = await bait(context);
  const { plan_id } = await succeed(call('qualify_event', event({ machine_id: operator.id })));
  const both = await Promise.all([call('confirm_plan', { plan_id }), call('confirm_plan', { plan_id })]);
  assert.deepEqual(both.map(({ error }) => error?.code).sort(), ['PLAN_USED', undefined]);
  assert.equal((await call('confirm_plan', { plan_id })).error.code, 'PLAN_USED');
  assert.equal(await eventCount(world, operator.id), 1);
});

test('a plan whose file has changed is not carried out', async (context) => {
  const { operator, call } = await bait(context);
  const path = file(operator.cwd, 'data.bin', 'one', 0o644);
  const { plan_id } = await succeed(call('qualify_event', event({ machine_id: operator.id, metadata: 'data.bin' })));
  writeFileSync(path, 'two');
  assert.equal((await call('confirm_plan', { plan_id })).error.code, 'PLAN_CHANGED');
  assert.equal(await eventCount(world, operator.id), 0);
});

test('a plan of a world that has changed is not carried out', async (context) => {
  const { operator, call } = await bait(context);
  const { plan_id } = await succeed(call('activate', { ...urls, doc_url: 'https://example.com/new' }));
  const again = await succeed(call('activate', { ...urls, doc_url: 'https://example.com/new' }));
  await succeed(call('confirm_plan', { plan_id: again.plan_id }));
  const sent = await transactionCount(world, operator.address);
  assert.equal((await call('confirm_plan', { plan_id })).error.code, 'PLAN_CHANGED');
  assert.equal(await transactionCount(world, operator.address), sent);
});

test('a plan that is ten minutes old is not carried out', async (context) => {
  const clock = file(
    scratch(context),
    'clock.cjs',
    `
    const { existsSync } = require('node:fs');
    const now = Date.now;
    Date.now = () => now() + (existsSync('later') ? 600_000 : 0);
  `,
  );
  const { operator, call } = await bait(context, { nodeWords: ['--require', clock] });
  const { plan_id } = await succeed(call('qualify_event', event({ machine_id: operator.id })));
  file(operator.cwd, 'later', '');
  assert.equal((await call('confirm_plan', { plan_id })).error.code, 'PLAN_EXPIRED');
  assert.equal(await eventCount(world, operator.id), 0);
});

test('a message beyond all measure ends the server, and nothing else happens', async (context) => {
  const { operator, client, transport } = await bait(context);
  const closed = new Promise((resolve) => (transport.onclose = resolve));
  client.callTool({ name: 'whoami', arguments: { x: 'y'.repeat(5 << 20) } }).catch(() => {});
  await closed;
  assert.equal(await eventCount(world, operator.id), 0);
});
