// Runs a command line in an empty folder and collects what it did, in a form that two runs can be compared in.
// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getAddress, keccak256 } from 'viem';
import { stateOf, transactionOf } from './chain.mjs';
import { marketNames, marketStateOf } from './market.mjs';
import { callsOf, startService } from './services.mjs';
import { steadyWallets, vaultIn } from './vault.mjs';

const terminal = fileURLToPath(new URL('terminal.py', import.meta.url));
const deadline = 300_000; // a loaded machine may take long

/** Runs a program: {code, stdout, stderr, terminal}. It has no terminal, not even that of whoever runs the tests. */
export function execute([program, ...words], { cwd, env, input }) {
  return new Promise((resolve, reject) => {
    const stdio = [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'];
    const child = spawn(program, words, { cwd, env, stdio, detached: true });
    const output = { stdout: '', stderr: '' };
    for (const name of Object.keys(output))
      child[name].setEncoding('utf8').on('data', (part) => (output[name] += part));
    if (input !== undefined) child.stdin.on('error', () => {}).end(input);
    const late = setTimeout(() => child.kill('SIGKILL'), deadline);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(late);
      resolve({ code: code ?? signal, ...output, terminal: '' });
    });
  });
}

async function executeTyped(command, answers, options) {
  const outcome = await execute(['python3', terminal, JSON.stringify(answers), ...command], options);
  if (outcome.code !== 0) throw new Error(`the terminal failed: ${outcome.stderr}`);
  return JSON.parse(outcome.stdout);
}

/**
 * One case with one program ({name, command, execute}) in one world (already at the starting point):
 * {exit, stdout, errors, warnings, progress, files, log, vault, requests, transactions, state}.
 */
export async function observe(program, testCase, world) {
  const cwd = mkdtempSync(join(tmpdir(), 'peaqos-conformance-'));
  const home = mkdtempSync(join(tmpdir(), 'peaqos-home-'));
  const faults = Object.fromEntries(Object.entries(testCase.faults ?? {}).map(([name, make]) => [name, make(world)]));
  const services = {
    rpc: await startService((asked) => faults.rpc?.(asked, world), world.rpcUrl),
    mcr: await startService((asked) => faults.mcr?.(asked, world), world.urls.mcr),
    gas: await startService((asked) => faults.gas?.(asked, world), world.urls.gasStation),
    market: await startService((asked) => faults.market?.(asked, world), world.urls.orchestration),
  };
  try {
    put(cwd, testCase.files, world);
    const typed = testCase.typed?.[program.name] ?? testCase.typed;
    const env = environment(testCase, world, services, home);
    const words = wordsOf(testCase.words, world);
    for (const { then, ...earlier } of testCase.earlier ?? []) {
      const input = inputOf(testCase, world);
      await runOne(
        program,
        { input, typed, ...earlier, words: wordsOf(earlier.words ?? testCase.words, world) },
        cwd,
        env,
      );
      await then?.(world);
    }
    const already = Object.fromEntries(Object.entries(services).map(([name, { seen }]) => [name, seen.length]));
    const outcome = await runOne(program, { input: inputOf(testCase, world), typed, words }, cwd, env);
    const tidy = tidier(services, cwd, home, world, testCase);
    const seen = (name) => services[name].seen.slice(already[name]);
    return {
      exit: outcome.code,
      raw: outcome,
      stdout: tidy(outcome.stdout),
      ...reading(tidy(outcome.stderr)),
      files: filesIn(cwd, tidy, Object.keys(testCase.files ?? {})),
      log: rowsIn(cwd, tidy),
      vault: testCase.vault ? vaultIn(home, tidy, testCase.vault) : {},
      requests: [...seen('mcr'), ...seen('gas'), ...seen('market')].map((asked) => requestIn(asked, tidy)),
      asked: Object.values(services).reduce((sum, { seen: all }) => sum + all.length, 0),
      transactions: await transactionsIn(seen('rpc'), world),
      state: {
        ...(testCase.stateless ? {} : await stateOf(world)),
        ...(testCase.market && !testCase.world ? JSON.parse(tidy(JSON.stringify(await marketStateOf(world)))) : {}),
      },
    };
  } finally {
    await Promise.all(Object.values(services).map((service) => service.stop()));
    for (const folder of [cwd, home]) rmSync(folder, { recursive: true, force: true });
  }
}

