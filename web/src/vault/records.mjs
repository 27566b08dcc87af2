// Encrypted records: AES-GCM under the data key, the record's id and mode as additional data, so that one cannot be put
// into the place of another.
// SPDX-License-Identifier: Apache-2.0
import { tampered } from './trouble.mjs';

const utf8 = (text) => new TextEncoder().encode(text);

/** The records of an open vault: {get, put, remove, ids}. `onTampered` hears of every one that cannot be trusted. */
export function encryptedRecords(database, vault, dataKey, onTampered = () => {}) {
  const about = (id, { version, mode, modified }) =>
    utf8(JSON.stringify(['peaqos record', vault, version, id, mode, modified]));
  return {
    /** {bytes, mode, modified}, or undefined. */
    async get(id) {
      const record = await database.get('records', id);
      if (!record) return undefined;
      try {
        const cipher = { name: 'AES-GCM', iv: record.iv, additionalData: about(id, record) };
        const bytes = new Uint8Array(await crypto.subtle.decrypt(cipher, dataKey, record.data));
        return { bytes, mode: record.mode, modified: record.modified };
      } catch {
        const error = tampered(`The record ${id.split('/').pop()} of the vault`);
        onTampered(error.message);
        throw error;
      }
    },
    async put(id, bytes, mode) {
      const facts = { version: 1, mode, modified: Date.now() };
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const cipher = { name: 'AES-GCM', iv, additionalData: about(id, facts) };
      const data = new Uint8Array(await crypto.subtle.encrypt(cipher, dataKey, bytes));
      await database.put('records', id, { ...facts, iv, data });
    },
    remove: (id) => database.remove('records', id),
    ids: () => database.keys('records'),
  };
}

/** The same, in memory alone: for looking around without a vault. */
export function passingRecords() {
  const records = new Map();
  return {
    get: async (id) => records.get(id),
    put: async (id, bytes, mode) => void records.set(id, { bytes: bytes.slice(), mode, modified: Date.now() }),
    remove: async (id) => void records.delete(id),
    ids: async () => [...records.keys()],
  };
}
