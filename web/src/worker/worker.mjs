// The worker: keeps the vault's key and runs the core. Ending it is what locking means.
// SPDX-License-Identifier: Apache-2.0
import { signingOperations } from '../core/signing_operations.mjs';
import { passingRecords } from '../vault/records.mjs';
import {
  addPasskey,
  changePassphrase,
  checkPassphrase,
  createVault,
  openVault,
  removePasskey,
  vaultStatus,
} from '../vault/vault.mjs';
import { answered, conversationOf } from './conversation.mjs';
import { filesOver, home } from './files.mjs';
import { FreshPassphrase } from './fresh_passphrase.mjs';
import { keepToken, knownPairings, withToken } from './pairing_tokens.mjs';
import { startStore } from './store/index.mjs';
import { addWalletFile } from './wallet_file.mjs';
import { makers, withPassphrases } from './wallet_passphrases.mjs';
import { watchedFiles } from './watched_files.mjs';

const preferences = 'preferences'; // the id of their record

let records = passingRecords();
let relayed = false;
const fresh = new FreshPassphrase();
let core;
const load = async () => {
  core ??= import('./module.mjs').then(async (api) => ({ ...api, module: await api.start({ relayed }) }));
  return core;
};

// Files of the vault; the store and the page hear of every one that was written.
const files = (disk) =>
  watchedFiles(filesOver(records, disk), (path) => {
    store?.command('fileChanged', { path });
    self.postMessage({ changed: path });
  });

let underWay = 0;

let store;
function watch({ alone }) {
  const call = async (operation, request, { signal }) => {
    const { callModule, module } = await load();
    const host = hostOf({ tell: () => {}, ask: () => null }, { interactive: false });
    return callModule(module, operation, request, host, { signal });
  };
  store = startStore({
    alone,
    call,
    records,
    readFile: (path) => filesOver(records).readFile(path, Infinity),
    pairings: () => knownPairings(records),
    busy: () => underWay > 0,
    show: (message) => self.postMessage({ store: message }),
  });
}

// What the core is lent for one job.
function hostOf({ tell, ask }, { interactive }) {
  const disk = interactive && {
    read: (path) => ask('file', { path }),
    save: (path, bytes) => ask('save', { path, bytes }),
  };
  return {
    env: { HOME: home },
    ...files(disk),
    interactive: () => Boolean(interactive),
    readLine: (hidden) => (interactive ? ask('line', { hidden }) : null),
    write: (stream, text) => tell('text', { stream, text }),
  };
}

// Damage is said as soon as the vault opens, not when something happens to need the record.
async function checkAll() {
  for (const id of await records.ids()) await records.get(id).catch(() => {});
}

// A file of one job, beside those of the vault.
const withInputs = (host, inputs) => ({
  ...host,
  readFilePart: async (path, offset, length) =>
    inputs[path]?.slice(offset, offset + length) ?? host.readFilePart(path, offset, length),
});

// Calls operations of the core for one job.
async function callerFor(job, inputs = {}) {
  const { callModule, module } = await load();
  const { signal, tell } = job;
  const host = withInputs(hostOf(job, { interactive: false }), inputs);
  return (operation, request, onQuestion) =>
    callModule(module, operation, request, host, {
      signal,
      onProgress: (progress) => tell('progress', progress),
      onQuestion,
      approve: true, // nothing that the console starts by a click is signed unseen
    });
}

const handlers = {
  async start(options) {
    relayed = options.relayed;
  },
  status: vaultStatus,
  async create({ passphrase }) {
    records = await createVault(passphrase);
    fresh.remember(passphrase);
    watch({ alone: false });
  },
  async visit() {
    watch({ alone: true });
  },
  async unlock(by) {
    records = await openVault(by, (message) => self.postMessage({ tampered: message }));
    watch({ alone: false });
    checkAll();
  },
  // Whether the vault's passphrase was typed a moment ago, and need not be typed again for the first wallet.
  passphraseKnown: () => fresh.known,
  checkPassphrase: ({ passphrase }) => checkPassphrase(passphrase),
  async changePassphrase({ passphrase, next }) {
    await changePassphrase(passphrase, next);
    fresh.forget();
  },
  addPasskey: ({ passphrase, ...passkey }) => addPasskey(passphrase, passkey),
  removePasskey: ({ passphrase, credentialId }) => removePasskey(passphrase, credentialId),
  preferences: async () => {
    const record = await records.get(preferences);
    return record ? JSON.parse(new TextDecoder().decode(record.bytes)) : {};
  },
  prefer: (values) => records.put(preferences, new TextEncoder().encode(JSON.stringify(values)), 0o600),
  readFile: ({ path }) => filesOver(records).readFile(path, Infinity),
  writeFile: ({ path, bytes }) => files().replaceFile(path, bytes, 0o600),
  async call({ operation, request, inputs }, job) {
    const call = await callerFor(job, inputs);
    const ask = (question) => job.ask('question', question);
    const filled = await withToken(records, request);
    const checkVault = checkPassphrase;
    const signs = signingOperations.includes(operation);
    if (signs) underWay++;
    try {
      const vaults = () => fresh.text;
      const result = await withPassphrases({ records, operation, request: filled, call, ask, checkVault, vaults });
      if (makers.includes(operation)) fresh.forget();
      return await keepToken(records, result);
    } finally {
      if (signs) underWay--;
    }
  },
  store: async ({ name, value }) => store?.command(name, value),
  profile: ({ did, events }, { tell }) => store.profile(did, { events, onRating: (mcr) => tell('rating', mcr) }),
  pairings: () => knownPairings(records),
  async addWalletFile(request, job) {
    const wallet = await addWalletFile(request, { files: files(), records, call: await callerFor(job) });
    fresh.forget();
    return wallet;
  },
  async run({ argv, interactive = true }, { tell, ask, signal }) {
    const { runModule, module } = await load();
    return runModule(module, argv, hostOf({ tell, ask }, { interactive }), { signal });
  },
};

const running = new Map();

// Members of an error that may leave the worker.
const plain = ({
  kind = 'input',
  code = 'FAILED',
  message,
  hint = '',
  sent = 'nothing',
  hashes = [],
  failure,
  seconds,
}) => ({
  kind,
  code,
  message,
  hint,
  sent,
  hashes,
  failure,
  seconds,
});

async function work({ job, method, request }) {
  const cancel = new AbortController();
  running.set(job, cancel);
  try {
    const value = await handlers[method](request, { ...conversationOf(job), signal: cancel.signal });
    self.postMessage({ job, done: true, value });
  } catch (error) {
    self.postMessage({ job, done: true, error: plain(error) });
  } finally {
    running.delete(job);
  }
}

self.onmessage = ({ data }) => {
  if (data.method) work(data);
  else if (data.question) answered(data);
  else running.get(data.cancel)?.abort();
};
