// Copies of this checkout, to make packages in.
// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const used = ['LICENSE', 'package.json', 'tools', 'wasm', 'node-cli', 'web', 'native/linux-x64'];

const bundled = ['lit', 'lit-html', 'lit-element', '@lit', 'uplot']; // into the console

// Packages of others from the checkout, those that are bundled as copies; those of the workspace from the copy.
function linkPackages(folder) {
  const modules = join(root, 'node_modules');
  mkdirSync(join(folder, 'node_modules/@peaqos'), { recursive: true });
  for (const name of bundled) cpSync(join(modules, name), join(folder, 'node_modules', name), { recursive: true });
  for (const name of readdirSync(modules).filter((entry) => !/^(\.|@?peaqos)/.test(entry) && !bundled.includes(entry)))
    symlinkSync(join(modules, name), join(folder, 'node_modules', name));
  symlinkSync('../../wasm', join(folder, 'node_modules/@peaqos/core'));
}

/** Copies what packages are made of, with the module and the native command that are built already. */
export function copyCheckout(folder) {
  const made = ['web/dist', 'node-cli/dist'].map((path) => join(root, path));
  const filter = (path) => !made.includes(path) && !path.endsWith('node_modules');
  for (const path of used) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path), { recursive: true, filter });
  }
  symlinkSync(join(root, '.deps'), join(folder, '.deps'));
  linkPackages(folder);
}

export const buildConsole = (folder) => execute(process.execPath, [join(folder, 'web/build.mjs')], { cwd: folder });

/** Packs a package of a copy: {tarball, unpacked: the folder of its files, files}. */
export async function packIn(folder, name) {
  const env = {
    ...process.env,
    npm_config_cache: join(folder, 'cache'),
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  };
  await execute('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: join(folder, name), env });
  const { name: title, version } = JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8'));
  const tarball = join(folder, `${title.replace('@', '').replace('/', '-')}-${version}.tgz`);
  const unpacked = `${tarball}.unpacked`;
  mkdirSync(unpacked);
  await execute('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);
  const files = readdirSync(unpacked, { recursive: true }).filter((file) => statSync(join(unpacked, file)).isFile());
  return { tarball, unpacked, files };
}
