// What a module's bytes are, by the map that its linker writes.
// SPDX-License-Identifier: Apache-2.0

// An archive or object file as the part of the repository, or of others, that it comes from.
const places = [
  [/^core\/libpeaqos_(\w+)\.a/, (name) => `core/${name}`],
  [/^wasm\//, () => 'wasm'],
  [/^lib(secp256k1|botan|ed25519|qrcodegen|yyjson)\.a/, (name) => name],
  [/lib(c\+\+|c\+\+abi|c|compiler_rt|embind|fetch|emmalloc|unwind)\b[\w-]*\.a/, (name) => `toolchain: ${name}`],
  [/^<internal>/, () => 'texts, merged by the linker'],
];

function placeOf(file) {
  for (const [pattern, nameOf] of places) {
    const found = pattern.exec(file);
    if (found) return nameOf(found[1]);
  }
  return 'other';
}

// Code that templates made in our objects, by the library whose templates they are.
function kindOf(section, symbol) {
  if (section !== 'CODE') return 'data';
  if (/^_ZN[KVLR]*8nlohmann/.test(symbol)) return 'json';
  return /^_ZN?[KVL]*(St|NSt|10emscripten)/.test(symbol) ? 'templates' : 'own';
}

/** Each piece of the map: [{place, kind, symbol, size}]; kinds are "own", "templates", "json" and "data". */
export function piecesOf(map) {
  const pieces = [];
  let section;
  for (const line of map.split('\n')) {
    const [, size, gap, rest] = /^\s*[-\da-f]+\s+[\da-f]+\s+([\da-f]+)( +)(.*)$/.exec(line) ?? [];
    if (!rest) continue;
    // Columns: a section of the module stands right behind its size, a piece of a file 8 further in, its symbols 16.
    if (gap.length === 1) {
      if (/^[A-Z]/.test(rest)) section = rest.trim();
      continue;
    }
    const [, file, symbol] = /^(.*?):\((.*)\)$/.exec(rest) ?? [];
    const inFile = /^(CODE|DATA)/.test(section) && !symbol?.startsWith('.bss');
    if (gap.length !== 9 || !file || !inFile) continue;
    pieces.push({ place: placeOf(file), kind: kindOf(section, symbol), symbol, size: Number.parseInt(size, 16) });
  }
  return pieces;
}

/** Sums by place: [{place, own, templates, json, data, sum}], the largest first. */
export function sumsOf(pieces) {
  const rows = new Map();
  for (const { place, kind, size } of pieces) {
    const row = rows.get(place) ?? { place, own: 0, templates: 0, json: 0, data: 0, sum: 0 };
    row[kind] += size;
    row.sum += size;
    rows.set(place, row);
  }
  return [...rows.values()].sort((a, b) => b.sum - a.sum);
}
