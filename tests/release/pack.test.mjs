// The npm packages: equal from equal sources, small, with the licences and a valid bill of all that is inside.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import Ajv from 'ajv';
import { buildConsole, copyCheckout, packIn, root } from './copy.mjs';

const LARGEST = 1.5e6; // bytes
const above = mkdtempSync(join(tmpdir(), 'peaqos-test-'));
after(() => rmSync(above, { recursive: true, force: true }));

// Two folders whose paths differ in length.
const copies = ['a', 'another/checkout'].map((name) => join(above, name));
for (const copy of copies) {
  mkdirSync(copy, { recursive: true });
  copyCheckout(copy);
  await buildConsole(copy);
}

const schema = (name) => JSON.parse(readFileSync(join(root, `tests/vectors/cyclonedx/${name}.schema.json`), 'utf8'));
const ajv = new Ajv({ unknownFormats: 'ignore', logger: false });
for (const name of ['spdx', 'jsf-0.82'])
  ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
const isBill = ajv.compile(schema('bom-1.5'));

const linked = [
  'Botan',
  'JSON for Modern C++',
  'libsecp256k1',
  'python-mnemonic',
  'QR Code generator',
  'TinySSH',
  'yyjson',
];
const inModule = ['Emscripten', 'LLVM', 'musl', ...linked];
const packages = {
  wasm: { needs: 'wasm/dist/peaqos.wasm', inside: inModule },
  'node-cli': { needs: 'wasm/dist/peaqos.wasm', inside: [...inModule, 'lit', 'uplot'] },
  'native/linux-x64': {
    needs: 'native/linux-x64/bin/peaqos',
    inside: ['Brotli', 'GCC', 'utf8proc', 'zlib', ...linked],
  },
};

for (const [folder, { needs, inside }] of Object.entries(packages)) {
  const skip = existsSync(join(root, needs)) ? false : `${needs} is not built: npm run pack builds it`;
  let packing;
  const pack = () => (packing ??= Promise.all(copies.map((copy) => packIn(copy, folder))));

  test(`${folder} is packed bit for bit the same in two folders`, { skip }, async () => {
    const packed = await pack();
    const [{ tarball, unpacked, files }] = packed;
    const hashes = packed.map((each) => createHash('sha256').update(readFileSync(each.tarball)).digest('hex'));
    assert.equal(hashes[0], hashes[1]);
    const { size } = statSync(tarball);
    assert.ok(size <= LARGEST, `${size} bytes`);
    for (const file of files) {
      const bytes = readFileSync(join(unpacked, file));
      for (const path of [root, copies[0]]) assert.ok(!bytes.includes(path), `${file} names ${path}`);
    }
  });

  test(`${folder} has the licences and a valid bill of what is inside`, { skip }, async () => {
    const [{ unpacked }] = await pack();
    const read = (name) => readFileSync(join(unpacked, name), 'utf8');
    assert.equal(read('LICENSE'), readFileSync(join(root, 'LICENSE'), 'utf8'));
    const notices = read('THIRD-PARTY-NOTICES.txt');
    const bill = JSON.parse(read('sbom.cdx.json'));
    assert.ok(isBill(bill), ajv.errorsText(isBill.errors));
    const names = bill.components.map(({ name }) => name);
    for (const name of inside) assert.ok(names.includes(name), name);
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    for (const { name, version, licenses } of bill.components) {
      assert.match(version, /^\d+(\.\d+)*$/, name);
      assert.equal(licenses.length, 1, name);
      assert.ok(notices.split(`${name} ${version}`).length > 2, `${name} is listed, and its licence is there`);
      const row = readme.split('\n').find((line) => line.startsWith(`| ${name} |`));
      if (row) assert.ok(row.includes(`| ${version} |`), `README.md: ${row}`);
    }
  });
}
