// activate --fleet in the second generation: one plan, an approval of the sum for each account that pays, and each machine
// activated once.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { privateKeyToAddress } from 'viem/accounts';
import { run, scratch, testBoth } from '../support/commands.mjs';
import { killedAt } from '../support/kill_at.mjs';
import { newOperator2, read2 } from '../support/machines2.mjs';
import { startMeddler } from '../support/meddler.mjs';
import { journal, newOperator, startWorld, transactionCount } from '../support/world.mjs';

const world = await startWorld();
const control = world.control.generation2;
const peaq = 10n ** 18n;
const [ENTRY, BASIC] = [(4n * peaq) / 10n, 20n * peaq];

const newSubject = () => `0x${randomBytes(32).toString('hex')}`;
const line = (more = {}) => ({ machine_type: 'Sensor', credential_subject_hex: newSubject(), ...more });
const words = ['activate', '--fleet', 'fleet.jsonl', '--skip-funding', '--json'];

async function placeOf(context, { balance = 1000n * peaq } = {}) {
  const operator = await newOperator2(world, { balance });
  const cwd = scratch(context);
  return { ...operator, cwd, env: { ...operator.env, HOME: cwd } };
}

function write({ cwd }, lines) {
  const text = lines.map((each) => `${typeof each === 'string' ? each : JSON.stringify(each)}\n`).join('');
  writeFileSync(join(cwd, 'fleet.jsonl'), text);
}

/** A machine with an account of its own, and the line that names its key. */
async function newAccount({ cwd }, balance) {
  const key = newSubject();
  const address = privateKeyToAddress(key);
  const path = `${address}.key`;
  writeFileSync(join(cwd, path), key, { mode: 0o600 });
  await world.rpc('anvil_setBalance', [address, `0x${balance.toString(16)}`]);
  return { address, key: { machine_key: path } };
}

const results = ({ stdout }) =>
  stdout
    .split('\n')
    .filter((each) => each !== '')
    .map((each) => JSON.parse(each))
    .sort((a, b) => a.line - b.line);
const counts = (outcome) => {
  const found = {};
  for (const { status } of results(outcome)) found[status] = (found[status] ?? 0) + 1;
  return found;
};
const bondOf = async (id) => (await read2(world, 'MachineSubscription', 'subscriptions', BigInt(id))).bondedAmount;
const allowanceOf = (address) => read2(world, 'PeaqToken', 'allowance', address, world.addresses2.MachineSubscription);

testBoth('ten machines of the operator take one approval; bad lines stop no other', async (command, context) => {
  const place = await placeOf(context);
  const good = Array.from({ length: 10 }, (_, i) => line(i === 3 ? { tier: 'basic' } : {}));
  const bad = [
    'nonsense',
    { credential_subject_hex: newSubject() },
    line({ tier: 'gold' }),
    line({ manufacturer: '0x12' }),
    line({ credential_subject_hex: 'ab' }),
    line({ payment: 'usdt' }),
    line({ slippage_bps: 10 }),
    line({ did_document: 'nowhere.json' }),
    line({ wallet: 'w' }),
    line({ machine_type: ' Sensor' }),
  ];
  write(place, [...good.slice(0, 4), ...bad, good[1], ...good.slice(4)]);
  const outcome = await run(command, [...words, '-y'], place);
  assert.equal(outcome.code, 1, outcome.stderr);
  assert.deepEqual(counts(outcome), { confirmed: 10, invalid: bad.length, duplicate: 1 });
  const told = results(outcome);
  assert.equal(told[14].reason, 'is the machine of line 2');
  assert.equal(told[14].machine_id, told[1].machine_id);
  for (const each of told.filter(({ status }) => status === 'confirmed')) {
    assert.match(each.machine_id, /^[1-9][0-9]{50,}$/);
    assert.equal(each.machine_did, `did:peaq:${each.machine_id}`);
    assert.deepEqual([each.machine, each.token_id], [null, null]);
    assert.equal(await read2(world, 'MachineRegistry', 'ownerOf', BigInt(each.machine_id)), place.address);
    assert.equal(await bondOf(each.machine_id), each.line === 4 ? BASIC : ENTRY);
  }
  assert.equal(await transactionCount(world, place.address), 11);
  assert.equal(await allowanceOf(place.address), 0n);
  assert.equal(journal(place.cwd).filter(({ step }) => step === 'approve_token').length, 2);

  const again = await run(command, [...words, '-y'], place);
  assert.deepEqual(counts(again), { confirmed: 10, invalid: bad.length, duplicate: 1 });
  assert.equal(await transactionCount(world, place.address), 11);
});

