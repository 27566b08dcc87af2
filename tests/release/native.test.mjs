// @peaqos/linux-x64 beside peaqos: the command is the native one for as long as both are there and fit.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { scratch } from '../support/commands.mjs';
import { root } from './copy.mjs';

const binary = join(root, 'native/linux-x64/bin/peaqos');
const skip = existsSync(binary) ? false : 'native/linux-x64/bin/peaqos is not built: npm run pack builds it';

/** Both packages as npm lays them out, before any install script has run. */
function layOut(context) {
  const modules = join(scratch(context), 'node_modules');
  const [command, native] = ['peaqos', '@peaqos/linux-x64'].map((name) => join(modules, name));
  const copies = [
    ['node-cli/package.json', join(command, 'package.json')],
    ['node-cli/dist', join(command, 'dist')],
    ...['package.json', 'install.cjs', 'launcher.sh', 'bin'].map((name) => [
      `native/linux-x64/${name}`,
      join(native, name),
    ]),
  ];
  for (const [from, to] of copies) {
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(root, from), to, { recursive: true });
  }
  mkdirSync(join(modules, '.bin'));
  symlinkSync('../peaqos/dist/peaqos.cjs', join(modules, '.bin/peaqos'));
  const link = join(modules, '.bin/peaqos');
  return {
    command,
    native,
    install: () => spawnSync(process.execPath, [join(native, 'install.cjs')], { encoding: 'utf8' }),
    run: (words, path = process.env.PATH) => spawnSync(link, words, { encoding: 'utf8', env: { PATH: path } }),
    isNative: () => readFileSync(join(command, 'dist/peaqos.cjs'), 'utf8').startsWith('#!/bin/sh'),
  };
}

test('it starts without Node, says the same, and leaves the console to Node', { skip }, (context) => {
  const place = layOut(context);
  const withoutNode = scratch(context);
  symlinkSync('/usr/bin/readlink', join(withoutNode, 'readlink'));
  const before = place.run(['--version']);
  const { status, stderr } = place.install();
  assert.deepEqual([status, stderr], [0, '']);
  assert.ok(place.isNative());
  const version = place.run(['--version'], withoutNode);
  assert.deepEqual([version.status, version.stdout], [0, before.stdout], version.stderr);
  assert.equal(place.run(['nope'], withoutNode).status, 1);
  const served = place.run(['console', '--help']);
  assert.equal(served.status, 0, served.stderr);
  assert.equal(place.run(['console', '--help'], withoutNode).status, 127);
  // Again, as `npm rebuild` does.
  assert.equal(place.install().status, 0);
  assert.equal(place.run(['--version'], withoutNode).stdout, before.stdout);
});

test('without it, and with another version of it, peaqos is what it was', { skip }, (context) => {
  const place = layOut(context);
  const original = readFileSync(join(place.command, 'dist/peaqos.cjs'), 'utf8');
  place.install();
  rmSync(join(place.native, 'bin'), { recursive: true });
  assert.equal(place.run(['--version']).status, 0);

  const manifest = join(place.native, 'package.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"version": "', '"version": "9'));
  const { status, stderr } = place.install();
  assert.equal(status, 0);
  assert.match(
    stderr,
    /^@peaqos\/linux-x64 9\S+ is not used \(peaqos beside it is .*\)\. peaqos works without it\.\n$/,
  );
  assert.equal(readFileSync(join(place.command, 'dist/peaqos.cjs'), 'utf8'), original);
});

test('a binary that does not run here changes nothing', { skip }, (context) => {
  const place = layOut(context);
  writeFileSync(join(place.native, 'bin/peaqos'), '#!/bin/sh\necho "Error: libcurl.so.4 is missing" >&2\nexit 3\n');
  const { status, stderr } = place.install();
  assert.equal(status, 0);
  assert.match(stderr, /is not used \(its binary does not run here: Error: libcurl\.so\.4 is missing\)/);
  assert.ok(!place.isNative());
});

test('the binary needs nothing but glibc, and libcurl for requests', { skip }, () => {
  const needed = execFileSync('ldd', [binary], { encoding: 'utf8' })
    .match(/^\s*(\S+)/gm)
    .map((name) => name.trim());
  const known = /^(linux-vdso\.so|lib(c|m|dl|pthread|rt|resolv)\.so|\/lib64\/ld-linux)/;
  assert.deepEqual(
    needed.filter((name) => !known.test(name)),
    [],
  );
});
