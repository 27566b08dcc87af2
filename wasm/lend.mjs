// Turns a JavaScript host (see Host in index.d.ts) into the object that the module's JsHost calls. Nothing crosses into the
// module as an exception or a rejected promise, which it could not survive: a function that fails gives {failure: name},
// and one whose result is not of its type has failed. Failures of files have the names in types/host.d.ts; 'host' and
// 'callback' come with a `text` that names the function; 'interrupted' is a wait that the caller gave up.
// SPDX-License-Identifier: Apache-2.0
import { parse } from './json.mjs';

const fileFailures = new Set([
  'missing',
  'not-a-file',
  'not-a-folder',
  'denied',
  'too-large',
  'full',
  'exists',
  'other',
  'taken',
]);

// What was thrown may be anything, also what cannot be read or is no text.
function quietly(read, otherwise) {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

// The name of a failure of a file, if it was given one.
function nameOf(error) {
  const name = quietly(() => error.failure);
  return fileFailures.has(name) ? name : undefined;
}

const fileFailure = (error) => ({ failure: nameOf(error) ?? 'other' });

// The failure of a function that has no names for what can go wrong, in one line.
const failureOf = (failure, name) => (error) => ({
  failure,
  text: `${name} failed: ${quietly(() => String(error?.message ?? error), 'no reason given')}`.replace(/\s+/g, ' '),
});

// The result of a function as `as` makes it, or its failure; a promise for either when the function is asynchronous.
function attempt(action, as, failed) {
  try {
    const result = action();
    return typeof result?.then === 'function' ? Promise.resolve(result).then(as).catch(failed) : as(result);
  } catch (error) {
    return failed(error);
  }
}

// --- Results: what the module can take, or an error ---
const nothing = () => null;

const checked = (kind, check) => (value) => {
  if (!check(value)) throw new TypeError(`it gave no ${kind}`);
  return value;
};
const asNumber = checked('number', (value) => Number.isFinite(value));
const asLength = checked('length', (value) => Number.isSafeInteger(value) && value >= 0);
const asText = checked('string', (value) => typeof value === 'string');
const asNames = checked(
  'list of strings',
  (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
);

// Of a terminal, {rows, columns}; null for none.
const asSize = (size) => (size ? { rows: asLength(size.rows), columns: asLength(size.columns) } : null);

function asBytes(value) {
  if (!ArrayBuffer.isView(value)) throw new TypeError('it gave no bytes');
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

// A line of input as bytes, or null for none; the core overwrites the bytes once it has them.
function asLine(line) {
  if (line === undefined || line === null) return null;
  return typeof line === 'string' ? new TextEncoder().encode(line) : asBytes(line);
}

// A byte of input, or null at its end.
const asKey = (key) =>
  key === null || key === undefined ? null : checked('byte', (value) => value >= 0 && value < 256)(key);

// A text's bytes in a normalisation form of Unicode.
function normalized(bytes, form) {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  bytes.fill(0);
  return new TextEncoder().encode(text.normalize(form));
}

// What unlocks is called at the end of a scope, where nothing can fail any more.
function asUnlock(unlock) {
  if (unlock === null) return null;
  checked('function', (value) => typeof value === 'function')(unlock);
  return () => void attempt(unlock, nothing, nothing);
}

// --- What a host leaves out ---
const missing = () => {
  throw Object.assign(new Error('this host has no files'), { failure: 'missing' });
};

// Without locks of the host: runs of this process exclude each other, where they have the same files.
const held = new WeakMap();
const lockHere = (files) => (path) => {
  if (!files) return () => {};
  if (!held.has(files)) held.set(files, new Set());
  const paths = held.get(files);
  if (paths.has(path)) return null;
  paths.add(path);
  return () => paths.delete(path);
};

// The verbs on parts of files, for a host that lends whole ones only.
function partsOf({ readFile = missing, replaceFile = missing, fileMode = () => 0o600 }) {
  return {
    fileSize: async (path) => (await readFile(path, Infinity)).length,
    readFilePart: async (path, offset, length) => (await readFile(path, Infinity)).slice(offset, offset + length),
    async truncateFile(path, length) {
      const bytes = await readFile(path, Infinity);
      if (bytes.length > length) await replaceFile(path, bytes.slice(0, length), await fileMode(path));
    },
  };
}

// The verbs on keys, for a host that asks for a whole hidden line by itself.
function keysOf({ readLine = () => null }) {
  let typed = []; // bytes of the line that are still to be handed over
  return {
    hideTyping: () => {},
    async readKey() {
      if (typed.length === 0) {
        const line = asLine(await readLine(true));
        if (line === null) return null;
        typed = [...line, 10];
        line.fill(0);
      }
      return typed.shift();
    },
  };
}

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function withDefaults(host) {
  const defaults = {
    env: {},
    now: Date.now,
    monotonic: () => performance.now(),
    sleep: wait,
    randomFill: (bytes) => void globalThis.crypto.getRandomValues(bytes),
    readFile: missing,
    appendFile: missing,
    replaceFile: missing,
    ...partsOf(host),
    renameFile: missing,
    lockFile: lockHere(host.createFile ?? host.appendFile),
    runtime: 'a JavaScript host',
    freeSpace: () => null,
    fileMode: () => 0o600,
    readRegularFile: missing,
    listFolder: missing,
    makePrivateFolder: missing,
    createFile: missing,
    removeFile: missing,
    shredFile: missing,
    absolute: (path) => path,
    interactive: () => false,
    terminalSize: () => null,
    readLine: () => null,
    ...keysOf(host),
    readInput: () => new Uint8Array(0),
    write: () => {},
  };
  return Object.fromEntries(Object.entries(defaults).map(([name, member]) => [name, host[name] ?? member]));
}

// --- The object ---

// A function whose result the module needs at once.
function sync(name, action, as, failure = 'host') {
  const failed = failureOf(failure, name);
  return (...args) => {
    const result = attempt(() => action(...args), as, failed);
    return result instanceof Promise ? failed(new TypeError('it must not be asynchronous')) : result;
  };
}

/**
 * `progress` and `ask` are the caller's onProgress and onQuestion. `interrupted` is a promise that resolves when the caller
 * gives up; waits end then.
 */
export function lend(host, { progress, ask, approves = false, interrupted } = {}) {
  const lent = withDefaults(host);
  let late = null; // the failure of a callback that had returned
  const running = new Set(); // promises of callbacks
  let broken = null; // why a write that was not waited for has failed
  const interruption = interrupted?.then(() => ({ failure: 'interrupted' }));
  const orInterrupted = (result) =>
    interruption && result instanceof Promise ? Promise.race([result, interruption]) : result;

  const file =
    (name, as) =>
    (...args) =>
      attempt(() => lent[name](...args), as, fileFailure);
  const waiting =
    (name, as, failed) =>
    (...args) =>
      orInterrupted(attempt(() => lent[name](...args), as, failed));
  // What a person types.
  const typing = (name, as) =>
    waiting(name, as, (error) => {
      const failure = fileFailure(error);
      return failure.failure === 'too-large' ? failure : failureOf('host', host.readKey ? name : 'readLine')(error);
    });
  // The module does not wait for what onProgress does after it has returned; finished() does.
  function tell(json) {
    const result = attempt(() => progress?.(parse(json)), nothing, failureOf('callback', 'onProgress'));
    if (!(result instanceof Promise)) return result ?? late;
    running.add(result);
    result.then((failure) => {
      running.delete(result);
      late ??= failure;
    });
    return late;
  }
  const writeFailed = (error) => nameOf(error) ?? 'closed';
  const { agents, console } = host;

  return {
    now: sync('now', () => lent.now(), asNumber),
    monotonic: sync('monotonic', () => lent.monotonic(), asNumber),
    variable: sync(
      'env',
      (name) => lent.env[name],
      (value) => (typeof value === 'string' ? value : null),
    ),
    randomFill: sync('randomFill', (bytes) => lent.randomFill(bytes), nothing),
    sleep: waiting('sleep', nothing, failureOf('host', 'sleep')),
    readFile: waiting('readFile', asBytes, fileFailure),
    appendFile: file('appendFile', nothing),
    replaceFile: file('replaceFile', nothing),
    fileSize: file('fileSize', asLength),
    readFilePart: waiting('readFilePart', asBytes, fileFailure),
    truncateFile: file('truncateFile', nothing),
    renameFile: file('renameFile', nothing),
    lockFile: file('lockFile', asUnlock),
    runtime: asText(lent.runtime),
    freeSpace: file('freeSpace', (bytes) => (bytes === null ? null : asNumber(bytes))),
    fileMode: file('fileMode', asLength),
    readRegularFile: waiting('readRegularFile', asBytes, fileFailure),
    listFolder: file('listFolder', asNames),
    makePrivateFolder: file('makePrivateFolder', Boolean),
    createFile: file('createFile', nothing),
    removeFile: file('removeFile', nothing),
    shredFile: file('shredFile', nothing),
    absolute: sync('absolute', (path) => lent.absolute(path), asText),
    interactive: sync('interactive', () => lent.interactive(), Boolean),
    terminalSize: sync('terminalSize', (stream) => lent.terminalSize(stream), asSize),
    readLine: typing('readLine', asLine),
    hideTyping: sync('hideTyping', (hidden) => lent.hideTyping(hidden), nothing),
    readKey: typing('readKey', asKey),
    readInput: waiting('readInput', asBytes, failureOf('host', 'readInput')),
    normalize: sync('normalize', normalized, asBytes),
    ask: (json) => orInterrupted(attempt(() => ask?.(parse(json)), asLine, failureOf('callback', 'onQuestion'))),
    /** Null, or why it cannot be written. */
    write(stream, bytes) {
      const text = () => (lent.write.takesBytes ? bytes : new TextDecoder().decode(bytes));
      const result = attempt(() => lent.write(stream, text()), nothing, writeFailed);
      if (!(result instanceof Promise)) return result ?? broken;
      result.then((failure) => (broken ??= failure));
      return broken;
    },
    approves,
    progress: tell,
    /** The failure of a callback that rejected after it had returned, once all of them have ended or the caller gave up. */
    finished() {
      if (running.size === 0) return late;
      const ended = Promise.all(running);
      return (interrupted ? Promise.race([ended, interrupted]) : ended).then(() => late);
    },
    agents: agents && {
      // Resolves to whether serving was interrupted.
      serve: (tokenFile) =>
        attempt(
          () => agents.serve(tokenFile),
          (ended) => (ended === true ? { failure: 'interrupted' } : null),
          failureOf('host', 'agents.serve'),
        ),
    },
    console: console && {
      listen: (json, webhookSecret) =>
        attempt(
          () => console.listen({ ...JSON.parse(json), webhookSecret: webhookSecret.slice() }),
          asNumber,
          fileFailure,
        ),
      admit: sync('console.admit', (token) => console.admit(token), nothing),
      open: sync('console.open', (url) => console.open(url), nothing),
      served: () =>
        orInterrupted(
          attempt(
            () => console.served(),
            (again) => again === true,
            failureOf('host', 'console.served'),
          ),
        ),
    },
  };
}
