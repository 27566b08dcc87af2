// A tool's input, checked, and as the words of a command line. A value can become nothing but the value of its own
// option or argument: options are written `--name=value`, arguments stand behind `--`.
// SPDX-License-Identifier: Apache-2.0
import { refusal } from './failure.mjs';
import { visibleText } from './visible.mjs';

const unseen = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

const quoted = (value) => `'${visibleText(String(value)).slice(0, 80)}'`;
const bad = (name, problem, hint = '') => refusal('BAD_FIELD', `${name} ${problem}`, hint);

function checkText(name, value, { maxLength, enum: words, pattern }) {
  if (typeof value !== 'string') throw bad(name, 'must be a text');
  if (maxLength !== undefined && value.length > maxLength)
    throw bad(name, `has ${value.length} characters`, `At most ${maxLength} are taken`);
  if (unseen.test(value)) throw bad(name, 'holds a character that cannot be seen', 'Give one line of plain text');
  if (words && !words.includes(value)) throw bad(name, `is ${quoted(value)}`, `Give one of ${words.join(', ')}`);
  if (pattern && !new RegExp(pattern).test(value)) throw bad(name, `is ${quoted(value)}`, 'Give a number');
}

function checkNumber(name, value, { type }) {
  if (!Number.isFinite(value) || (type === 'integer' && !Number.isInteger(value)))
    throw bad(name, `is ${value}`, `Give ${type === 'integer' ? 'a whole number' : 'a number'}`);
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw bad(name, 'is a number whose last digits are lost', 'Give it as a text');
}

function checkValue(name, value, schema) {
  if (schema.type === 'boolean') {
    if (typeof value !== 'boolean') throw bad(name, 'must be true or false');
  } else if (schema.type === 'array') {
    if (!Array.isArray(value) || value.length < schema.minItems || value.length > schema.maxItems)
      throw bad(name, `must be a list of ${schema.minItems} to ${schema.maxItems} items`);
    value.forEach((item, i) => checkValue(`${name}[${i}]`, item, schema.items));
  } else if (schema.anyOf && typeof value === 'number') {
    checkNumber(name, value, schema.anyOf[0]);
  } else {
    checkText(name, value, schema.anyOf ? schema.anyOf[1] : schema);
  }
}

/** Throws a refusal that names the first member that is wrong. */
export function checkInput(input, { properties, required }) {
  for (const [name, value] of Object.entries(input)) {
    if (!Object.hasOwn(properties, name))
      throw refusal(
        'UNKNOWN_FIELD',
        `there is no member ${quoted(name)}`,
        `Members are ${Object.keys(properties).join(', ') || 'none'}`,
      );
    checkValue(name, value, properties[name]);
  }
  for (const name of required) if (!Object.hasOwn(input, name)) throw refusal('MISSING_FIELD', `${name} is missing`);
}

function optionWords(flag, value) {
  if (Array.isArray(value)) return value.flatMap((item) => optionWords(flag, item));
  if (value === false) return [];
  return [value === true ? `--${flag}` : `--${flag}=${value}`];
}

/**
 * The command line of a tool's input: {path, options, last}, to be joined by lineOf(). `members` are those of the table
 * that the tool has.
 */
export function partsOf({ operation, members }, input) {
  const options = [];
  const places = [];
  for (const [name, value] of Object.entries(input)) {
    const { 'x-flag': flag, 'x-argument': place } = members.get(name);
    if (flag !== undefined) options.push(...optionWords(flag, value));
    else places[place] = value;
  }
  const last = places.flat();
  if (last.includes('-'))
    throw refusal('BAD_FIELD', "'-' is standard input, which carries the protocol", 'Name a file');
  return { path: operation.command.split(' '), options, last };
}

/** All words of a command line that prints JSON. `more` are options that the server adds. */
export const lineOf = ({ path, options, last }, more = []) => [
  ...path,
  '--json',
  ...more,
  ...options,
  ...(last.length ? ['--', ...last] : []),
];
