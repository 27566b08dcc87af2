// Checks of what clients send: each takes a value and its name, and returns the value or throws VALIDATION_ERROR.
// SPDX-License-Identifier: Apache-2.0
import { getAddress, isAddress } from 'viem';
import { refuse } from './errors.mjs';

export const invalid = (field, expected) =>
  refuse('VALIDATION_ERROR', { message: `${field} must be ${expected}`, details: { field, expected } });

const check = (expected, good) => (value, field) => {
  if (!good(value)) throw invalid(field, expected);
  return value;
};

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const isText = (value) => typeof value === 'string';

export const text = check('a non-empty string', (value) => isText(value) && value.trim() !== '');
export const anyText = check('a string', isText);
export const flag = check('true or false', (value) => typeof value === 'boolean');
export const object = check('an object', isObject);
export const texts = check('an array of strings', (value) => Array.isArray(value) && value.every(isText));
export const labels = check('an object of strings', (value) => isObject(value) && Object.values(value).every(isText));
export const amount = check('a number from 0', (value) => typeof value === 'number' && value >= 0);
export const whole = (least, most) =>
  check(
    `a whole number from ${least} to ${most}`,
    (value) => Number.isInteger(value) && value >= least && value <= most,
  );
export const oneOf = (...values) => check(`one of ${values.join(', ')}`, (value) => values.includes(value));

export function address(value, field) {
  if (!isText(value) || !isAddress(value, { strict: false })) throw invalid(field, 'an address');
  return getAddress(value);
}

// The members of an object that `required` and `optional` name: {name: check}. Null is as absent; others are dropped.
export function take(body, required, optional = {}, path = '') {
  object(body, path || 'the body');
  const taken = {};
  for (const [name, good] of Object.entries({ ...required, ...optional })) {
    const field = path ? `${path}.${name}` : name;
    const absent = body[name] === undefined || body[name] === null;
    if (absent && Object.hasOwn(required, name)) throw invalid(field, 'given');
    if (!absent) taken[name] = good(body[name], field);
  }
  return taken;
}

// A check for an object within one.
export const members =
  (required, optional = {}) =>
  (value, field) =>
    take(value, required, optional, field);
