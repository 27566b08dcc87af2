// Turns a JavaScript host (see Host in index.d.ts) into the object that the module's JsHost calls. There nothing throws
// and no promise rejects: a failure of a function is the value {failure: name}, and write answers
// whether its reader is still there.
// SPDX-License-Identifier: Apache-2.0

const failure = (error) => ({ failure: error?.failure ?? 'other' });

// Either the value of a function, or its failure; a promise for either when the function is asynchronous.
function attempt(action) {
  try {
    const result = action();
    return result instanceof Promise ? result.catch(failure) : result;
  } catch (error) {
    return failure(error);
  }
}

const missing = () => {
  throw Object.assign(new Error('this host has no files'), { failure: 'missing' });
};

// A line of input as bytes, or null for none; the core overwrites the bytes once it has them.
async function asLine(answer) {
  const line = await answer;
  if (line === undefined || line === null) return null;
  return typeof line === 'string' ? new TextEncoder().encode(line) : line;
}

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// What unlocks is called at the end of a scope, where nothing can fail any more.
async function asUnlock(lock) {
  const unlock = await lock;
  return unlock && (() => void attempt(unlock));
}

// `interrupted` is a promise that resolves when the caller gives up; waits end then.
export function lend(host, { progress, ask, approves = false, interrupted } = {}) {
  const orInterrupted = (result) =>
    interrupted && result instanceof Promise
      ? Promise.race([result, interrupted.then(() => ({ failure: 'interrupted' }))])
      : result;
  const { env = {}, now = Date.now, sleep = wait, randomFill, write, interactive = () => false, readLine } = host;
  const { readFile = missing, appendFile = missing, replaceFile = missing, absolute = (path) => path } = host;
  const { readRegularFile = missing, listFolder = missing, makePrivateFolder = missing } = host;
  const { lockFile = () => () => {} } = host; // who lends no locks has no second run to fear
  const { fileMode = () => 0o600, createFile = missing, removeFile = missing, shredFile = missing } = host;
  return {
    now,
    variable: (name) => env[name],
    randomFill: randomFill ?? ((bytes) => void globalThis.crypto.getRandomValues(bytes)),
    sleep: (milliseconds) => orInterrupted(attempt(() => sleep(milliseconds))),
    readFile: (path, limit) => orInterrupted(attempt(() => readFile(path, limit))),
    appendFile: (path, bytes, mode) => attempt(() => appendFile(path, bytes, mode)),
    replaceFile: (path, bytes, mode) => attempt(() => replaceFile(path, bytes, mode)),
    lockFile: (path) => attempt(() => asUnlock(lockFile(path))),
    fileMode: (path) => attempt(() => fileMode(path)),
    readRegularFile: (path, limit) => orInterrupted(attempt(() => readRegularFile(path, limit))),
    listFolder: (path) => attempt(() => listFolder(path)),
    makePrivateFolder: (path) => attempt(() => makePrivateFolder(path)),
    createFile: (path, bytes, mode) => attempt(() => createFile(path, bytes, mode)),
    removeFile: (path) => attempt(() => removeFile(path)),
    shredFile: (path) => attempt(() => shredFile(path)),
    absolute,
    interactive,
    readLine: (hidden) => orInterrupted(attempt(() => asLine(readLine?.(hidden)))),
    ask: (json) => orInterrupted(attempt(async () => asLine(ask?.(JSON.parse(json))))),
    write(stream, bytes) {
      try {
        write?.(stream, write.takesBytes ? bytes : new TextDecoder().decode(bytes));
        return true;
      } catch {
        return false;
      }
    },
    approves,
    progress: (json) => progress?.(JSON.parse(json)),
    console: host.console && {
      listen: (json) => attempt(() => host.console.listen(JSON.parse(json))),
      admit: host.console.admit,
      open: host.console.open,
      served: () => orInterrupted(attempt(host.console.served)),
    },
  };
}
