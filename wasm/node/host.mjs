// The host that Node lends to the core: files, environment, standard output, randomness.
// SPDX-License-Identifier: Apache-2.0
import fs from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isatty } from 'node:tty';
import { createLineReader } from './line_reader.mjs';
import { lockFile } from './lock.mjs';

const failures = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EISDIR: 'not-a-file',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'denied',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EEXIST: 'exists',
  ELOOP: 'not-a-file',
  ENXIO: 'not-a-file', // a pipe without a reader, or a socket
  EPIPE: 'closed',
};

const failed = (failure, cause) => Object.assign(new Error(failure, { cause }), { failure });
const fileError = (error) => (error.failure ? error : failed(failures[error.code] ?? 'other', error));

// A regular file is read at once, which is quicker; what may keep one waiting, such as a named pipe, is not.
function read(path, limit) {
  const status = fs.statSync(path);
  if (!status.isFile()) return readSlowly(path, limit);
  if (status.size > limit) throw failed('too-large');
  return fs.readFileSync(path);
}

async function readSlowly(path, limit) {
  const parts = [];
  let length = 0;
  try {
    for await (const part of fs.createReadStream(path)) {
      length += part.length;
      if (length > limit) throw failed('too-large');
      parts.push(part);
    }
  } catch (error) {
    throw fileError(error);
  }
  return Buffer.concat(parts);
}

// As opening with 'a', but tells whether that made the file.
function openToAppend(path, mode) {
  try {
    return [fs.openSync(path, fs.constants.O_WRONLY | fs.constants.O_APPEND), false];
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return [fs.openSync(path, 'a', mode), true];
  }
}

function append(path, bytes, mode) {
  const [file, isNew] = openToAppend(path, mode);
  try {
    const status = fs.fstatSync(file);
    // Only a regular file's mode is ours to set: the path may name a device.
    if (status.isFile() && (status.mode & 0o777) !== mode) fs.fchmodSync(file, mode);
    writeAll(file, bytes);
    if (status.isFile()) fs.fsyncSync(file);
  } finally {
    fs.closeSync(file);
  }
  if (isNew || bytes.length === 0) syncFolder(dirname(fs.realpathSync(path)));
}

function writeAll(file, bytes) {
  for (let at = 0; at < bytes.length;) at += fs.writeSync(file, bytes, at);
}

