// The JavaScript API over a loaded module: whole command lines, and operations with typed results.
// SPDX-License-Identifier: Apache-2.0
import { badField, PeaqosError } from './failure.mjs';
import { inMembers } from './fields.mjs';
import { parse } from './json.mjs';
import { eventInput } from './event_input.mjs';
import { lend } from './lend.mjs';
import { requestText, userJson } from './wire.mjs';

export { PeaqosError };

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

// Secrets come as bytes alone: a text stays in memory until nobody knows when.
function checkSecrets(secrets) {
  for (const [name, secret] of Object.entries(secrets)) {
    if (secret !== undefined && secret !== null && !(ArrayBuffer.isView(secret) && 'fill' in secret))
      throw badField(name, 'must be a Uint8Array', 'Encode a text with new TextEncoder()');
  }
}

// Runs `use`, and overwrites the secrets whatever happens.
async function withSecrets(secrets, use) {
  try {
    checkSecrets(secrets);
    return await use();
  } finally {
    for (const secret of Object.values(secrets)) if (ArrayBuffer.isView(secret)) secret.fill?.(0);
  }
}

const SECRET_MEMBERS = ['machineKey', 'identityKey', 'pairingToken', 'providerCredentials'];

/**
 * Calls an operation of the core (core/app/operations.hpp); rejects with PeaqosError. A request only says which secrets
 * there are; the core asks for each.
 */
export async function callModule(module, operation, request = {}, host, options = {}) {
  const given = SECRET_MEMBERS.filter((name) => request[name] !== undefined && request[name] !== null);
  if (given.length === 0) return callWithText(module, operation, requestText(request), host, options);
  const secrets = Object.fromEntries(given.map((name) => [name, request[name]]));
  const said = Object.fromEntries(given.map((name) => [name, true]));
  const onQuestion = (question) => secrets[question.name] ?? options.onQuestion?.(question);
  return withSecrets(secrets, () =>
    callWithText(module, operation, requestText({ ...request, ...said }), host, { ...options, onQuestion }),
  );
}

const errorOf = (error) => new PeaqosError({ ...error, hint: inMembers(error.hint) });

async function callWithText(module, operation, json, host, options) {
  const { text, late } = await withHost(module, host, options, async (lent) => ({
    text: await module.call(operation, json, lent),
    late: await lent.finished(),
  }));
  const { ok, value, error } = parse(new TextDecoder().decode(text));
  if (!ok) throw errorOf(error);
  // The operation itself has come to its end.
  if (late)
    throw new PeaqosError({ kind: 'input', code: 'CALLBACK_FAILED', message: late.text, hint: '', sent: 'maybe' });
  return value;
}

const verbatim = (request = {}, ...names) => ({
  ...request,
  ...Object.fromEntries(names.map((name) => [name, userJson(request[name], name)])),
});

// Credentials are the user's own JSON, and secret: bytes are overwritten, what is given otherwise is the caller's to keep.
function withCredentials({ providerCredentials: given, ...request } = {}) {
  if (given === undefined || given === null) return request;
  const bytes = ArrayBuffer.isView(given) ? given : new TextEncoder().encode(userJson(given, 'providerCredentials'));
  return { ...request, providerCredentials: bytes };
}

const lineResult = ({ line, id, state, tx_hash: txHash, block, index, reason }) => ({
  line,
  id,
  status: state,
  txHash,
  block,
  index,
  reason,
});

const machineResult = ({ line, machine, machine_id, token_id, machine_did, state, tx_hash: txHash, reason }) => ({
  line,
  machine,
  machineId: machine_id,
  tokenId: token_id,
  machineDid: machine_did,
  status: state,
  txHash,
  reason,
});

