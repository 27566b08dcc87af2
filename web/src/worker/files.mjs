// The core's files: records of the vault. The working directory is the home directory; what is elsewhere belongs to the
// person's own disk, and is asked for and handed out by the page.
// SPDX-License-Identifier: Apache-2.0

export const home = '/home/operator';

const missing = (path) => Object.assign(new Error(`${path} is missing`), { failure: 'missing' });

/** The absolute form of a path, its "." and ".." worked out. */
export function absolute(path) {
  const parts = [];
  for (const part of (path.startsWith('/') ? path : `${home}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

const kept = [`${home}/.env`, `${home}/peaqos.log`];
const isKept = (path) => kept.includes(path) || path.startsWith(`${home}/.ows/`);
const idOf = (path) => `file:${path}`;

// Two tabs write the same records: one at a time.
const alone = (path, action) => navigator.locks.request(`peaqos-file:${path}`, action);

/** `disk` is {read(path), save(path, bytes)}, or nothing when nobody is there to choose files. */
export function filesOver(records, disk) {
  async function get(path) {
    const record = await records.get(idOf(path));
    if (!record) throw missing(path);
    return record;
  }
  return {
    absolute,
    async readFile(name, limit) {
      const path = absolute(name);
      const bytes = isKept(path) || !disk ? (await get(path)).bytes : await disk.read(name);
      if (!bytes) throw missing(name);
      if (bytes.length > limit) throw Object.assign(new Error(`${name} is too large`), { failure: 'too-large' });
      return bytes;
    },
    appendFile(name, more, mode) {
      const path = absolute(name);
      return alone(path, async () => {
        const { bytes } = (await records.get(idOf(path))) ?? { bytes: new Uint8Array() };
        const all = new Uint8Array(bytes.length + more.length);
        all.set(bytes);
        all.set(more, bytes.length);
        await records.put(idOf(path), all, mode);
      });
    },
    replaceFile(name, bytes, mode) {
      const path = absolute(name);
      if (!isKept(path) && disk) return disk.save(name, bytes);
      return alone(path, () => records.put(idOf(path), bytes, mode));
    },
  };
}
