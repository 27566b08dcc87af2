// Control functions for a person at a terminal: POST /dev/NAME?name=value, answered by one line.
// SPDX-License-Identifier: Apache-2.0
import { HttpError, Text } from '../http_service.mjs';

const PREFIX = '/dev/';

export const need = (query, name) => {
  const value = query.get(name);
  if (!value) throw new HttpError(400, `give ${name}`);
  return value;
};

export const number = (query, name) => {
  const value = Number(need(query, name));
  if (!Number.isFinite(value) || value < 0) throw new HttpError(400, `${name} must be a number from 0`);
  return value;
};

export const isByHand = (path) => path.startsWith(PREFIX);

// `actions`: {name: (control, query) -> the line}.
export async function doByHand(actions, control, { method, path, query }) {
  const name = path.slice(PREFIX.length);
  if (method !== 'POST' || !Object.hasOwn(actions, name))
    throw new HttpError(404, `POST one of ${Object.keys(actions).join(', ')} below ${PREFIX}`);
  try {
    return new Text(`${await actions[name](control, query)}\n`, 'text/plain');
  } catch (error) {
    // What the control functions refuse is the person's mistake.
    throw error instanceof HttpError ? error : new HttpError(400, error.message);
  }
}
