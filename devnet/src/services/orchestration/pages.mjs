// Pages of long lists, by cursors that only this server reads.
// SPDX-License-Identifier: Apache-2.0
import { createHmac, randomBytes } from 'node:crypto';
import { LONGEST_PAGE, PAGE } from './assumptions.mjs';
import { invalid } from './checks.mjs';

export function openPages() {
  const key = randomBytes(32);
  const seal = (text) => createHmac('sha256', key).update(text).digest().subarray(0, 12);

  function write(list, at) {
    const text = Buffer.from(JSON.stringify([list, at]));
    return Buffer.concat([seal(text), text]).toString('base64');
  }

  function readCursor(cursor, list) {
    const bytes = Buffer.from(cursor, 'base64');
    const text = bytes.subarray(12);
    const whole = bytes.toString('base64') === cursor && seal(text).equals(bytes.subarray(0, 12));
    const [ofList, at] = whole ? JSON.parse(text) : [];
    if (ofList !== list) throw invalid('cursor', 'the nextCursor of a page of the same list');
    return at;
  }

  function limitOf(query) {
    const text = query.get('limit') ?? String(PAGE);
    const limit = /^[0-9]{1,4}$/.test(text) ? Number(text) : 0;
    if (limit < 1 || limit > LONGEST_PAGE) throw invalid('limit', `a whole number from 1 to ${LONGEST_PAGE}`);
    return limit;
  }

  // A page {items, nextCursor} of an array that only grows, by the parameters `limit` and `cursor`. `list` is its name:
  // a cursor of another list is refused.
  function take(items, query, { list, newestFirst = false }) {
    const limit = limitOf(query);
    const cursor = query.get('cursor');
    if (newestFirst) {
      const end = cursor === null ? items.length : readCursor(cursor, list);
      const start = Math.max(0, end - limit);
      return { items: items.slice(start, end).reverse(), nextCursor: start > 0 ? write(list, start) : null };
    }
    const start = cursor === null ? 0 : readCursor(cursor, list);
    const end = start + limit;
    return { items: items.slice(start, end), nextCursor: end < items.length ? write(list, end) : null };
  }

  return { take };
}
