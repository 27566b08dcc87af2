// Events of a program as the lines that the core reads.
// SPDX-License-Identifier: Apache-2.0
import { badField } from './failure.mjs';
import { bytesText, valueText } from './wire.mjs';

// Members that are not spelt as their column is.
const columns = {
  machineId: 'machine_id',
  sourceChain: 'source_chain',
  sourceTx: 'source_tx',
  dataHash: 'data_hash',
  metadata: 'metadata_hex',
};

function lineOf(event, number) {
  const name = `event ${number}`;
  if (typeof event !== 'object' || event === null) throw badField(name, 'is not an object');
  const members = Object.entries(event)
    .map(([member, value]) => {
      const given = member === 'metadata' && ArrayBuffer.isView(value) ? bytesText(value) : value;
      return [columns[member] ?? member, valueText(given, `${member} of ${name}`)];
    })
    .filter(([, text]) => text !== undefined)
    .map(([column, text]) => `${JSON.stringify(column)}:${text}`);
  return `{${members.join()}}\n`;
}

const LATE = Symbol('late');
const nextTurn = () => new Promise((resolve) => setTimeout(resolve, 0, LATE));

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * A reader of an (async) iterable of events, or of chunks of a file (Uint8Array): `read(length)` gives the next bytes, none
 * at the end. It waits for the first of them, and takes what is there beside it: who gets less than `length` knows that
 * more is still to be made. An event that has no form ends the input; it is the `failure`.
 */
export function eventInput(events) {
  const iterator = events[Symbol.asyncIterator]?.() ?? events[Symbol.iterator]();
  let count = 0;
  let coming; // what was asked of the iterator, and is still to come
  let rest; // of a chunk that was larger than what was wanted
  let ended = false;

  async function chunk() {
    const { done, value } = await iterator.next();
    if (done) return undefined;
    return ArrayBuffer.isView(value) ? value : new TextEncoder().encode(lineOf(value, ++count));
  }

  async function take(patient) {
    if (rest) return rest;
    if (!coming) {
      coming = chunk();
      coming.catch(() => {}); // it may be left alone
    }
    const bytes = await (patient ? coming : Promise.race([coming, nextTurn()]));
    if (bytes !== LATE) coming = undefined;
    return bytes;
  }

  const input = {
    failure: undefined,
    async read(length) {
      const parts = [];
      for (let left = length; left > 0 && !ended;) {
        let bytes;
        try {
          bytes = await take(parts.length === 0);
        } catch (error) {
          input.failure = error;
        }
        if (bytes === LATE) break;
        ended = bytes === undefined;
        if (ended) break;
        parts.push(bytes.subarray(0, left));
        rest = bytes.length > left ? bytes.subarray(left) : undefined;
        left -= parts.at(-1).length;
      }
      return joined(parts);
    },
    /** Tells the source that no more is wanted. It may be in the middle of something, which nobody waits for. */
    close: () => void Promise.resolve(iterator.return?.()).catch(() => {}),
  };
  return input;
}
