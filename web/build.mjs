// Bundles the console into dist/: a page, a worker, a service worker, and the module, all but the page named by hash.
// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { licencesOf } from './licences.mjs';
import { policy, staticPolicy } from './policy.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const hashed = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 8).toUpperCase();

const common = {
  absWorkingDir: here('..'), // paths, which names of chunks are made of, are told from there
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['chrome120', 'firefox121', 'safari17'],
  outdir: here('dist/assets'),
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  splitting: true,
  metafile: true,
  logLevel: 'warning',
};

// The file that an entry point became.
function outputOf({ metafile }, entry) {
  const [path] = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint?.endsWith(entry));
  return `assets/${basename(path)}`;
}

// What a page loads before it runs: the entry and everything that it imports at once.
function eager({ metafile }, entry) {
  const byName = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
  const seen = new Set();
  const visit = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    byName
      .get(name)
      .imports.filter(({ kind }) => kind === 'import-statement')
      .forEach(({ path }) => visit(basename(path)));
  };
  visit(basename(outputOf({ metafile }, entry)));
  return [...seen].map((name) => `assets/${name}`);
}

rmSync(here('dist'), { recursive: true, force: true });
mkdirSync(here('dist/assets'), { recursive: true });

const wasm = readFileSync(here('../wasm/dist/peaqos.wasm'));
const wasmFile = `assets/peaqos-${hashed(wasm)}.wasm`;
writeFileSync(here(`dist/${wasmFile}`), wasm);

const worker = await build({
  ...common,
  entryPoints: [here('src/worker/worker.mjs')],
  external: ['module', 'node:*'], // the loader's branch for Node, which no browser takes
  define: { WASM_FILE: JSON.stringify(basename(wasmFile)) },
});
const page = await build({
  ...common,
  entryPoints: [here('src/main.mjs'), here('src/style/console.css')],
  define: { WORKER_FILE: JSON.stringify(basename(outputOf(worker, 'worker.mjs'))) },
});

const scripts = eager(page, 'src/main.mjs');
const html = readFileSync(here('src/index.html'), 'utf8')
  .replace('{{policy}}', policy(staticPolicy))
  .replace('{{style}}', outputOf(page, 'console.css'))
  .replace('{{script}}', scripts[0])
  .replace(
    '{{preload}}',
    scripts
      .slice(1)
      .map((path) => `<link rel="modulepreload" href="${path}" />`)
      .join('\n    '),
  );
writeFileSync(here('dist/index.html'), html);
writeFileSync(here('dist/icon.svg'), readFileSync(here('src/icon.svg')));
writeFileSync(here('dist/licences.json'), JSON.stringify(licencesOf([page, worker])));

const files = ['./', 'icon.svg', 'licences.json', ...readdirSync(here('dist/assets')).map((name) => `assets/${name}`)];
await build({
  entryPoints: [here('src/offline.mjs')],
  outfile: here('dist/offline.js'),
  bundle: true,
  minify: true,
  format: 'iife',
  define: { FILES: JSON.stringify(files), VERSION: JSON.stringify(hashed(html)) },
  logLevel: 'warning',
});
