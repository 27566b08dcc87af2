// A lock between processes that ends with its holder, however that ends. Node has no flock, but the kernel knows which
// sockets live: a holder listens on a file of its own beside what it locks, and one that takes no connection is nobody's.
// native/src/socket_lock.cpp does the same, so that the two exclude each other.
// SPDX-License-Identifier: Apache-2.0
import fs from 'node:fs';
import { basename, dirname, join } from 'node:path';

const isGone = (error) => error.code === 'ECONNREFUSED' || error.code === 'ENOENT';

// Whoever cannot be asked counts as living.
const lives = (net, path) =>
  new Promise((resolve) => {
    const socket = net.connect(path);
    socket.once('connect', () => resolve(true)).once('error', (error) => resolve(!isGone(error)));
    socket.once('connect', () => socket.destroy());
  });

// Whether somebody else holds the lock. What dead holders left is swept away: their names are never used again.
async function isTaken(net, path, own) {
  const prefix = `${basename(path)}.lock-`;
  for (const entry of fs.readdirSync(dirname(path), { withFileTypes: true })) {
    const file = join(dirname(path), entry.name);
    if (!entry.name.startsWith(prefix) || !entry.isSocket() || file === own) continue;
    if (await lives(net, file)) return true;
    fs.rmSync(file, { force: true });
  }
  return false;
}

function listen(net, path) {
  const server = net.createServer((socket) => socket.destroy()).unref();
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(path, () => resolve(server));
  });
}

/** Resolves to the function that unlocks, or to null when another has the lock. */
export async function lockFile(path) {
  if (process.platform === 'win32') return () => {}; // it has no files that are sockets
  const net = await import('node:net');
  if (await isTaken(net, path)) return null;
  // Who sees its name finds it listening: it gets the name afterwards. Of two at once, each sees the other, or one does.
  const own = join(dirname(path), `${basename(path)}.lock-${globalThis.crypto.randomUUID()}`);
  const server = await listen(net, `${own}.new`);
  const unlock = () => {
    fs.rmSync(own, { force: true });
    server.close();
  };
  try {
    fs.renameSync(`${own}.new`, own);
    if (!(await isTaken(net, path, own))) return unlock;
  } catch (error) {
    unlock();
    if (error.code === 'ENOENT') return null; // swept away before it listened
    throw error;
  }
  unlock();
  return null;
}
