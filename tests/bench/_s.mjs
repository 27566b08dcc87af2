import { measureScale } from './scale.mjs';
import { fileURLToPath } from 'node:url';
const t0 = performance.now();
const row = (w, f, { bar, holds = true } = {}) =>
  console.log(((performance.now() - t0) / 1000).toFixed(1), w, '|', f, '|', bar ?? '', holds ? '' : 'MISSED');
await measureScale(row, {
  peaqos: [process.execPath, '/work/main/node-cli/dist/peaqos.cjs'],
  peakMemoryScript: fileURLToPath(new URL('peak_memory.py', import.meta.url)),
});
