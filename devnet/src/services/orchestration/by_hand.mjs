// The control functions of the Orchestration API that a person at a terminal needs (services/by_hand.mjs).
// SPDX-License-Identifier: Apache-2.0
import { HttpError } from '../../http_service.mjs';
import { need, number } from '../by_hand.mjs';
import { codes } from './errors.mjs';

export const actions = {
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
