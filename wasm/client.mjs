// The JavaScript API over a loaded module: whole command lines, and operations with typed results.
// SPDX-License-Identifier: Apache-2.0
import { parse } from './json.mjs';
import { lend } from './lend.mjs';

export class PeaqosError extends Error {
  name = 'PeaqosError';

  constructor({ kind, code, message, hint, sent = 'nothing', hashes = [] }) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.hint = hint;
    this.sent = sent;
    this.hashes = hashes;
  }
}

// Calls a bound function with a lent host, and cancels its requests when the signal says so.
function withHost(module, host, { signal, onProgress, onQuestion, approve }, use) {
  const interrupted =
    signal &&
    new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', resolve, { once: true })));
  const lent = lend(host, { progress: onProgress, ask: onQuestion, approves: Boolean(approve), interrupted });
  const outcome = use(lent);
  interrupted?.then(() => module.cancel(lent.id)); // of a call that has ended: nothing
  return outcome;
}

export function runModule(module, argv, host, options = {}) {
  return withHost(module, host, options, (lent) => module.run(argv, lent));
}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

// A request's members as the core takes them: bytes as hexadecimal text, bigint and number as decimal text.
function wire(request) {
  return JSON.stringify(request, (_, value) => {
    if (value instanceof Uint8Array) return `0x${hex(value)}`;
    return typeof value === 'bigint' || typeof value === 'number' ? String(value) : value;
  });
}

/** Calls an operation of the core (core/app/operations.hpp); rejects with PeaqosError. */
export async function callModule(module, operation, request, host, options = {}) {
  // JSON.stringify would spell a Uint8Array of another realm, or Node's Buffer, as an object.
  const json = wire(
    Object.fromEntries(
      Object.entries(request).map(([name, value]) => [
        name,
        ArrayBuffer.isView(value) ? Uint8Array.from(value) : value,
      ]),
    ),
  );
  const { text, late } = await withHost(module, host, options, async (lent) => ({
    text: await module.call(operation, json, lent),
    late: await lent.finished(),
  }));
  const { ok, value, error } = parse(new TextDecoder().decode(text));
  if (!ok) throw new PeaqosError(error);
  // The operation itself has come to its end.
  if (late)
    throw new PeaqosError({ kind: 'input', code: 'CALLBACK_FAILED', message: late.text, hint: '', sent: 'maybe' });
  return value;
}

// JSON of the user's own, which goes on untouched: as the text that it is given as, or that JSON.stringify makes of it.
const verbatim = (request, ...names) => ({
  ...request,
  ...Object.fromEntries(
    names
      .filter((name) => request[name] !== undefined && request[name] !== null && typeof request[name] !== 'string')
      .map((name) => [name, JSON.stringify(request[name])]),
  ),
});

export function createClientOf(load, host) {
  const call = async (operation, request, options) => callModule(await load(), operation, request, host, options);
  // Secrets go to the core as answers, not in the request's text, and are overwritten whatever happens.
  async function callWith(secrets, operation, request, options = {}) {
    const onQuestion = (question) => secrets[question.name] ?? options.onQuestion?.(question);
    try {
      return await call(operation, request, { ...options, onQuestion });
    } finally {
      for (const secret of Object.values(secrets)) secret?.fill(0);
    }
  }

  function importWallet({ name, index, mnemonic, privateKey, passphrase }, options) {
    const secrets = { new_passphrase: passphrase, mnemonic, private_key: privateKey };
    return mnemonic
      ? callWith(secrets, 'importMnemonic', { name, index }, options)
      : callWith(secrets, 'importPrivateKey', { name }, options);
  }

  async function exportWallet({ wallet, passphrase }, options) {
    const { secret } = await callWith({ passphrase }, 'exportWallet', { wallet }, options);
    return new TextEncoder().encode(secret);
  }

  return {
    whoami: (options) => call('whoami', {}, options),
    networkStatus: (request = {}, options) => call('networkStatus', request, options),
    activate: (request, options) => call('activate', request, options),
    planActivation: (request = {}, options) => call('planActivation', request, options),
    submitEvent: (request, options) => call('submitEvent', request, options),
    settleEvents: (options) => call('settleEvents', {}, options),
    queryMcr: (did, options) => call('queryMcr', { did }, options),
    queryMachine: (did, options) => call('queryMachine', { did }, options),
    queryOperatorMachines: (did, options) => call('queryOperatorMachines', { did }, options),
    createWallet: ({ passphrase, ...request }, options) =>
      callWith({ new_passphrase: passphrase }, 'createWallet', request, options),
    importWallet,
    listWallets: (options) => call('listWallets', {}, options),
    showWallet: (wallet, options) => call('showWallet', { wallet }, options),
    exportWallet,
    deleteWallet: (wallet, options) => call('deleteWallet', { wallet }, options),
    renameWallet: (wallet, name, options) => call('renameWallet', { wallet, name }, options),
    useWallet: (wallet, options) => call('useWallet', { wallet }, options),
    onboardMachine: (request, options) => call('onboardMachine', request, options),
    machine: (machineId, options) => call('machine', { machineId }, options),
    machines: (options) => call('machines', {}, options),
    pairAgent: (request, options) => call('pairAgent', request, options),
    createAgentPairingSession: (request, options) => call('createAgentPairingSession', request, options),
    search: (request, options) => call('search', verbatim(request, 'providerCredentials'), options),
    placeOrder: (request, options) => call('placeOrder', verbatim(request, 'input', 'providerCredentials'), options),
    order: (orderId, options) => call('order', { orderId }, options),
    orders: (request, options) => call('orders', request, options),
    confirmOrder: (request, options) => call('confirmOrder', request, options),
    disputeOrder: (request, options) => call('disputeOrder', verbatim(request, 'evidence'), options),
    signMessage: ({ passphrase, ...request }, options) => callWith({ passphrase }, 'signMessage', request, options),
    readSettings: (options) => call('readSettings', {}, options),
    changeSettings: (values, options) => call('changeSettings', values, options),
  };
}
