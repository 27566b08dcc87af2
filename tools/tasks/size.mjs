// npm run size: what the bytes of the WebAssembly module are, by folder. `npm run size -- N` adds the N largest functions.
// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { piecesOf, sumsOf } from '../steps/link_map.mjs';
import { buildPreset, setUp } from '../steps/prepare.mjs';
import { root } from '../steps/shell.mjs';

const columns = ['place', 'own', 'templates', 'json', 'data', 'sum'];
const titles = ['Part', 'Code', 'of std and embind', 'of nlohmann-json', 'Data', 'Sum'];

const inKilobytes = (bytes) => (bytes / 1000).toFixed(1);
const row = (cells) => `| ${cells.join(' | ')} |\n`;

function tableOf(rows) {
  const cells = (each) => columns.map((name) => (name === 'place' ? each[name] : inKilobytes(each[name])));
  const total = { place: 'all' };
  for (const name of columns.slice(1)) total[name] = rows.reduce((sum, each) => sum + each[name], 0);
  const rule = columns.map((name) => (name === 'place' ? '---' : '---:'));
  return [titles, rule, ...[...rows, total].map(cells)].map(row).join('');
}

export default async function size([count]) {
  await setUp();
  await buildPreset('wasm', ['peaqos_wasm']);
  const pieces = piecesOf(readFileSync(join(root, 'build/wasm/peaqos.map'), 'utf8'));
  const module = readFileSync(join(root, 'wasm/dist/peaqos.wasm'));
  const [raw, gzip, brotli] = [module, gzipSync(module, { level: 9 }), brotliCompressSync(module)];
  process.stdout.write(
    `kB, as linked; Binaryen makes ${inKilobytes(raw.length)} of the sum, gzip ${inKilobytes(gzip.length)}, ` +
      `brotli ${inKilobytes(brotli.length)}\n\n${tableOf(sumsOf(pieces))}`,
  );
  const largest = pieces.sort((a, b) => b.size - a.size).slice(0, Number(count ?? 0));
  for (const { place, symbol, size: bytes } of largest) process.stdout.write(`${bytes} ${place} ${symbol}\n`);
}
