// Which tests some words mean, and what has to be built for them.
// SPDX-License-Identifier: Apache-2.0
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './shell.mjs';

const folders = ['tests', 'devnet/test', 'wasm/test', 'node-cli/test'];

const filesBelow = (folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .map((file) => join(folder, file))
    .filter((file) => !file.includes('node_modules'))
    .sort();

/** Files whose path holds one of the words; all of them without words. */
const meant = (files, words) => files.filter((file) => !words.length || words.some((word) => file.includes(word)));

const read = (file) => readFileSync(join(root, file), 'utf8');

/** A module with all that it imports from the repository, as one text. */
function closure(file, seen = new Set()) {
  if (seen.has(file) || !existsSync(join(root, file))) return '';
  seen.add(file);
  const text = read(file);
  const imported = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+\.m?js)'/g)].map(([, path]) =>
    relative(root, join(root, dirname(file), path)),
  );
  return text + imported.map((path) => closure(path, seen)).join('');
}

// What the path and the text of a test speak of, and what that takes.
const usesCommand =
  /^(wasm|node-cli)\/test\/|build\/asan\/native|node-cli\/dist|wasm\/dist|(from |import\()'@peaqos\/core'/;
const needs = [
  ['native', /build\/asan\/native/],
  ['probes', /build\/(asan|wasm)\/tests/],
  ['command', usesCommand],
  ['programs', /chromium|groff|'fish'|'nats-server'/],
  ['reference', /install\.py/],
];

/**
 * {suites, files, needs}: GoogleTest suites of the unit tests' files, test files for Node, and a set of "native" (the
 * native command), "probes" (of the transports), "command" (the module, the command and the console), "programs" (of the
 * distribution, for tests alone), "reference" (the Python one).
 */
export function selectTests(words) {
  const files = meant(
    folders.flatMap(filesBelow).filter((file) => file.endsWith('.test.mjs')),
    words,
  );
  const suites = meant(
    filesBelow('tests/unit').filter((file) => file.endsWith('_test.cpp')),
    words,
  ).flatMap((file) => [...read(file).matchAll(/^(?:TYPED_)?TEST(?:_[FP])?\((\w+),/gm)].map(([, suite]) => suite));
  const texts = files.map((file) => `${file}\n${closure(file)}`);
  return {
    suites: [...new Set(suites)],
    files,
    needs: new Set(needs.filter(([, sign]) => texts.some((text) => sign.test(text))).map(([name]) => name)),
  };
}
