// scale machine: onboarding with every way to sign, and what the market then shows.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, scratch, start, testBoth } from '../support/commands.mjs';
import { asked, file, marketEnv, newKey, newMachine } from '../support/market.mjs';
import { startWorld } from '../support/world.mjs';

const world = await startWorld();
const env = marketEnv(world);
const { market } = world.control;

/** An account that is a machine on the chain, but not yet in the market. */
async function newIdentity() {
  const account = newKey();
  await market.activate(account.address, world.accounts[1].address);
  return account;
}

const onboard = (account, ...more) => [
  ...['scale', 'machine', 'onboard', '--identity-ref', `did:peaq:${account.address}`, '--display-name', 'rover-014'],
  ...['--owner-id', 'op_xyz', '--machine-type', 'qvac', '--runtime-profile', 'machine-runtime-agent', ...more],
];

const CHALLENGE = /identity:\n\n {2}([\s\S]*?)\n\nIdentity: /;

/** Reads the challenge that a command shows, signs it, and writes the signature to where `write` says. */
const signShown = ({ child }, account, write) =>
  new Promise((resolve, reject) => {
    let shown = '';
    child.stderr.on('data', (part) => {
      const before = CHALLENGE.exec(shown);
      shown += part;
      const [, message] = CHALLENGE.exec(shown) ?? [];
      if (!before && message) account.signMessage({ message }).then(write).then(resolve, reject);
    });
    child.once('close', resolve);
  });

testBoth('onboard signs with a key file, registers and activates', async (command, context) => {
  const account = await newIdentity();
  const cwd = scratch(context);
  const since = market.requests.length;
  file(cwd, 'controller.key', `${account.key}\n`);
  const words = onboard(account, '--identity-key-file', 'controller.key', '--capabilities', 'nav, lidar,,');
  const { code, stdout, stderr } = await run(command, [...words, '--labels', 'env=prod,foo_bar=v=w', '--yes'], {
    cwd,
    env,
  });
  assert.equal(code, 0, stderr);
  const id = /Machine ID: {2}(\S+)/.exec(stdout)[1];
  const did = `did:peaq:${account.address}`;
  assert.equal(
    stdout,
    `
Machine onboarded successfully (active).

  Machine ID:  ${id}
  Identity:    ${did.slice(0, 14)}...${did.slice(-4)}
  Status:      active
  Name:        rover-014

  Next: peaqos scale agent pair --machine-id ${id}
`,
  );
  assert.match(stderr, /^\[1\/4\] Requesting identity challenge\.\.\.\n\[2\/4\] Signing identity challenge\.\.\.\n/);
  assert.match(
    stderr,
    new RegExp(
      `\n      Signed with key from controller.key\n      Signer: ${account.address}\n\\[3/4\\] [^\n]+\n\\[4/4\\] [^\n]+\n$`,
    ),
  );
  assert.deepEqual(asked(world, since), ['E1', 'E2', 'E3']);
  const { body, headers } = market.requests[since + 1];
  assert.equal(headers['x-api-key'], env.PEAQOS_ORCH_API_KEY);
  assert.deepEqual(JSON.parse(body).labels, { env: 'prod', foo_bar: 'v=w' });
  assert.deepEqual(JSON.parse(body).capabilities, ['nav', 'lidar']);
});

