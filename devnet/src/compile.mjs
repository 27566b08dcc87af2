// Compiles the contracts, once for each state of their sources.
// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../contracts/', import.meta.url));
const cacheFolder = fileURLToPath(new URL('../build/', import.meta.url));
const require = createRequire(import.meta.url);

const settings = {
  optimizer: { enabled: true, runs: 200 },
  viaIR: true, // submitEvent has more variables than the stack is deep
  evmVersion: 'cancun',
};
const wanted = { '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object'] };

// The files of each generation; the second builds on the first.
const isOf = {
  1: (file) => !file.startsWith('generation2'),
  2: (file) => file.startsWith('generation2'),
};

// The contracts of some generations: {name: {abi, bytecode, runtime}}, byte codes as 0x text.
export function compileContracts(generations = [1, 2]) {
  return Object.assign({}, ...generations.map(compileGeneration));
}

function compileGeneration(generation) {
  const files = readdirSync(folder, { recursive: true })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.sol') && (generation === 2 || isOf[1](file)))
    .sort();
  const sources = Object.fromEntries(files.map((file) => [file, { content: readFileSync(folder + file, 'utf8') }]));
  const outputSelection = Object.fromEntries(files.filter(isOf[generation]).map((file) => [file, wanted]));
  const { version } = require('solc/package.json');
  const input = JSON.stringify({ language: 'Solidity', sources, settings: { ...settings, outputSelection } });
  const cached = `${cacheFolder}${createHash('sha256')
    .update(version + input)
    .digest('hex')
    .slice(0, 16)}.json`;
  try {
    return JSON.parse(readFileSync(cached, 'utf8'));
  } catch {
    const contracts = compile(input);
    mkdirSync(cacheFolder, { recursive: true });
    // Several devnets may start at once: a reader sees a whole file or none.
    const draft = `${cached}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(contracts));
    renameSync(draft, cached);
    return contracts;
  }
}

function compile(input) {
  const { contracts, errors = [] } = JSON.parse(require('solc').compile(input));
  if (errors.length) throw new Error(errors.map((error) => error.formattedMessage).join('\n'));
  const out = {};
  for (const file of Object.values(contracts)) {
    for (const [name, { abi, evm }] of Object.entries(file)) {
      out[name] = { abi, bytecode: `0x${evm.bytecode.object}`, runtime: `0x${evm.deployedBytecode.object}` };
    }
  }
  return out;
}
