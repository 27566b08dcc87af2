// What of others is linked into the module and into the native command: versions, licences and their texts.
// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path) => readFileSync(join(root, path), 'utf8');
const sources = '.deps/sources';

/** The text of a package's licence, from the file that it has for it; empty without one. */
export function licenceIn(folder) {
  const isLicence = /^(licen[cs]e|copying)(\.(md|txt|mit))?$/i;
  const name = existsSync(folder) && readdirSync(folder).find((file) => isLicence.test(file));
  return name ? readFileSync(join(folder, name), 'utf8').trim() : '';
}

const ownFile = (folder) => licenceIn(join(root, sources, folder));
// A source without such a file says it in its first comment.
const firstComment = (path) => /^\/\*[^]*?\*\//.exec(read(join(sources, path)).trimStart())[0];
const mit = (copyright) => `${copyright}\n\n${read('tools/release/texts/mit.txt').trim()}`;
const debian = (name) => readFileSync(`/usr/share/doc/${name}/copyright`, 'utf8').trim();

// `pin` finds version and, where it is an archive, SHA-256 in tools/setup/sources.sh.
const everywhere = [
  {
    name: 'Botan',
    licence: 'BSD-2-Clause',
    purl: 'pkg:github/randombit/botan',
    pin: /botan3_([\d.]+)\+dfsg\.orig\.tar\.xz \\\s+(\w{64})/,
    text: () => ownFile('botan'),
  },
  {
    name: 'JSON for Modern C++',
    licence: 'MIT',
    purl: 'pkg:github/nlohmann/json',
    pin: /nlohmann-json3-dev_([\d.]+)/,
    text: () =>
      mit(
        /SPDX-FileCopyrightText: .*/
          .exec(read(`${sources}/nlohmann-json/nlohmann/json.hpp`))[0]
          .replace(/^\S+/, 'Copyright (c)'),
      ),
  },
  {
    name: 'libsecp256k1',
    licence: 'MIT',
    purl: 'pkg:github/bitcoin-core/secp256k1',
    pin: /libsecp256k1_([\d.]+)\.orig\.tar\.xz \\\s+(\w{64})/,
    text: () => ownFile('secp256k1'),
  },
  {
    name: 'QR Code generator',
    licence: 'MIT',
    purl: 'pkg:github/nayuki/QR-Code-generator',
    pin: /qr-code-generator_([\d.]+)\.orig\.tar\.gz \\\s+(\w{64})/,
    text: () => firstComment('qrcodegen/qrcodegen.c'),
  },
  {
    name: 'TinySSH',
    licence: 'CC0-1.0 OR 0BSD OR MIT-0 OR MIT',
    purl: 'pkg:github/janmojzis/tinyssh',
    pin: /tinyssh_(\d+)\.orig\.tar\.gz \\\s+(\w{64})/,
    text: () => ownFile('ed25519'),
  },
  {
    name: 'yyjson',
    licence: 'MIT',
    purl: 'pkg:github/ibireme/yyjson',
    pin: /yyjson_([\d.]+)\+ds\.orig\.tar\.xz \\\s+(\w{64})/,
    text: () => firstComment('yyjson/yyjson.c'),
  },
  {
    name: 'python-mnemonic',
    part: 'the English word list of BIP-39',
    licence: 'MIT',
    purl: 'pkg:pypi/mnemonic',
    pin: /python3-mnemonic=([\d.]+)/,
    text: () => mit('Copyright (c) 2013 Pavol Rusnak'),
  },
  {
    name: 'tiny-keccak',
    part: 'the design of Keccak-256, written anew',
    licence: 'CC0-1.0',
    purl: 'pkg:cargo/tiny-keccak',
    version: () => '2.0.2',
    text: () =>
      'No code of this crate is inside. Its author has dedicated the work to the public domain by waiving all rights to\n' +
      'it worldwide, to the extent that the law allows: https://creativecommons.org/publicdomain/zero/1.0/legalcode',
  },
];

const emscripten = () => /export EMSCRIPTEN_ROOT=(.*)/.exec(read('.deps/emscripten/env.sh'))[1];
const inEmscripten = (path) => readFileSync(join(emscripten(), path), 'utf8');

const moduleOnly = [
  {
    name: 'Emscripten',
    part: 'embind, fetch, malloc and the loader',
    licence: 'MIT OR NCSA',
    purl: 'pkg:github/emscripten-core/emscripten',
    version: () => inEmscripten('emscripten-version.txt').replaceAll('"', '').trim(),
    text: () => mit('Copyright (c) 2010-2014 Emscripten authors, see AUTHORS file.'),
  },
  {
    name: 'musl',
    licence: 'MIT',
    purl: 'pkg:generic/musl',
    version: () => inEmscripten('system/lib/libc/musl/VERSION').trim(),
    text: () => inEmscripten('system/lib/libc/musl/COPYRIGHT').trim(),
  },
  {
    name: 'LLVM',
    part: 'libc++, libc++abi, libunwind and compiler-rt',
    licence: 'Apache-2.0 WITH LLVM-exception',
    purl: 'pkg:github/llvm/llvm-project',
    version() {
      const [, version] = /_LIBCPP_VERSION (\d+)/.exec(inEmscripten('system/lib/libcxx/include/__config'));
      return [version.slice(0, -4), version.slice(-4, -2), version.slice(-2)].map(Number).join('.');
    },
    text: () => read('tools/release/texts/llvm-exceptions.txt').trim(),
  },
];

const installed = (name) =>
  execFileSync('dpkg-query', ['-W', '-f=${source:Upstream-Version}', name], { encoding: 'utf8' }).replace(
    /[+.]?dfsg.*|\+.*/,
    '',
  );

const nativeOnly = [
  {
    name: 'utf8proc',
    licence: 'MIT AND Unicode-DFS-2016',
    purl: 'pkg:github/JuliaStrings/utf8proc',
    of: 'libutf8proc-dev',
  },
  { name: 'zlib', licence: 'Zlib', purl: 'pkg:github/madler/zlib', of: 'zlib1g-dev' },
  { name: 'Brotli', part: 'the decoder', licence: 'MIT', purl: 'pkg:github/google/brotli', of: 'libbrotli-dev' },
].map(({ of, ...component }) => ({ ...component, version: () => installed(of), text: () => debian(of) }));

nativeOnly.push({
  name: 'GCC',
  part: 'libstdc++ and libgcc',
  licence: 'GPL-3.0-or-later WITH GCC-exception-3.1',
  purl: 'pkg:generic/gcc',
  version: () => installed('libstdc++6'),
  text: () =>
    'The exception allows a program that was compiled with these libraries to be distributed under the terms of its choice:\n' +
    'https://www.gnu.org/licenses/gcc-exception-3.1.html',
});

/** [{name, part, version, licence, purl, sha256, text}], sorted: what is linked into the WebAssembly module. */
export const linkedIntoModule = () => [...everywhere, ...moduleOnly].map(resolve).sort(byName);

/** The same of the native command as it is distributed. */
export const linkedIntoNative = () => [...everywhere, ...nativeOnly].map(resolve).sort(byName);

function resolve({ name, part, licence, purl, pin, version, text }) {
  const [, pinned, sha256] = pin?.exec(read('tools/setup/sources.sh')) ?? [];
  return { name, part, version: pinned ?? version(), licence, purl, sha256, text: text() };
}

const byName = (a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1);
