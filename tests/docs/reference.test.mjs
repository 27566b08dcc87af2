// Generated pages are those of this version, and written ones name what there is.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { run } from '../support/commands.mjs';
import { current } from './faults.mjs';
import { page, reference } from './reference.mjs';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('docs/reference.md is what the command says of itself', async () => {
  assert.equal(readFileSync(page, 'utf8'), await reference(), 'node tests/docs/reference.mjs writes it');
});

test('docs/reliability.md has the faults that commands are tested with', () => {
  const { text, wanted } = current();
  assert.equal(text, wanted, 'node tests/docs/faults.mjs writes it');
});

test('docs/commands.md has every setting and every exit code', async () => {
  const { stdout } = await run('peaqos', ['--help']);
  const namesOf = (title) =>
    [...(new RegExp(`\\n${title}:\\n((?: .*\\n)+)`).exec(stdout)?.[1] ?? '').matchAll(/^ {2}(\S+)/gm)].map(
      ([, name]) => name,
    );
  const text = read('docs/commands.md');
  const codes = namesOf('Exit codes');
  const { stdout: manual } = await run('peaqos', ['man']);
  const settings = [...manual.matchAll(/^\\fB([A-Z][A-Z_]+)\\fR$/gm)].map(([, name]) => name);
  assert.ok(settings.length >= 18 && codes.length >= 5);
  for (const name of settings) assert.ok(text.includes(`\`${name}\``), name);
  for (const code of codes) assert.match(text, new RegExp(`^\\| ${code} \\|`, 'm'), code);
});

test('docs/protocol.md has every network, contract, call and attribute', () => {
  const text = read('docs/protocol.md');
  const inCode = (path, pattern) => [...read(path).matchAll(pattern)].map(([, word]) => word);
  const expected = [
    ...inCode('core/peaq/networks.cpp', /\.(?:name|alias) = "(\w+)"/g),
    ...inCode('core/peaq/networks.cpp', /\.chainId = (\d+)/g).filter((id) => id !== '0'),
    ...inCode('core/app/settings/configuration.cpp', /contract\("(\w+_ADDRESS)"/g),
    ...inCode('core/peaq/contracts.cpp', /encodeCall\("([^"]+)"/g),
    ...inCode('core/peaq/did.cpp', /"(\w+\([^"]*\))"/g),
    ...inCode('core/peaq/machine_attributes.hpp', /"(\w+)"/g),
  ];
  assert.ok(expected.length > 25, `${expected.length}`);
  for (const word of expected) assert.ok(text.includes(word), word);
});

test('docs/vault.md and docs/market.md have every chain and endpoint', () => {
  const [vault, market] = [read('docs/vault.md'), read('docs/market.md')];
  const families = [...read('core/vault/families.cpp').matchAll(/^ {4}\{"([^"]+)", "([^"]+)"/gm)];
  assert.equal(families.length, 12);
  for (const [, chain, path] of families) assert.ok(vault.includes(`| \`${chain}\` | \`${path}\` |`), chain);
  const chains = [...read('core/market/chains.cpp').matchAll(/^ {4}\{"(\w+)", "([^"]+)"/gm)];
  assert.equal(chains.length, 10);
  for (const [, alias, caip2] of chains) {
    assert.ok(market.includes(`\`${alias}\``), alias);
    assert.ok(market.includes(`\`${caip2}\``), caip2);
  }
  const routes = [
    ...read('devnet/src/services/orchestration/routes.mjs').matchAll(/\['E\d+', '\w+', '(\S+) ([^']+)'/g),
  ];
  assert.equal(routes.length, 20);
  for (const [, method, path] of routes) {
    const written = `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`;
    assert.ok(market.includes(written), written);
  }
});

test('docs/scale.md names constants that are where it says', () => {
  const rows = [...read('docs/scale.md').matchAll(/^\|[^|]*\| ([\d,]+)(?: (\w+))?[^|]*\| `(k\w+)` in \[(\S+)\]/gm)];
  assert.ok(rows.length > 15, `${rows.length}`);
  const units = { KiB: 1 << 10, MiB: 1 << 20 };
  for (const [, figure, unit, name, path] of rows) {
    const text = read(path);
    const [, expression] = new RegExp(`\\b${name}\\b(?: = |\\{)([^;}]+)`).exec(text) ?? [];
    assert.ok(expression, `${name} in ${path}`);
    // "16U << 20", "65'536", "512ULL << 20"
    const [number, shift = '0'] = expression.replaceAll("'", '').split('<<');
    const value = parseInt(number, 10) * 2 ** parseInt(shift, 10);
    assert.equal(value, Number(figure.replaceAll(',', '')) * (units[unit] ?? 1), `${name} in ${path}`);
  }
});
