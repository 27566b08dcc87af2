// Steps 1 to 3 of activate: 2FA and money from the Gas Station, paid once whatever happens.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, scratch, start, testBoth } from '../support/commands.mjs';
import { converse } from '../support/conversation.mjs';
import { startMeddler } from '../support/meddler.mjs';
import { activate, journal, newOperator, startWorld, story, transactionCount, urls } from '../support/world.mjs';

const world = await startWorld();
const prompt = 'authenticator app: ';
const code = (operator, offsetSeconds) => () => world.control.totp(operator.address, { offsetSeconds });
const balanceOf = async (address) => BigInt(await world.rpc('eth_getBalance', [address, 'latest']));
const ether = 10n ** 18n;

async function poorOperator(context) {
  const operator = await newOperator(world, { balance: 0n });
  return { operator, place: { cwd: scratch(context), env: operator.env } };
}

/** The journal's rows of step fund, without what differs from run to run. */
const fundRows = (cwd) => journal(cwd).filter(({ step }) => step === 'fund');

async function withSettings(changes, body) {
  world.control.setGasStation(changes);
  try {
    return await body();
  } finally {
    world.control.setGasStation();
  }
}

testBoth('a new operator enrols, is funded, and is activated', async (command, context) => {
  const { operator, place } = await poorOperator(context);
  const outcome = await converse(command, activate, place, prompt, [code(operator)]);
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.match(outcome.stdout, /^\nMachine activated successfully\.\n/);
  assert.match(outcome.stderr, /Operator 0x\w{4}\.\.\.\w{4}: 0\.0000 PEAQ \(insufficient\)\n\[2\/6\] 2FA enrollment\n/);
  assert.match(outcome.stderr, /\n {4}[█▀▄ ]{30,}\n/, 'a QR code');
  assert.match(outcome.stderr, /\n {4}otpauth URI : otpauth:\/\/totp\/\S+\n {4}QR image URL: http:\/\/\S+\n/);
  assert.match(
    outcome.stderr,
    /2FA is active\.\n\[3\/6\] Fund from Gas Station\n {2}Operator 0x\S+: funded \(tx 0x[0-9a-f]{64}\)\n\[4\/6\]/,
  );
  const [pending, confirmed] = fundRows(place.cwd);
  assert.deepEqual(
    [pending.status, pending.wallet, pending.address, pending.chain_id, pending.resumed_from],
    ['pending', 'Operator', operator.address, 'devnet', null],
  );
  assert.match(pending.request_id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual([confirmed.status, confirmed.request_id], ['confirmed', pending.request_id]);
  assert.ok(!JSON.stringify(journal(place.cwd)).includes('secret='));
});

testBoth('the QR code of the terminal is the otpauth URI', async (command, context) => {
  const { operator, place } = await poorOperator(context);
  const { stderr } = await converse(command, activate, place, prompt, [code(operator)]);
  const lines = stderr.split('\n').filter((line) => /^ {4}[█▀▄ ]{30,}$/.test(line) || /^ {4}[█▀▄ ]+$/.test(line));
  const size = Math.max(...lines.map((line) => line.length)) - 4;
  const light = (char, half) => char === '█' || char === (half ? '▄' : '▀');
  const rows = lines.flatMap((line) =>
    [0, 1].map((half) => Array.from({ length: size }, (_, x) => !light(line[x + 4] ?? ' ', half))),
  );
  const { default: jsQR } = await import('jsqr');
  const scale = 4;
  const margin = 4;
  const side = (size + 2 * margin) * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  rows.slice(0, size).forEach((row, y) =>
    row.forEach((dark, x) => {
      if (!dark) return;
      for (let dy = 0; dy < scale; ++dy) {
        for (let dx = 0; dx < scale; ++dx) {
          const at = (((y + margin) * scale + dy) * side + (x + margin) * scale + dx) * 4;
          pixels.fill(0, at, at + 3);
        }
      }
    }),
  );
  assert.equal(jsQR(pixels, side, side)?.data, /otpauth URI : (\S+)/.exec(stderr)[1]);
});

testBoth('a second run knows the enrolment; a machine is funded beside its operator', async (command, context) => {
  const { operator, place } = await poorOperator(context);
  assert.equal((await converse(command, activate, place, prompt, [code(operator)])).code, 0);
  const machine = await newOperator(world, { balance: 0n });
  writeFileSync(join(place.cwd, 'machine.key'), machine.key);
  const words = ['activate', '--for', machine.address, '--machine-key', 'machine.key', ...urls];
  await world.rpc('anvil_setBalance', [operator.address, '0x1']);
  const outcome = await converse(command, words, place, prompt, [code(operator)]);
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.match(outcome.stderr, /2FA already enrolled\. Skipping setup\./);
  assert.match(
    outcome.stderr,
    /Operator 0x\S+: prior funding spent — re-funding\n {2}Operator 0x\S+: funded[^\n]+\n {2}Machine 0x\S+: funded/,
  );
  assert.deepEqual(
    fundRows(place.cwd).map(({ wallet, status }) => `${wallet} ${status}`),
    [
      'Operator pending',
      'Operator confirmed',
      'Operator pending',
      'Operator confirmed',
      'Machine pending',
      'Machine confirmed',
    ],
  );
});

testBoth('expired and wrong codes are asked again, three times at most', async (command, context) => {
  const { operator, place } = await poorOperator(context);
  const expired = code(operator, -120);
  const outcome = await converse(command, activate, place, prompt, [() => '12x', expired, code(operator)]);
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.match(outcome.stderr, /A code has 6 digits[^]*did not accept this code/);

  const other = await poorOperator(context);
  const wrong = code(other.operator, -120);
  const failed = await converse(command, activate, other.place, prompt, [wrong, wrong, wrong, wrong]);
  assert.equal(failed.code, 2);
  assert.equal(failed.unasked, 1);
  assert.match(failed.stderr, /Error: the Gas Station did not accept the code[^\n]*\n$/);
  assert.equal(await balanceOf(other.operator.address), 0n);
});

testBoth('without an answer nothing is paid', async (command, context) => {
  const { operator, place } = await poorOperator(context);
  const outcome = await run(command, activate, place);
  assert.equal(outcome.code, 1);
  assert.match(outcome.stderr, /Error: there is no answer to '6-digit code[^\n]+\n$/);
  assert.equal(await balanceOf(operator.address), 0n);
});

testBoth('input that ends after a wrong code is an error', async (command, context) => {
  const { operator, place } = await poorOperator(context);
  const { child, done } = start(command, activate, { ...place, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end('wrong\n');
  const outcome = await done;
  assert.equal(outcome.code, 1, outcome.stderr);
  assert.match(outcome.stderr, /A code has 6 digits[^]*Error: there is no answer to '6-digit code[^\n]+\n$/);
  assert.equal(await balanceOf(operator.address), 0n);

  // The Gas Station is asked between the two questions: the input ends when nobody listens.
  const refused = start(command, activate, { ...place, stdio: ['pipe', 'pipe', 'pipe'] });
  refused.child.stdin.end(`${world.control.totp(operator.address, { offsetSeconds: -120 })}\n`);
  const { code: exit, stderr } = await refused.done;
  assert.equal(exit, 1, stderr);
  assert.match(stderr, /did not accept this code[^]*Error: there is no answer to '6-digit code[^\n]+\n$/);
});

for (const [dropAnswer, paid] of [
  ['before', false],
  ['after', true],
]) {
  testBoth(
    `an answer lost ${dropAnswer} the payment: the next run asks for the same request`,
    async (command, context) => {
      const { operator, place } = await poorOperator(context);
      const lost = await withSettings({ dropAnswer }, () =>
        converse(command, activate, place, prompt, [code(operator)]),
      );
      assert.equal(lost.code, 2);
      assert.match(lost.stderr, /Error: [^\n]+\n$/);
      assert.equal(await balanceOf(operator.address), paid ? 2n * ether : 0n);
      assert.deepEqual(story(place.cwd), ['fund pending']);
      // Spent meanwhile, so that the next run has to ask.
      if (paid) await world.rpc('anvil_setBalance', [operator.address, '0x0']);
      const again = await converse(command, activate, place, prompt, [code(operator)]);
      const [first, second] = fundRows(place.cwd);
      assert.deepEqual([second.request_id, second.resumed_from], [first.request_id, 'pending']);
      if (paid) {
        assert.match(again.stderr, /funded by an earlier run/);
        assert.equal(await balanceOf(operator.address), 0n, 'not paid twice');
        assert.match(again.stderr, /Error: Operator 0x\w+ holds 0\.0000 PEAQ after funding/);
      } else {
        assert.equal(again.code, 0, again.stderr);
      }
    },
  );
}

testBoth('a request under way is waited for', async (command, context) => {
  const { operator, place } = await poorOperator(context);
  const outcome = await withSettings({ delayMs: 2500 }, () =>
    converse(command, activate, { ...place, env: { ...place.env, PEAQOS_TIMEOUT: '1' } }, prompt, [code(operator)]),
  );
  assert.equal(outcome.code, 2, outcome.stderr);
  assert.match(outcome.stderr, /did not answer within 1 s/);
  const again = await converse(command, activate, place, prompt, [code(operator)]);
  assert.equal(again.code, 0, again.stderr);
  assert.equal(new Set(fundRows(place.cwd).map(({ request_id }) => request_id)).size, 1);
});

for (const [what, changes, exit, says, row] of [
  ['a rate limit', { rateLimited: true }, 1, /takes no more requests/, 'RATE_LIMITED'],
  ['the cap of an owner', { capPerOwner: 1n }, 1, /gives to one operator/, 'CAP_EXCEEDED_OWNER'],
  ['the cap of a wallet', { capPerWallet: 1n }, 1, /gives to one wallet/, 'CAP_EXCEEDED_WALLET'],
  ['a failed transfer', { transferFails: true }, 2, /could not make the transfer/, 'TRANSFER_FAILED'],
  [
    'an unknown code',
    { rateLimited: true, codes: { RATE_LIMITED: 'CLOSED_TODAY' } },
    2,
    /refused with CLOSED_TODAY/,
    'CLOSED_TODAY',
  ],
]) {
  testBoth(`${what} is said, and the next run takes a new request`, async (command, context) => {
    const { operator, place } = await poorOperator(context);
    const refused = await withSettings(changes, () => converse(command, activate, place, prompt, [code(operator)]));
    assert.equal(refused.code, exit, refused.stderr);
    assert.match(refused.stderr, new RegExp(`Error: [^\\n]*${says.source}[^\\n]*\\n$`));
    const [pending, failed] = fundRows(place.cwd);
    assert.deepEqual([failed.status, failed.code, failed.request_id], ['failed', row, pending.request_id]);
    const again = await converse(command, activate, place, prompt, [code(operator)]);
    assert.equal(again.code, 0, again.stderr);
    assert.notEqual(fundRows(place.cwd)[2].request_id, pending.request_id);
  });
}

testBoth('locked 2FA and a station that is down', async (command, context) => {
  const { operator, place } = await poorOperator(context);
  const down = await withSettings({ down: true }, () => run(command, activate, place));
  assert.equal(down.code, 2);
  assert.match(down.stderr, /Error: the Gas Station at [^\n]+ answered with HTTP status 503[^\n]*\n$/);
  const locked = await converse(command, activate, place, prompt, [
    () => {
      world.control.lock(operator.address);
      return world.control.totp(operator.address);
    },
  ]);
  assert.equal(locked.code, 2);
  assert.match(locked.stderr, /Error: 2FA of this operator is locked/);
});

for (const [what, answer] of [
  ['an empty body', ''],
  ['HTML', '<html>'],
  ['a list', '[]'],
  ['a success without hash', '{"status":"success","code":"SUCCESS","data":{}}'],
]) {
  testBoth(`a funding answered with ${what} stays open`, async (command, context) => {
    const { operator, place } = await poorOperator(context);
    const meddler = await startMeddler(world.urls.gasStation, async (calls, forward, response) => {
      if (!calls[0].requestId) return false;
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
      return true;
    });
    try {
      const env = { ...place.env, PEAQOS_GAS_STATION_URL: meddler.url };
      const outcome = await converse(command, activate, { ...place, env }, prompt, [code(operator)]);
      assert.equal(outcome.code, 2);
      assert.match(outcome.stderr, /Error: the Gas Station at [^\n]+\n$/);
      assert.deepEqual(story(place.cwd), ['fund pending']);
    } finally {
      await meddler.stop();
    }
  });
}

testBoth('an operator with enough money never meets the Gas Station', async (command, context) => {
  const operator = await newOperator(world, { PEAQOS_GAS_STATION_URL: 'http://127.0.0.1:9' });
  const outcome = await run(command, activate, { cwd: scratch(context), env: operator.env });
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(await transactionCount(world, operator.address), 3);
});
