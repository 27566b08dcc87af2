// A lock between processes that ends with its holder, however that ends. Node has no flock, but the kernel knows which
// sockets live: a holder listens on a file of its own beside what it locks, and one that takes no connection is nobody's.
// native/src/socket_lock.cpp does the same, so that the two exclude each other.
// SPDX-License-Identifier: Apache-2.0
import fs from 'node:fs';
import { basename, dirname, join } from 'node:path';

// Bytes of a socket's path: unix(7) here, and of Apple's sys/un.h.
const longestAddress = () => (process.platform === 'darwin' ? 103 : 107);

const isGone = (error) => error.code === 'ECONNREFUSED' || error.code === 'ENOENT';

// A lock's folder, open for as long as its sockets are used. A path that is too long for a socket goes by way of the open
// folder, where the system has /proc.
function openFolder(path) {
  const descriptor = fs.openSync(path, 'r');
  const pathOf = (name) => join(path, name);
  return {
    pathOf,
    addressOf(name) {
      const addresses = [
        pathOf(name),
        ...(process.platform === 'linux' ? [`/proc/self/fd/${descriptor}/${name}`] : []),
      ];
      const address = addresses.find((one) => Buffer.byteLength(one) <= longestAddress());
      if (!address) throw new Error(`${pathOf(name)} is too long for a lock`);
      return address;
    },
    socketsBeginningWith: (prefix) =>
      fs
        .readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.name.startsWith(prefix) && entry.isSocket())
        .map(({ name }) => name),
    close: () => fs.closeSync(descriptor),
  };
}

// A holder that cannot be asked counts as living.
const lives = (net, address) =>
  new Promise((resolve) => {
    const socket = net.connect(address);
    socket.once('connect', () => resolve(true)).once('error', (error) => resolve(!isGone(error)));
    socket.once('connect', () => socket.destroy());
  });

// Whether another holder has the lock. What dead holders left is swept away: their names are never used again.
async function isTaken(net, folder, prefix, own) {
  for (const name of folder.socketsBeginningWith(prefix)) {
    if (name === own) continue;
    if (await lives(net, folder.addressOf(name))) return true;
    fs.rmSync(folder.pathOf(name), { force: true });
  }
  return false;
}

function listen(net, address) {
  const server = net.createServer((socket) => socket.destroy()).unref();
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(address, () => resolve(server));
  });
}

// 64 random bits: enough for a name that is never used twice.
const newSuffix = () => Buffer.from(globalThis.crypto.getRandomValues(new Uint8Array(8))).toString('hex');

async function take(net, folder, prefix) {
  if (await isTaken(net, folder, prefix)) return null;
  // Who sees its name finds it listening: it gets the name afterwards. Of two at once, each sees the other, or one does.
  const own = prefix + newSuffix();
  const server = await listen(net, folder.addressOf(`${own}.new`));
  const unlock = () => {
    fs.rmSync(folder.pathOf(own), { force: true });
    server.close();
  };
  try {
    fs.renameSync(folder.pathOf(`${own}.new`), folder.pathOf(own));
    if (!(await isTaken(net, folder, prefix, own))) return unlock;
  } catch (error) {
    unlock();
    if (error.code === 'ENOENT') return null; // swept away before it listened
    throw error;
  }
  unlock();
  return null;
}

/** Resolves to the function that unlocks, or to null when another has the lock. */
export async function lockFile(path) {
  if (process.platform === 'win32') return () => {}; // it has no files that are sockets
  const net = await import('node:net');
  const folder = openFolder(dirname(path));
  try {
    return await take(net, folder, `${basename(path)}.lock-`);
  } finally {
    folder.close();
  }
}