testBoth(
  'a plan with the sum is shown and asked; machines may own and pay for themselves',
  async (command, context) => {
    const place = await placeOf(context);
    const rich = await newAccount(place, 10n * peaq);
    const poor = await newAccount(place, 0n);
    write(place, [line(), line(), line(rich.key), line(poor.key)]);

    const without = await run(command, [...words, '--plan'], place);
    assert.equal(JSON.parse(without.stdout).plan.transactions.filter(({ step }) => step === 'activate').length, 3);
    const topUp = [...words, '--gas-per-machine', '2'];
    const small = await run(command, [...words, '--gas-per-machine', '0.1', '-y'], place);
    assert.equal(small.code, 1, small.stderr);
    assert.match(small.stderr, /--gas-per-machine is too little/);

    const asked = await run(command, topUp, place);
    assert.equal(asked.code, 1);
    assert.match(
      asked.stderr,
      /Activate 4 machines of operator 0x\w+: bonds of 1\.6000 PEAQ for 4 activations, 0\.8000 PEAQ of them from machines' own accounts, 2\.0000 PEAQ for 1 top-ups/,
    );
    const { plan } = JSON.parse((await run(command, [...topUp, '--plan'], place)).stdout);
    const steps = plan.transactions.map(({ step }) => step);
    assert.deepEqual(new Set(steps), new Set(['fleet_gas', 'approve_token', 'activate']));
    assert.equal(steps.filter((step) => step === 'approve_token').length, 3);
    assert.equal(plan.sums['bond in PEAQ'].value, String(4n * ENTRY));
    assert.equal(plan.sums.PEAQ.value, String(2n * peaq));
    assert.ok(
      plan.transactions.every(({ step, contract }) => step !== 'activate' || contract === 'MachineStateAndSync'),
    );
    assert.equal(await transactionCount(world, place.address), 0);

    const outcome = await run(command, [...topUp, '-y'], place);
    assert.equal(outcome.code, 0, outcome.stderr);
    const told = results(outcome);
    assert.deepEqual(
      told.map(({ machine }) => machine),
      [null, null, rich.address, poor.address],
    );
    for (const [at, owner] of [
      [0, place.address],
      [2, rich.address],
      [3, poor.address],
    ]) {
      const id = BigInt(told[at].machine_id);
      assert.equal(await read2(world, 'MachineRegistry', 'ownerOf', id), owner);
      assert.equal(await read2(world, 'MachineRegistry', 'controllerOf', id), place.address);
    }
  },
);

testBoth(
  'what concerns one machine leaves it out; what concerns the operator ends the command',
  async (command, context) => {
    const place = await placeOf(context);
    const taken = line();
    await control.activate(world.accounts[0].address, { credentialSubject: taken.credential_subject_hex });
    const poor = await newAccount(place, 0n);
    write(place, [line(), taken, line(poor.key), line({ payment: 'usdt', slippage_bps: 50 })]);
    const outcome = await run(command, [...words, '-y'], place);
    assert.equal(outcome.code, 2, outcome.stderr);
    const [first, ...others] = results(outcome);
    assert.equal(first.status, 'confirmed');
    assert.deepEqual(
      others.map(({ status }) => status),
      ['rejected', 'rejected', 'rejected'],
    );
    assert.match(others[0].reason, /exists already, but not as asked for: its owner is/);
    assert.match(others[1].reason, new RegExp(`${poor.address} holds 0\\.0000 PEAQ and needs`));
    assert.match(others[2].reason, /USDT/);

    const few = await placeOf(context, { balance: peaq });
    write(few, [line(), line(), line()]);
    for (const [spoil, mend, code, exit] of [
      [() => {}, () => {}, 'INSUFFICIENT_FUNDS', 2],
      [() => control.setPrice(0), () => control.setPrice(0.05), 'ORACLE_UNPRICED', 2],
      [() => control.setTechnicalPause(true), () => control.setTechnicalPause(false), 'TECHNICALLY_PAUSED', 2],
      [
        () => control.setEconomicAuthority(false),
        () => control.setEconomicAuthority(true),
        'NOT_ECONOMIC_AUTHORITY',
        3,
      ],
    ]) {
      await spoil();
      try {
        const refused = await run(command, [...words, '-y'], few);
        assert.equal(refused.code, exit, refused.stderr);
        assert.equal(JSON.parse(refused.stdout).error.code, code);
      } finally {
        await mend();
      }
    }
    assert.equal(await transactionCount(world, few.address), 0);
  },
);