const runOne = ({ command, execute: own }, { words, typed, input }, cwd, env) => {
  if (typed) return executeTyped([...command, ...words], typed, { cwd, env });
  return own ? own(words, { cwd, env, input }) : execute([...command, ...words], { cwd, env, input });
};

const wordsOf = (words, world) => words.map((word) => (typeof word === 'function' ? word(world) : word));

const inputOf = ({ input }, world) => (typeof input === 'function' ? input(world) : input);

// files: name -> text, function of the world, null (a folder), undefined (nothing), or {text, mode}.
function put(cwd, files = {}, world) {
  for (const [name, content] of Object.entries(files)) {
    const path = join(cwd, name);
    if (content === undefined) continue;
    if (content === null) {
      mkdirSync(path, { mode: 0o700 });
      continue;
    }
    const made = typeof content === 'function' ? content(world) : content;
    const { text, mode = 0o600 } = typeof made === 'object' && !Buffer.isBuffer(made) ? made : { text: made };
    writeFileSync(path, text);
    chmodSync(path, mode);
  }
}

// Nothing gets out: what is not on this machine goes to a proxy that is not there.
const fixed = { PATH: process.env.PATH, LANG: 'C.UTF-8', HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1' };

function environment({ env = {}, bare = false }, world, services, home) {
  const urls = {
    PEAQOS_RPC_URL: services.rpc.url,
    PEAQOS_MCR_API_URL: services.mcr.url,
    PEAQOS_GAS_STATION_URL: services.gas.url,
    PEAQOS_ORCHESTRATION_URL: services.market.url,
  };
  const settings = bare ? {} : { ...settingsOf(world), ...urls };
  const changes = Object.entries(env).map(([name, value]) => [
    name,
    typeof value === 'function' ? value({ world, urls, settings: { ...settingsOf(world), ...urls } }) : value,
  ]);
  const all = { ...fixed, HOME: home, ...settings, ...Object.fromEntries(changes) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

// Addresses with their checksums, as people copy them.
const settingsOf = (world) =>
  Object.fromEntries(
    Object.entries({ ...world.env(), PEAQOS_NETWORK: 'testnet' }).map(([name, value]) => [
      name,
      name.endsWith('_ADDRESS') ? getAddress(value) : value,
    ]),
  );

// Replaces what differs between two runs of the same thing: ports, folders, transaction hashes, request ids.
function tidier(services, cwd, home, world, { random = false, vault, market = false }) {
  const names = [
    ...Object.entries(services).map(([name, { url }]) => [url, `<${name}>`]),
    [world.rpcUrl, '<node>'],
    [world.urls.mcr, '<mcr>'],
    [world.urls.orchestration, '<orchestration>'],
    [cwd, '<folder>'],
    [home, '<home>'],
    ...services.rpc.seen.flatMap(sentRaw).map((raw) => [keccak256(raw).slice(2), '<tx>']),
    ...services.rpc.seen.flatMap(sentRaw).map((raw) => [raw, '<raw>']),
  ];
  const ids = new Map();
  const answers = services.market.seen.map(({ answer = '' }) => answer);
  const marketTidy = market ? marketNames([JSON.stringify(world.scene), ...answers], world) : (text) => text;
  return (text) => {
    let tidied = marketTidy(text);
    for (const [what, name] of names) tidied = tidied.replaceAll(what, name);
    if (random)
      tidied = tidied
        .replace(/("twoFactorCode": ?")\d{6}"/g, '$1<code>"')
        .replace(/0x[0-9a-f]{64}/g, '<key>')
        .replace(/(Address *: +)0x[0-9a-fA-F]{40}/g, '$1<address>');
    if (vault) tidied = steadyWallets(tidied, vault);
    return tidied.replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, (id) => {
      if (!ids.has(id)) ids.set(id, `<id ${ids.size + 1}>`);
      return ids.get(id);
    });
  };
}

const sentRaw = (asked) =>
  callsOf(asked)
    .filter(({ method }) => method === 'eth_sendRawTransaction')
    .map(({ params }) => params[0]);

// The same bytes sent again are one transaction.
const transactionsIn = async (seen, world) =>
  Promise.all([...new Set(seen.flatMap(sentRaw))].map((raw) => transactionOf(raw, world)));

const requestIn = ({ method, path, credentials, body }, tidy) => ({
  what: `${method} ${tidy(path)}`,
  members: { ...JSON.parse(tidy(JSON.stringify(credentials))), ...(body ? JSON.parse(tidy(body)) : {}) },
});

// Lines whose words are specified; everything else on standard error is free prose.
const labels = [
  /^\[\d\/\d\] /,
  /^ {2}(Operator|Machine) +0x\S+: (\d|funded|already|prior)/,
  /^ {2}(Registered|Already registered|Minted NFT|Already minted|Wrote \d|Machine DID attr|Proxy DID)/,
  /^ {2}2FA already enrolled/,
  /^ {4}(otpauth URI|QR image URL)/,
  /^(Identity|Method|Controller|Agent address|Verification method): /, // a challenge
  /^ {2}(Identity|Name|Owner|Type|Runtime|Capabilities|Skills|Labels): /, // what will be onboarded
  /^ {2}(Order ID|Service|Status|Payment): /, // what will be bought
  /^ {2}(Amount|Chain|Token|Transfer|Pay from|Pay to): /, // what will be paid
  /^ {6}(Signed |Signer: |Signing |Tx: |0x)/, // by whom, and what was sent
  /^ {2}(Current status|Payment status|Check): /, // how an order was left
];

function reading(stderr) {
  const lines = stderr.replace(/^\S[^\n]*?: (?=\[\d\/\d\] )/gm, '').split('\n'); // no echo ends a question's line
  const errors = [];
  if (/^Traceback /m.test(stderr)) errors.push('traceback');
  for (const line of lines) {
    // Without an echo of what was typed, an error stands right behind its question.
    if (/(^|[:\]] )Error:/.test(line)) errors.push(/Missing required env var: \w+/.exec(line)?.[0] ?? 'error');
    if (/(^|[:\]] )Aborted!$/.test(line)) errors.push('aborted');
  }
  return {
    errors,
    warnings: lines.filter((line) => /^Warning:/.test(line)).length,
    progress: lines.filter((line) => labels.some((label) => label.test(line))).map(steady),
  };
}

// Money left after fees differs, and what follows these sentences is prose.
const steady = (line) =>
  line
    .replace(/\b\d{3,}\.\d{4} PEAQ/, '<much> PEAQ')
    .replace(/Tx: 0x\w{4}\.\.\.\w{4}/, 'Tx: <short tx>')
    .replace(/0x\w{4}\.\.\.\w{4}/, (short) => short.toLowerCase())
    .replace(/( \(race recovered\))?\. Skipping\..*/, '. Skipping.')
    .replace(/(Already (registered|minted) \(\w+=\d+\)\.).*/, '$1')
    .trimEnd();

function filesIn(cwd, tidy, given) {
  const files = {};
  for (const name of readdirSync(cwd, { recursive: true }).sort()) {
    const state = lstatSync(join(cwd, name));
    if (state.isDirectory()) {
      if (!given.includes(name)) files[name] = 'folder';
      continue;
    }
    const mode = (state.mode & 0o777).toString(8);
    const text = name === 'peaqos.log' ? '' : tidy(readFileSync(join(cwd, name), 'utf8'));
    files[name] = { mode, text };
  }
  return files;
}

// Times differ, and a reason is prose but for the ones that a rerun reads.
function steadyRow(row) {
  const steadied = { ...row };
  if (typeof row.ts === 'string') steadied.ts = row.ts.replace(/\d/g, '0').replace(/\.0+/, '');
  if (typeof row.reason === 'string' && row.reason !== 'replaced') steadied.reason = '<prose>';
  return steadied;
}

function rowsIn(cwd, tidy) {
  let text;
  try {
    text = readFileSync(join(cwd, 'peaqos.log'), 'utf8');
  } catch {
    return [];
  }
  return tidy(text)
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      try {
        const row = JSON.parse(line);
        return { line, row: steadyRow(row) };
      } catch {
        return { line };
      }
    });
}
