// Bundles the command into one file beside the one that starts it, the module, the console and the manual page.
// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeNotices } from '../tools/release/packages.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

mkdirSync(here('dist'), { recursive: true });
const common = {
  absWorkingDir: here('..'),
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // import() becomes require(): starting Node's loader of ES modules costs more than what is loaded.
  supported: { 'dynamic-import': false },
  // The module's loader asks for its own URL, which a CommonJS file does not have.
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl=require('node:url').pathToFileURL(__filename).href;" },
  logLevel: 'warning',
};
await build({
  ...common,
  entryPoints: [here('src/main.mjs')],
  outfile: here('dist/command.cjs'),
  external: ['./console.cjs', './mcp.cjs'],
});
await build({ ...common, entryPoints: [here('src/console/serve.mjs')], outfile: here('dist/console.cjs') });
await build({
  ...common,
  entryPoints: [here('src/mcp/serve.mjs')],
  outfile: here('dist/mcp.cjs'),
  // The library checks answers to the one question that is asked by a check of ours: its own is half of its size.
  plugins: [
    {
      name: 'without-ajv',
      setup: ({ onLoad }) =>
        onLoad({ filter: /sdk\/dist\/esm\/validation\/ajv-provider\.js$/ }, () => ({
          contents: 'export class AjvJsonSchemaValidator {}',
        })),
    },
  ],
});
copyFileSync(here('src/peaqos.cjs'), here('dist/peaqos.cjs'));
chmodSync(here('dist/peaqos.cjs'), 0o755);
copyFileSync(here('../wasm/dist/peaqos.wasm'), here('dist/peaqos.wasm'));
writeFileSync(here('dist/peaqos.1'), execFileSync(process.execPath, [here('dist/peaqos.cjs'), 'man']));
rmSync(here('dist/web'), { recursive: true, force: true });
// The console's module is the command's own: the package holds it once.
const isModule = (path) => path.endsWith('.wasm');
const site = here('../web/dist');
cpSync(site, here('dist/web'), { recursive: true, filter: (path) => !isModule(path) });
const [module] = readdirSync(join(site, 'assets')).filter(isModule);
if (!readFileSync(join(site, 'assets', module)).equals(readFileSync(here('dist/peaqos.wasm'))))
  throw new Error('the console was built with another module: run node web/build.mjs first');
writeFileSync(here('dist/web.json'), JSON.stringify({ [`/assets/${module}`]: '../peaqos.wasm' }));
writeNotices('node-cli');
