// Files that agents name. They lie below the server's folder, are not hidden and not private, and are read once: what is
// planned and what is sent are the same bytes, whatever becomes of the file meanwhile.
// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { refusal } from './failure.mjs';
import { visibleText } from './visible.mjs';

const LARGEST = 64 << 20; // bytes, as core/cli/commands/qualify_event.cpp takes them
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants; // the last two are not on Windows

const denied = (path, problem, hint = '') => refusal('FILE_DENIED', `file '${visibleText(path)}' ${problem}`, hint);

const ledger = /^peaqos(-[^/]*)?\.log$/;
const keyAlone = /^\s*(0x)?[0-9a-f]{64}\s*$/i;
const secretNames = /PRIVATE[_ ]KEY|PASSPHRASE|API_KEY/;

function realPathOf(folder, path) {
  const named = resolve(folder, path);
  checkPlace(folder, path, named); // before the disk is looked at: what lies elsewhere is not even known to be there
  try {
    return realpathSync(named);
  } catch {
    throw denied(path, 'is not there');
  }
}

function checkPlace(folder, path, real) {
  const below = relative(folder, real);
  if (below === '' || isAbsolute(below) || below.split(sep)[0] === '..')
    throw denied(path, "is outside of the server's folder", 'Copy it there');
  const parts = below.split(sep);
  if (parts.some((part) => part.startsWith('.'))) throw denied(path, 'is hidden');
  if (ledger.test(parts.at(-1))) throw denied(path, 'is the ledger of transactions');
}

const isSame = (status, path) => {
  try {
    const { dev, ino } = statSync(path);
    return dev === status.dev && ino === status.ino;
  } catch {
    return false;
  }
};

function readOpen(file, path, secretFiles) {
  const status = fstatSync(file);
  if (!status.isFile()) throw denied(path, 'is no regular file');
  if (status.size > LARGEST) throw denied(path, 'has more than 64 MiB');
  if (secretFiles.some((secret) => isSame(status, secret))) throw denied(path, 'holds a secret');
  if (process.platform !== 'win32' && (status.mode & 0o044) === 0)
    throw denied(path, 'is private to its owner', 'Let others read it (chmod 644) if it holds no secret');
  return readFileSync(file);
}

function checkContent(path, bytes) {
  if (bytes.length > 65536) return;
  const content = bytes.toString('latin1');
  if (keyAlone.test(content) || secretNames.test(content)) throw denied(path, 'looks like a secret');
}

/** Reads a file that an agent names: {path, bytes, sha256}. `secretFiles` are paths that it must not be. */
export function pin(folder, path, secretFiles = []) {
  const real = realPathOf(folder, path);
  checkPlace(folder, path, real);
  let file;
  try {
    file = openSync(real, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    const bytes = readOpen(file, path, secretFiles);
    checkContent(path, bytes);
    return { path, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    throw error.hint === undefined ? denied(path, 'cannot be read') : error;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/**
 * Events name files of their own in these columns, which would be read past pin(). The text alone decides, so that no
 * spelling that the core's reader takes is missed.
 */
export function refuseFilesInEvents({ path, bytes }) {
  if (/\b(raw_data|metadata)\b|\\u00[4-7]/i.test(bytes.toString('latin1')))
    throw denied(
      path,
      'may name further files',
      'Give data_hash and metadata_hex in the place of raw_data and metadata',
    );
}

const tooLarge = () => Object.assign(new Error('too-large'), { failure: 'too-large' });
const closed = () => Object.assign(new Error('denied'), { failure: 'denied' });

/** A host for which pinned files have the bytes that were pinned, and cannot be written. */
export function withPinned(host, pinned) {
  const files = new Map(pinned.map(({ path, bytes }) => [path, bytes]));
  const orPinned =
    (verb, ofPinned) =>
    (path, ...rest) =>
      files.has(path) ? ofPinned(files.get(path), ...rest) : host[verb](path, ...rest);
  const whole = (bytes, limit) => {
    if (bytes.length > limit) throw tooLarge();
    return bytes;
  };
  const written = ['appendFile', 'replaceFile', 'truncateFile', 'renameFile', 'createFile', 'removeFile', 'shredFile'];
  return {
    ...host,
    readFile: orPinned('readFile', whole),
    readRegularFile: orPinned('readRegularFile', whole),
    fileSize: orPinned('fileSize', (bytes) => bytes.length),
    readFilePart: orPinned('readFilePart', (bytes, offset, length) => bytes.subarray(offset, offset + length)),
    fileMode: orPinned('fileMode', () => 0o644),
    ...Object.fromEntries(written.map((verb) => [verb, orPinned(verb, () => Promise.reject(closed()))])),
  };
}
