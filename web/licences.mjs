// The licences of what the console is made of: the packages in its bundles, and the sources in the module.
// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { licenceIn, linkedIntoModule } from '../tools/release/components.mjs';

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

/** [{name, version, licence, text}] for the results of esbuild. */
export function licencesOf(builds) {
  const packages = [...new Set(builds.flatMap(packagesOf))].map(packageOf);
  const linked = linkedIntoModule().map(({ name, version, licence, text }) => ({ name, version, licence, text }));
  return [...packages, ...linked].sort((a, b) => a.name.localeCompare(b.name));
}
