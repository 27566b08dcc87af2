// The npm packages, what is inside each, and the files that say so.
// SPDX-License-Identifier: Apache-2.0
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { linkedIntoModule, linkedIntoNative } from './components.mjs';
import { notices } from './notices.mjs';
import { billOf } from './sbom.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readJson = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));

// The console in the command's package is bundled from npm packages, which its build lists.
function moduleAndConsole() {
  const linked = linkedIntoModule();
  const names = new Set(linked.map(({ name }) => name));
  return [...linked, ...readJson('web/dist/licences.json').filter(({ name }) => !names.has(name))];
}

/** Folders of the packages that are published: what each is, and the works of others in it. */
export const packages = {
  wasm: { kind: 'library', components: linkedIntoModule },
  'node-cli': { kind: 'application', components: moduleAndConsole },
  'native/linux-x64': { kind: 'application', components: linkedIntoNative },
};

/** Writes LICENSE, THIRD-PARTY-NOTICES.txt and sbom.cdx.json into the folder of a package that has been built. */
export function writeNotices(folder) {
  const { kind, components } = packages[folder];
  const manifest = readJson(`${folder}/package.json`);
  const inside = components();
  const write = (name, text) => writeFileSync(join(root, folder, name), text);
  copyFileSync(join(root, 'LICENSE'), join(root, folder, 'LICENSE'));
  write('THIRD-PARTY-NOTICES.txt', notices(manifest, inside));
  write('sbom.cdx.json', `${JSON.stringify(billOf(manifest, kind, inside), null, 2)}\n`);
}