function replace(path, bytes, mode) {
  const temporary = join(dirname(path), `.peaqos-${process.pid}-${Date.now()}`);
  try {
    const file = fs.openSync(temporary, 'wx', mode);
    try {
      writeAll(file, bytes);
      fs.fchmodSync(file, mode);
      fs.fsyncSync(file);
    } finally {
      fs.closeSync(file);
    }
    fs.renameSync(temporary, path);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

// Makes a new name in a folder last; a file system that cannot do it has done its best.
function syncFolder(path) {
  try {
    const folder = fs.openSync(path, 'r');
    fs.fsyncSync(folder);
    fs.closeSync(folder);
  } catch {
    return;
  }
}

const { O_RDONLY, O_WRONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants; // the last two are not on Windows

// A regular file and nothing else: a pipe is not waited for.
function withRegular(path, flags, use) {
  const file = fs.openSync(path, flags | O_NONBLOCK);
  try {
    const status = fs.fstatSync(file);
    if (!status.isFile()) throw failed('not-a-file');
    return use(file, status.size);
  } finally {
    fs.closeSync(file);
  }
}

const readRegular = (path, limit, followLink) =>
  withRegular(path, O_RDONLY | (followLink ? 0 : O_NOFOLLOW), (file, size) => {
    if (size > limit) throw failed('too-large');
    return fs.readFileSync(file);
  });

function list(path) {
  try {
    return fs.readdirSync(path);
  } catch (error) {
    throw error.code === 'ENOTDIR' ? failed('not-a-folder', error) : error;
  }
}

function sizeOf(path) {
  const status = fs.statSync(path);
  if (!status.isFile()) throw failed('not-a-file');
  return status.size;
}

const readPart = (path, offset, length) =>
  withRegular(path, O_RDONLY, (file, size) => {
    const part = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
    let filled = 0;
    while (filled < part.length) {
      const count = fs.readSync(file, part, filled, part.length - filled, offset + filled);
      if (count === 0) break; // it was cut meanwhile
      filled += count;
    }
    return part.subarray(0, filled);
  });

const truncate = (path, length) =>
  withRegular(path, O_WRONLY, (file, size) => {
    if (size <= length) return;
    fs.ftruncateSync(file, length);
    fs.fsyncSync(file);
  });

function rename(from, to) {
  sizeOf(from); // throws unless it is a file
  // An empty file of our own keeps others from the name, which rename alone would take from them.
  fs.closeSync(fs.openSync(to, 'wx', 0o600));
  try {
    fs.renameSync(from, to);
  } catch (error) {
    fs.rmSync(to, { force: true });
    throw error;
  }
  for (const folder of new Set([dirname(to), dirname(from)])) syncFolder(folder);
}

function makePrivateFolder(path) {
  const mode = 0o700;
  try {
    fs.mkdirSync(path, { mode });
    syncFolder(dirname(path));
    return false;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const status = fs.statSync(path);
  if (!status.isDirectory()) throw failed('not-a-folder');
  if ((status.mode & 0o7777) === mode || process.platform === 'win32') return false;
  fs.chmodSync(path, mode);
  return (status.mode & 0o077) !== 0;
}

// Windows has no such bits, and the ones that Node makes up for it would look open to everyone.
function mode(path) {
  const status = fs.statSync(path);
  return process.platform === 'win32' ? 0o600 : status.mode & 0o7777;
}

function freeSpace(path) {
  try {
    const { bavail, bsize } = fs.statfsSync(path);
    return bavail * bsize;
  } catch {
    return null;
  }
}

function create(path, bytes, mode) {
  const file = fs.openSync(path, 'wx', mode);
  try {
    writeAll(file, bytes);
    fs.fsyncSync(file);
  } catch (error) {
    fs.rmSync(path, { force: true });
    throw error;
  } finally {
    fs.closeSync(file);
    syncFolder(dirname(path));
  }
}

function shred(path) {
  withRegular(path, O_WRONLY | O_NOFOLLOW, (file, size) => {
    const noise = new Uint8Array(65536);
    for (let at = 0; at < size; at += noise.length) {
      globalThis.crypto.getRandomValues(noise);
      writeAll(file, noise.subarray(0, Math.min(noise.length, size - at)));
    }
    fs.fsyncSync(file);
  });
  fs.unlinkSync(path);
  syncFolder(dirname(path));
}

// The streams are looked at only where they are terminals: of pipes Node would make non-blocking ones.
function terminalSize(stream) {
  if (!isatty(stream === 'out' ? 1 : 2)) return null;
  const { rows = 0, columns = 0 } = stream === 'out' ? process.stdout : process.stderr;
  return { rows, columns };
}

// Writes past Node's streams, which are slow to set up and may lose what is unwritten at the process's end.
function write(descriptor, bytes) {
  for (let at = 0; at < bytes.length;) {
    try {
      at += fs.writeSync(descriptor, bytes, at);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5); // a full non-blocking pipe: its reader is slow
    }
  }
}

// The working directory may have been removed: a path is then shown as it is.
function absolute(path) {
  try {
    return resolve(path);
  } catch {
    return path;
  }
}

const orFileError =
  (action) =>
  (...args) => {
    try {
      return action(...args);
    } catch (error) {
      throw fileError(error);
    }
  };

let input;
const standardInput = () => (input ??= createLineReader(process.stdin));

export const nodeHost = {
  env: process.env,
  runtime: `Node.js ${process.versions.node}`,
  readFile: orFileError(read),
  appendFile: orFileError(append),
  replaceFile: orFileError(replace),
  fileSize: orFileError(sizeOf),
  readFilePart: orFileError(readPart),
  truncateFile: orFileError(truncate),
  renameFile: orFileError(rename),
  lockFile: (path) =>
    lockFile(path).catch((error) => {
      throw fileError(error);
    }),
  freeSpace,
  fileMode: orFileError(mode),
  readRegularFile: orFileError(readRegular),
  listFolder: orFileError(list),
  makePrivateFolder: orFileError(makePrivateFolder),
  createFile: orFileError(create),
  removeFile: orFileError((path) => fs.unlinkSync(path)),
  shredFile: orFileError(shred),
  absolute,
  interactive: () => isatty(0),
  terminalSize,
  readLine: () => standardInput().readLine(),
  hideTyping: (hidden) => standardInput().hideTyping(hidden),
  readKey: () => standardInput().readKey(),
  readInput: (length) => standardInput().readPart(length),
  write: Object.assign((stream, bytes) => orFileError(write)(stream === 'out' ? 1 : 2, bytes), { takesBytes: true }),
};

// PEM text of the certificate authorities that SSL_CERT_FILE names.
export function readCertificates() {
  const path = process.env.SSL_CERT_FILE;
  return path ? fs.readFileSync(path, 'utf8') : undefined;
}