export function createClientOf(load, host) {
  const call = async (operation, request, options) => callModule(await load(), operation, request, host, options);
  // Secrets, under the caller's names for them, go to the core as answers to its questions and not in the request's
  // text, and are overwritten whatever happens.
  async function callWith(secrets, operation, request, options = {}, questions = {}) {
    const answers = Object.fromEntries(
      Object.entries(secrets).map(([name, secret]) => [questions[name] ?? name, secret]),
    );
    const onQuestion = (question) => answers[question.name] ?? options.onQuestion?.(question);
    return withSecrets(secrets, () => call(operation, request, { ...options, onQuestion }));
  }
  const ofNewWallet = { passphrase: 'new_passphrase', privateKey: 'private_key' };

  function importWallet({ name, index, mnemonic, privateKey, passphrase } = {}, options) {
    const secrets = { mnemonic, privateKey, passphrase };
    return mnemonic
      ? callWith(secrets, 'importMnemonic', { name, index }, options, ofNewWallet)
      : callWith(secrets, 'importPrivateKey', { name }, options, ofNewWallet);
  }

  async function activateFleet({ onResult, onProgress, signal, onQuestion, approve, ...request } = {}) {
    const tell = (progress) =>
      progress.name === 'machine_line' ? onResult?.(machineResult(progress)) : onProgress?.(progress);
    const summary = await call('activateFleet', request, { signal, onQuestion, approve, onProgress: tell });
    return { ...summary, stopped: summary.stopped && errorOf(summary.stopped) };
  }

  async function exportWallet({ wallet, passphrase } = {}, options) {
    const { secret } = await callWith({ passphrase }, 'exportWallet', { wallet }, options);
    return new TextEncoder().encode(secret);
  }

  // A stream is the host's input, for the time of the call.
  async function submitEvents(events, { onResult, onProgress, signal, onQuestion, approve, ...request } = {}) {
    const named = typeof events === 'string' && { file: events };
    const input = named ? undefined : eventInput(events);
    const lent = input ? Object.assign(Object.create(host ?? null), { readInput: input.read }) : host;
    const tell = (progress) =>
      progress.name === 'event_line' ? onResult?.(lineResult(progress)) : onProgress?.(progress);
    const options = { signal, onQuestion, approve, onProgress: tell };
    try {
      const summary = await callModule(await load(), 'submitEvents', { ...request, ...named }, lent, options);
      if (input?.failure) throw input.failure; // of the caller's own events: those before it are sent
      return { ...summary, stopped: summary.stopped && errorOf(summary.stopped) };
    } finally {
      input?.close();
    }
  }

  return {
    whoami: (options) => call('whoami', {}, options),
    networkStatus: (request = {}, options) => call('networkStatus', request, options),
    activate: (request, options) => call('activate', request, options),
    activationTerms: (options) => call('activationTerms', {}, options),
    activateFleet,
    planActivation: (request = {}, options) => call('planActivation', request, options),
    submitEvent: (request, options) => call('submitEvent', request, options),
    submitEvents,
    settleEvents: (options) => call('settleEvents', {}, options),
    queryMcr: (did, options) => call('queryMcr', { did }, options),
    queryMachine: (did, options) => call('queryMachine', { did }, options),
    queryOperatorMachines: (did, options) => call('queryOperatorMachines', { did }, options),
    machineStatus: (machineId, options) => call('machineStatus', { machineId }, options),
    machineStatuses: (request = {}, options) => call('machineStatuses', request, options),
    machineCalendar: (request = {}, options) => call('machineCalendar', request, options),
    machineIdentity: (request, options) => call('machineIdentity', request, options),
    suspendMachine: (request, options) => call('suspendMachine', request, options),
    resumeMachine: (request, options) => call('resumeMachine', request, options),
    approveMachine: (request, options) => call('approveMachine', request, options),
    approveAllMachines: (request, options) => call('approveAllMachines', request, options),
    transferMachine: (request, options) => call('transferMachine', request, options),
    setMachineController: (request, options) => call('setMachineController', request, options),
    clearMachineController: (request, options) => call('clearMachineController', request, options),
    setVerificationMethods: (request, options) => call('setVerificationMethods', request, options),
    setAuthentication: (request, options) => call('setAuthentication', request, options),
    setServiceEndpoints: (request, options) => call('setServiceEndpoints', request, options),
    subscribeMachine: (request, options) => call('subscribeMachine', request, options),
    renewMachine: (request, options) => call('renewMachine', request, options),
    renewFleet: (request, options) => call('renewFleet', request, options),
    monetizationStatus: (machineId, options) => call('monetizationStatus', { machineId }, options),
    monetize: (request, options) => call('monetize', request, options),
    planMigration: (request, options) => call('planMigration', request, options),
    createWallet: ({ passphrase, ...request } = {}, options) =>
      callWith({ passphrase }, 'createWallet', request, options, ofNewWallet),
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
    search: async (request, options) => call('search', withCredentials(request), options),
    placeOrder: async (request, options) => call('placeOrder', verbatim(withCredentials(request), 'input'), options),
    order: (orderId, options) => call('order', { orderId }, options),
    orders: (request, options) => call('orders', request, options),
    confirmOrder: (request, options) => call('confirmOrder', request, options),
    disputeOrder: async (request, options) => call('disputeOrder', verbatim(request, 'evidence'), options),
    signMessage: ({ passphrase, ...request } = {}, options) =>
      callWith({ passphrase }, 'signMessage', request, options),
    readSettings: (options) => call('readSettings', {}, options),
    changeSettings: (values, options) => call('changeSettings', values, options),
  };
}
