// Requests as JSON for the core. Nothing is changed on the way without a word: what JSON has no form for, and numbers
// that have lost digits, are refused by their names.
// SPDX-License-Identifier: Apache-2.0
import { badField } from './failure.mjs';

const MOST_LEVELS = 100;

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const bytesOf = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

/** The bytes of a view of whatever kind: "0x...". */
export const bytesText = (view) => `0x${hex(bytesOf(view))}`;

function checkNumber(value, name) {
  if (!Number.isFinite(value)) throw badField(name, `is ${value}`, 'Give a number');
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw badField(name, 'is a number beyond 2^53 - 1, whose last digits are lost', 'Give it as a bigint or a text');
}

// The scalars of a request: numbers travel as their decimal text, bytes as hexadecimal text.
const ofRequest = {
  number: (value) => JSON.stringify(String(value)),
  bigint: (value) => `"${value}"`,
  bytes: (view) => `"${bytesText(view)}"`,
};

// Those of JSON that somebody else reads.
const ofUserJson = {
  number: String,
  bigint: String,
  bytes: (_, name) => {
    throw badField(name, 'is bytes, for which JSON has no form', 'Give a text');
  },
};

function encodeList(list, name, scalars, depth) {
  // An absent item is null, as JSON.stringify has it.
  const items = Array.from(list, (item, i) => encode(item, `${name}[${i}]`, scalars, depth) ?? 'null');
  return `[${items.join()}]`;
}

function encodeObject(object, name, scalars, depth) {
  const members = Object.entries(object)
    .map(([key, value]) => [key, encode(value, name ? `${name}.${key}` : key, scalars, depth)])
    .filter(([, text]) => text !== undefined)
    .map(([key, text]) => `${JSON.stringify(key)}:${text}`);
  return `{${members.join()}}`;
}

// The JSON of a value, or undefined for undefined.
function encode(value, name, scalars, depth = 0) {
  if (depth > MOST_LEVELS)
    throw badField(name.slice(0, name.search(/[.[]|$/)), 'is nested too deeply, or holds itself');
  switch (typeof value) {
    case 'undefined':
      return undefined;
    case 'number':
      checkNumber(value, name);
      return scalars.number(value);
    case 'bigint':
      return scalars.bigint(value);
    case 'object':
      if (value === null) return 'null';
      if (ArrayBuffer.isView(value)) return scalars.bytes(value, name);
      if (typeof value.toJSON === 'function') return encode(value.toJSON(), name, scalars, depth + 1);
      return Array.isArray(value)
        ? encodeList(value, name, scalars, depth + 1)
        : encodeObject(value, name, scalars, depth + 1);
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    default:
      throw badField(name, `is a ${typeof value}`);
  }
}

/** The text of a request's members. */
export const requestText = (request = {}) => encode(request, '', ofRequest);

/** The JSON of a value that somebody else reads, or undefined for undefined. */
export const valueText = (value, name) => encode(value, name, ofUserJson);

/** JSON of the user's own, which goes on untouched: the text that it is given as, or the text of a value. */
export const userJson = (value, name) => (value === null || typeof value === 'string' ? value : valueText(value, name));