testBoth('members of the other generation are told which record takes them', async (command, context) => {
  const place = await placeOf(context);
  const urls = { doc_url: 'https://example.com/d', data_api: 'https://example.com/e', visibility: 'public' };
  write(place, [line(urls)]);
  const served = await run(command, [...words, '-y'], place);
  assert.equal(served.code, 0, served.stderr); // the documented three become service endpoints
  const first = await newOperator(world);
  const { key } = await newAccount(place, 0n);
  write(place, [
    { ...urls, ...key, tier: 'pro', machine_type: 'Sensor' },
    { ...urls, ...key },
  ]);
  const refused = await run(command, [...words, '-y', '--strict'], {
    cwd: place.cwd,
    env: { ...first.env, HOME: place.cwd },
  });
  assert.equal(refused.code, 1);
  assert.match(
    results({ stdout: refused.stdout.split('\n')[0] })[0].reason,
    /machine_type, tier are for contracts of generation 2, .*PEAQOS_DEPLOYMENT_ID=devnet /,
  );
});

testBoth('a voucher pays before PEAQ does; USDT pays where the pool takes it', async (command, context) => {
  const place = await placeOf(context);
  await control.grantVoucher(place.address, ENTRY + ENTRY / 2n);
  write(place, [line(), line(), line()]);
  const outcome = await run(command, [...words, '-y'], place);
  assert.equal(outcome.code, 0, outcome.stderr);
  const [approval] = journal(place.cwd).filter(({ step }) => step === 'approve_token');
  assert.equal(approval.amount, String(ENTRY + ENTRY / 2n));
  assert.equal(await allowanceOf(place.address), 0n);
});

test('a price that rises meanwhile pays no bond [peaqos-native]', async (context) => {
  const place = await placeOf(context);
  write(place, [line(), line()]);
  let raised = false;
  const between = await startMeddler(place.env.PEAQOS_RPC_URL, async (calls) => {
    if (raised || !calls.some(({ method }) => method === 'eth_sendRawTransaction')) return false;
    raised = true;
    await control.setPrice(0.04);
    return false;
  });
  context.after(() => between.stop());
  try {
    const env = { ...place.env, PEAQOS_RPC_URL: between.url };
    const outcome = await run('peaqos-native', [...words, '-y'], { ...place, env });
    assert.equal(outcome.code, 2, outcome.stderr);
    assert.match(outcome.stderr, /dearer/);
    assert.deepEqual(counts({ stdout: outcome.stdout.replace(/^\{\n[^]*$/m, '') }), { pending: 2 });
  } finally {
    await control.setPrice(0.05);
  }
  const again = await run('peaqos-native', [...words, '-y'], place);
  assert.equal(again.code, 0, again.stderr);
  assert.deepEqual(counts(again), { confirmed: 2 });
});

for (const when of ['before', 'after']) {
  test(`a fleet that is killed ${when} each of its requests is activated once [peaqos-native]`, async (context) => {
    for (let number = 1; ; ++number) {
      const place = await placeOf(context);
      const poor = await newAccount(place, 0n);
      write(place, [line(), line(), line(poor.key)]);
      const all = [...words, '-y', '--gas-per-machine', '2'];
      const { first, second } = await killedAt(number, when, 'peaqos-native', all, place, ['PEAQOS_RPC_URL']);
      const where = `killed ${when} request ${number}: ${second.stderr}`;
      assert.equal(second.code, 0, where);
      assert.deepEqual(counts(second), { confirmed: 3 }, where);
      for (const { machine_id } of results(second)) assert.equal(await bondOf(machine_id), ENTRY, where);
      assert.ok((await transactionCount(world, poor.address)) <= 2, where);
      assert.ok((await transactionCount(world, place.address)) <= 4, where);
      const last = new Map(journal(place.cwd).map(({ tx_hash: hash, status }) => [hash, status]));
      assert.ok(![...last.values()].includes('pending'), where);
      if (first.signal !== 'SIGKILL') {
        assert.ok(number > 8, `${number} requests`);
        return;
      }
    }
  });
}
