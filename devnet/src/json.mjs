// JSON that keeps every digit: amounts on a chain have up to 78 of them, a JavaScript number 15.
// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';

// A JSON text that is put into an answer as it is.
export class RawJson {
  constructor(text) {
    this.text = text;
  }
}

// As JSON.stringify(), with big integers as JSON integers.
export function toJson(value) {
  if (value instanceof RawJson) return value.text;
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map((item) => toJson(item) ?? 'null').join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${toJson(member)}`).join()}}`;
}

const marker = `${randomUUID()}:`; // nobody's own text begins like this
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
const isExact = (token) => token.startsWith('"') || !/^-?\d+$/.test(token) || Number.isSafeInteger(Number(token));

// As JSON.parse(), with integers that no JavaScript number is as big integers.
export function parseJson(text) {
  JSON.parse(text); // what is malformed is said of the text itself
  const marked = text.replace(stringOrNumber, (token) => (isExact(token) ? token : `"${marker}${token}"`));
  return JSON.parse(marked, (_, value) =>
    typeof value === 'string' && value.startsWith(marker) ? BigInt(value.slice(marker.length)) : value,
  );
}

// Cents as a JSON number of dollars.
export function dollars(cents) {
  const rest = String(cents % 100n)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return new RawJson(`${cents / 100n}${rest && `.${rest}`}`);
}

// a / b to the nearest integer, halves up; neither is negative.
export const divideRounded = (a, b) => (a + b / 2n) / b;
