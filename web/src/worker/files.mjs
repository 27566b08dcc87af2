// The core's files: records of the vault. The working directory is the home directory; what is elsewhere belongs to the
// person's own disk, and is asked for and handed out by the page.
// SPDX-License-Identifier: Apache-2.0

export const home = '/home/operator';

const failed = (failure, path) => Object.assign(new Error(`${path}: ${failure}`), { failure });

/** The absolute form of a path, its "." and ".." worked out. */
export function absolute(path) {
  const parts = [];
  for (const part of (path.startsWith('/') ? path : `${home}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

const kept = [`${home}/.env`, `${home}/peaqos.log`, `${home}/peaqos-policy.json`, `${home}/.ows`];
const keptBelow = [`${home}/.ows/`, `${home}/.peaqos/`, `${home}/peaqos.log.`]; // the last: older parts of the log
const isKept = (path) => kept.includes(path) || keptBelow.some((start) => path.startsWith(start));

const fileId = (path) => `file:${path}`;
const folderId = (path) => `folder:${path}`;

// Two tabs write the same records: one at a time.
const alone = (path, action) => navigator.locks.request(`peaqos-file:${path}`, action);

function joined(first, second) {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

/** `disk` is {read(path), save(path, bytes)}, or nothing when nobody is there to choose files. */
export function filesOver(records, disk) {
  const find = (path) => records.get(fileId(path));

  async function readFile(name, limit) {
    const path = absolute(name);
    const bytes = isKept(path) || !disk ? (await find(path))?.bytes : await disk.read(name);
    if (!bytes) throw failed('missing', name);
    if (bytes.length > limit) throw failed('too-large', name);
    return bytes;
  }

  // `replacing`: whether a file may be there already. Saving on the person's disk is the browser's own business.
  function put(name, bytes, mode, replacing) {
    const path = absolute(name);
    if (!isKept(path) && disk) return disk.save(name, bytes);
    return alone(path, async () => {
      if (!replacing && (await find(path))) throw failed('exists', name);
      await records.put(fileId(path), bytes, mode);
    });
  }

  async function fileSize(name) {
    const record = await find(absolute(name));
    if (!record) throw failed('missing', name);
    return record.bytes.length;
  }

  function truncateFile(name, length) {
    const path = absolute(name);
    return alone(path, async () => {
      const record = await find(path);
      if (!record) throw failed('missing', name);
      if (record.bytes.length > length) await records.put(fileId(path), record.bytes.slice(0, length), record.mode);
    });
  }

  // The new name first: what stops in between leaves two files, not none.
  function renameFile(from, to) {
    const [source, target] = [absolute(from), absolute(to)];
    return alone(source, () =>
      alone(target, async () => {
        const record = await find(source);
        if (!record) throw failed('missing', from);
        if (await find(target)) throw failed('exists', to);
        await records.put(fileId(target), record.bytes, record.mode);
        await records.remove(fileId(source));
      }),
    );
  }

  async function removeFile(name) {
    const path = absolute(name);
    await alone(path, async () => {
      if (!(await find(path))) throw failed('missing', name);
      await records.remove(fileId(path));
    });
  }

  return {
    absolute,
    readFile,
    readRegularFile: readFile,
    fileSize,
    readFilePart: async (name, offset, length) => (await readFile(name, Infinity)).slice(offset, offset + length),
    truncateFile,
    renameFile,
    // Held until it is given back, or until the worker ends.
    lockFile: (name) =>
      new Promise((taken, refused) => {
        const hold = (lock) => (lock ? new Promise((unlock) => taken(unlock)) : taken(null));
        navigator.locks.request(`peaqos-run:${absolute(name)}`, { ifAvailable: true }, hold).catch(refused);
      }),
    async fileMode(name) {
      const record = await find(absolute(name));
      if (!record) throw failed('missing', name);
      return record.mode;
    },
    appendFile(name, more, mode) {
      const path = absolute(name);
      return alone(path, async () => {
        const { bytes } = (await find(path)) ?? { bytes: new Uint8Array() };
        await records.put(fileId(path), joined(bytes, more), mode);
      });
    },
    replaceFile: (name, bytes, mode) => put(name, bytes, mode, true),
    createFile: (name, bytes, mode) => put(name, bytes, mode, false),
    removeFile,
    // What the record held is ciphertext; where the browser keeps it is not ours to overwrite.
    shredFile: removeFile,
    async listFolder(name) {
      const folder = absolute(name);
      const within = new RegExp(`^file:${folder.replaceAll('.', '\\.')}/([^/]+)$`);
      const ids = await records.ids();
      const names = ids.map((id) => within.exec(id)?.[1]).filter(Boolean);
      if (names.length === 0 && !ids.includes(folderId(folder))) throw failed('missing', name);
      return names;
    },
    async makePrivateFolder(name) {
      await records.put(folderId(absolute(name)), new Uint8Array(), 0o700);
      return false;
    },
  };
}
