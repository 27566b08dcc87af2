// How the console writes amounts, addresses, times and command lines, and how it judges passphrases.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { coins, count, decimal, money } from '../../web/src/format/amount.mjs';
import { shorten } from '../../web/src/format/shorten.mjs';
import { ago, duration } from '../../web/src/format/time.mjs';
import { spell, split } from '../../web/src/format/words.mjs';
import { strengthOf } from '../../web/src/vault/strength.mjs';

test('amounts keep every digit and carry their unit', () => {
  assert.equal(decimal(123n, 2), '1.23');
  assert.equal(decimal('5', 2), '0.05');
  assert.equal(decimal(-1234567n, 2), '-12,345.67');
  assert.equal(decimal(1234567n, 0), '1,234,567');
  assert.equal(decimal('123456789012345678901234567890', 18), '123,456,789,012.345678901234567890');
  assert.equal(money(123, 'USD'), 'USD 1.23');
  assert.equal(money(123, 'JPY'), 'JPY 123');
  assert.equal(money(1234, 'KWD'), 'KWD 1.234');
  assert.equal(count(10000), '10,000');
});

test('coins are cut off, never rounded up, and dust is not nothing', () => {
  assert.equal(coins(10n ** 18n), '1 PEAQ');
  assert.equal(coins(1_999_999_999_999_999_999n), '1.9999 PEAQ');
  assert.equal(coins('1500000000000000000000'), '1,500 PEAQ');
  assert.equal(coins(0n), '0 PEAQ');
  assert.equal(coins(1n), '< 0.0001 PEAQ');
});

test('long hexadecimal texts are shortened in the middle, short ones are not', () => {
  const address = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
  assert.equal(shorten(address), '0xf39F…2266');
  assert.equal(shorten(`did:peaq:${address}`), 'did:peaq:0xf39F…2266');
  assert.equal(shorten('charger 17'), 'charger 17');
  assert.equal(shorten('0x1234'), '0x1234');
});

test('moments are told from now', () => {
  const now = Date.parse('2026-11-24T12:00:00Z');
  assert.equal(ago(now - 5_000, now), 'just now');
  assert.equal(ago(now - 3 * 60_000, now), '3 minutes ago');
  assert.equal(ago(now - 25 * 3_600_000, now), 'yesterday');
  assert.equal(ago(now + 2 * 86_400_000, now), 'in 2 days');
  assert.equal(duration(340), '340 ms');
  assert.equal(duration(1440), '1.4 s');
  assert.equal(duration(125_000), '2 min 5 s');
});

test('command lines part into words as in a shell', () => {
  const lines = [
    `qualify event --value 125`,
    `a 'b c' "d e" f\\ g`,
    `--label='{"a": 1}' ""`,
    `mixed'quotes'"in one"\\ word`,
    `"a \\"quoted\\" word" 'it'\\''s'`,
    `  blanks   around  `,
  ];
  for (const line of lines) {
    const shell = execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' })
      .split('\0')
      .slice(0, -1);
    assert.deepEqual(split(line), shell, line);
  }
  assert.throws(() => split(`a 'b`), /without its end/);
  assert.throws(() => split(`a "b`), /without its end/);
  for (const words of [['a', 'b c'], [`it's`], [''], ['$HOME', '`x`', 'a\nb'], ['{"a":"b"}']])
    assert.deepEqual(split(spell(words)), words);
});

test('passphrases are judged by how long guessing them takes', () => {
  const judged = (text) => strengthOf(text).score;
  assert.match(strengthOf('eleven char').problem, /12/);
  for (const weak of ['aaaaaaaaaaaaaaaa', 'passwordpassword', '123456789012', 'qwertyuiopasdf', 'password1234'])
    assert.ok(judged(weak) <= 2, `${weak}: ${judged(weak)}`);
  for (const strong of ['correct horse battery staple', 'gX7#kq9!LmZ2vT', 'sieben Zebras tanzen nachts Walzer'])
    assert.ok(judged(strong) >= 3, `${strong}: ${judged(strong)}`);
  assert.equal(strengthOf('correct horse battery staple').problem, undefined);
});