testBoth('onboard shows its summary and takes no for an answer', async (command, context) => {
  const account = await newIdentity();
  const cwd = scratch(context);
  const since = market.requests.length;
  file(cwd, 'controller.key', account.key);
  const { child, done } = start(command, onboard(account, '--identity-key-file', 'controller.key', '--labels', 'k=v'), {
    cwd,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end('n\n');
  const { code, stdout, stderr } = await done;
  assert.equal(code, 0, stderr);
  assert.equal(stdout, '');
  assert.match(stderr, /\nOnboarding summary:\n\n {2}Identity: {2}did:peaq:0x[^\n]+\n[\s\S]*Labels: {4}k=v\n/);
  assert.match(stderr, /Proceed with registration\? \[y\/N\]: \n?Aborted\.\n$/);
  assert.deepEqual(asked(world, since), ['E1']);
});

testBoth(
  'onboard --json takes a signature from a pipe, made once the challenge was shown',
  async (command, context) => {
    const account = await newIdentity();
    const cwd = scratch(context);
    const pipe = join(cwd, 'signature');
    execFileSync('mkfifo', [pipe]);
    const words = onboard(account, '--identity-signature-file', pipe, '--skip-activate', '--json');
    const started = start(command, words, { cwd, env });
    await signShown(started, account, (signature) => execFileSync('sh', ['-c', `echo ${signature} > "${pipe}"`]));
    const { code, stdout, stderr } = await started.done;
    assert.equal(code, 0, stderr);
    const machine = JSON.parse(stdout);
    assert.equal(machine.status, 'draft');
    assert.equal(machine.identity_proof.signer_address.toLowerCase(), account.address.toLowerCase());
    assert.deepEqual(Object.keys(machine).slice(0, 6), [
      ...['id', 'display_name', 'status', 'owner_id', 'machine_type', 'runtime_profile'],
    ]);
  },
);

testBoth('onboard waits for a signature file that is written meanwhile', async (command, context) => {
  const account = await newIdentity();
  const cwd = scratch(context);
  const started = start(command, onboard(account, '--identity-signature-file', 'later.sig', '--yes'), { cwd, env });
  await signShown(started, account, (signature) => writeFileSync(join(cwd, 'later.sig'), `\n  ${signature}  \n`));
  const { code, stderr } = await started.done;
  assert.equal(code, 0, stderr);
});

testBoth('onboard refuses the signature of somebody else', async (command, context) => {
  const account = await newIdentity();
  const other = newKey();
  const cwd = scratch(context);
  file(cwd, 'other.key', other.key);
  const { code, stderr } = await run(command, onboard(account, '--identity-key-file', 'other.key', '--yes'), {
    cwd,
    env,
  });
  assert.equal(code, 2);
  assert.match(
    stderr,
    new RegExp(`Error: the challenge was signed by ${other.address}, which [^\n]*${account.address}`),
  );
  assert.ok(!stderr.includes(other.key));
});

for (const [what, more, expected] of [
  ['both ways to sign', ['--identity-key-file', 'k', '--identity-signature-file', 's'], /exclude each other/],
  ['no way to sign, with --json', ['--json'], /--identity-key-file or --identity-signature-file/],
  ['a label without a value', ['--identity-key-file', 'k', '--labels', 'a'], /--labels has 'a'/],
  ['a key file that is missing', ['--identity-key-file', 'nowhere'], /--identity-key-file file/],
  ['a key file without a key', ['--identity-key-file', 'bad'], /'bad' is not a private key/],
]) {
  testBoth(`onboard with ${what} asks the market nothing`, async (command, context) => {
    const cwd = scratch(context);
    const account = newKey();
    file(cwd, 'k', account.key);
    file(cwd, 's', '0x00');
    file(cwd, 'bad', 'not-a-key-canary');
    const since = market.requests.length;
    const { code, stdout, stderr } = await run(command, onboard(account, ...more), { cwd, env });
    assert.equal(code, 1, stderr);
    if (more.includes('--json')) assert.equal(JSON.parse(stdout).error.kind, 'input');
    else assert.equal(stdout, '');
    assert.match(stderr, expected);
    assert.match(stderr, /^Error: [^\n]+\n$/);
    assert.ok(!stderr.includes('canary'));
    assert.equal(market.requests.length, since);
  });
}

testBoth('a machine whose activation fails is named', async (command, context) => {
  const account = await newIdentity();
  const cwd = scratch(context);
  file(cwd, 'controller.key', account.key);
  market.fail('E3', 'MACHINE_NOT_ACTIVATED', { times: 1 });
  const { code, stderr } = await run(command, onboard(account, '--identity-key-file', 'controller.key', '-y'), {
    cwd,
    env,
  });
  assert.equal(code, 2);
  assert.match(stderr, /Error: machine '\S+' is registered, but not active: [^\n]+peaqos scale machine status \S+\n$/);
});

testBoth('status shows a machine', async (command, context) => {
  const machine = await newMachine(world, { changes: { capabilities: ['nav', 'lidar'] } });
  const options = { cwd: scratch(context), env };
  const { code, stdout, stderr } = await run(command, ['scale', 'machine', 'status', machine.id], options);
  assert.equal(code, 0, stderr);
  assert.equal(stderr, '');
  const did = `did:peaq:${machine.account.address}`;
  assert.equal(
    stdout,
    `
Machine ${machine.id}

  Display name:  rover-014
  Status:        active
  Identity:      ${did.slice(0, 14)}...${did.slice(-4)}
  Owner:         op_xyz
  Type:          rover
  Runtime:       machine-runtime-agent
  Capabilities:  nav, lidar
  Created:       ${machine.createdAt}
`,
  );
  const json = JSON.parse((await run(command, ['scale', 'machine', 'status', machine.id, '--json'], options)).stdout);
  assert.equal(json.identity_ref, did);
  assert.deepEqual(json.policy_ids, []);
});

testBoth('an ID is one segment of the path, whatever is in it', async (command, context) => {
  const since = market.requests.length;
  const options = { cwd: scratch(context), env };
  const { code } = await run(command, ['scale', 'machine', 'status', 'a/../b c?x=1#f'], options);
  assert.equal(code, 2);
  // The devnet shows paths decoded; had the ID been more than one segment, it would be another path.
  assert.equal(market.requests[since].path, '/api/v1/machines/a/../b c?x=1#f');
  for (const id of ['', '  ', '.', '..']) {
    assert.equal((await run(command, ['scale', 'machine', 'status', id], options)).code, 1, `'${id}'`);
  }
  assert.equal(market.requests.length, since + 1);
});

testBoth('list shows the machines as a table', async (command, context) => {
  const machine = await newMachine(world, { changes: { displayName: 'Bot ✓ é' } });
  const options = { cwd: scratch(context), env };
  const { code, stdout, stderr } = await run(command, ['scale', 'machine', 'list'], options);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^\nMachines\n\nID +Name +Status +Identity +Type\n─+\n/);
  assert.match(stdout, new RegExp(`\n${machine.id} +Bot ✓ é +active +did:peaq:0x...\\.{3}.... +rover\n`));
  const count = /\n(\d+) machines? found\.\n/.exec(stdout)[1];
  const json = JSON.parse((await run(command, ['scale', 'machine', 'list', '--json'], options)).stdout);
  assert.equal(json.items.length, Number(count));
  assert.equal(json.next_cursor, null);
});
