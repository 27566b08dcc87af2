// The licences of what the console is made of: the packages in its bundles, and the sources in the module.
// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const licenceFile = /^(licen[cs]e|copying)(\.(md|txt|mit))?$/i;

function licenceIn(folder) {
  const name = existsSync(folder) && readdirSync(folder).find((file) => licenceFile.test(file));
  return name ? readFileSync(join(folder, name), 'utf8').trim() : '';
}

// The packages whose files a build took in, by their folders.
function packagesOf({ metafile }) {
  const folders = Object.keys(metafile.inputs)
    .map((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
    .filter(Boolean);
  return [...new Set(folders)];
}

function packageOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { name, version, licence: license, text: licenceIn(folder) };
}

// Linked into the module; tools/setup/sources.sh pins them. Without a file for its licence, a source says it in the first
// comment of a file.
const sources = [
  { name: 'Botan', folder: 'botan', licence: 'BSD-2-Clause', pin: /botan3_([\d.]+)/ },
  { name: 'libsecp256k1', folder: 'secp256k1', licence: 'MIT', pin: /libsecp256k1_([\d.]+)\.orig/ },
  {
    name: 'JSON for Modern C++',
    folder: 'nlohmann-json',
    licence: 'MIT',
    pin: /nlohmann-json3-dev_([\d.]+)/,
    says: 'nlohmann/json.hpp',
  },
  {
    name: 'QR Code generator',
    folder: 'qrcodegen',
    licence: 'MIT',
    pin: /qr-code-generator_([\d.]+)\.orig/,
    says: 'qrcodegen.c',
  },
  { name: 'TinySSH', folder: 'ed25519', licence: 'MIT-0', pin: /tinyssh_(\d+)\.orig/ },
  { name: 'yyjson', folder: 'yyjson', licence: 'MIT', pin: /yyjson_([\d.]+)\+/, says: 'yyjson.h' },
];

function firstComment(path) {
  const text = readFileSync(path, 'utf8');
  return (/^\/\*[^]*?\*\//.exec(text)?.[0] ?? text.split(/^\s*$/m)[0]).trim();
}

function sourceOf(pins, { name, folder, licence, pin, says }) {
  const path = join(root, '.deps/sources', folder);
  const [, version] = pin.exec(pins);
  return { name, version, licence, text: says ? firstComment(join(path, says)) : licenceIn(path) };
}

/** [{name, version, licence, text}] for the results of esbuild. */
export function licencesOf(builds) {
  const pins = readFileSync(join(root, 'tools/setup/sources.sh'), 'utf8');
  const packages = [...new Set(builds.flatMap(packagesOf))].map(packageOf);
  return [...packages, ...sources.map((source) => sourceOf(pins, source))].sort((a, b) => a.name.localeCompare(b.name));
}
