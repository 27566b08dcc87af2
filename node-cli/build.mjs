// Bundles the command into one file beside the one that starts it, the module, the console and the manual page.
// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
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
cpSync(here('../web/dist'), here('dist/web'), { recursive: true });
writeNotices('node-cli');
