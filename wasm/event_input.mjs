// Events of a program as the lines that the core reads.
// SPDX-License-Identifier: Apache-2.0
import { badField } from './failure.mjs';
import { valueText } from './wire.mjs';

// Members that are not spelt as their column is.
const columns = {
  machineId: 'machine_id',
  sourceChain: 'source_chain',
  sourceTx: 'source_tx',
  dataHash: 'data_hash',
  metadata: 'metadata_hex',
};
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

function lineOf(event, number) {
  const name = `event ${number}`;
  if (typeof event !== 'object' || event === null) throw badField(name, 'is not an object');
  const members = Object.entries(event)
    .map(([member, value]) => {
      const given = member === 'metadata' && ArrayBuffer.isView(value) ? `0x${hex(value)}` : value;
      return [columns[member] ?? member, valueText(given, `${member} of ${name}`)];
    })
    .filter(([, text]) => text !== undefined)
    .map(([column, text]) => `${JSON.stringify(column)}:${text}`);
  return `{${members.join()}}\n`;
}

/**
 * A reader of an (async) iterable of events, or of chunks of a file (Uint8Array): `read(length)` gives the next bytes, none
 * at the end. An event that has no form ends the input; it is the `failure`.
 */
export function eventInput(events) {
  const iterator = events[Symbol.asyncIterator]?.() ?? events[Symbol.iterator]();
  let rest = new Uint8Array(0);
  let count = 0;

  async function next() {
    const { done, value } = await iterator.next();
    if (done) return undefined;
    return ArrayBuffer.isView(value) ? value : new TextEncoder().encode(lineOf(value, ++count));
  }

  const input = {
    failure: undefined,
    async read(length) {
      try {
        while (rest.length === 0) {
          const bytes = await next();
          if (!bytes) return rest;
          rest = bytes;
        }
      } catch (error) {
        input.failure = error;
        return new Uint8Array(0);
      }
      const part = rest.subarray(0, length);
      rest = rest.subarray(length);
      return part;
    },
    /** Tells the source that no more is wanted. */
    close: async () => void (await iterator.return?.()),
  };
  return input;
}
