// The control functions that a person at a terminal needs: POST /dev/NAME?name=value, answered by one line.
// SPDX-License-Identifier: Apache-2.0
import { HttpError, Text } from '../../http_service.mjs';
import { codes } from './errors.mjs';

const PREFIX = '/dev/';

const need = (query, name) => {
  const value = query.get(name);
  if (!value) throw new HttpError(400, `give ${name}`);
  return value;
};

const number = (query, name) => {
  const value = Number(need(query, name));
  if (!Number.isFinite(value) || value < 0) throw new HttpError(400, `${name} must be a number from 0`);
  return value;
};

const actions = {
  async fund(control, query) {
    const [account, dollars] = [need(query, 'account'), query.get('dollars') ?? '100'];
    await control.fund(account, dollars);
    return `${account} got ${dollars} USDC, and PEAQ for gas`;
  },
  fail(control, query) {
    const [endpoint, code] = [need(query, 'endpoint'), need(query, 'code')];
    if (!Object.hasOwn(codes, code)) throw new HttpError(400, `code must be one of ${Object.keys(codes).join(', ')}`);
    const times = query.has('times') ? number(query, 'times') : undefined;
    control.fail(endpoint, code, { times });
    return `${endpoint} answers ${code}${times ? `, ${times} times` : ' until /dev/clear'}`;
  },
  clear(control) {
    control.clear();
    return 'no endpoint fails';
  },
  advance(control, query) {
    const seconds = number(query, 'seconds');
    control.advance(seconds);
    return `the clock of the API is ${seconds} s further`;
  },
  async resolve(control, query) {
    const [order, way] = [need(query, 'order'), need(query, 'way')];
    await control.resolve(order, way);
    return `the dispute of ${order} is resolved: ${way}`;
  },
};

export const isByHand = (path) => path.startsWith(PREFIX);

export async function doByHand(control, { method, path, query }) {
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
