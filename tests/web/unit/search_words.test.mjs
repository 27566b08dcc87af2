// A search of the market as a command line.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchWords } from '../../../web/src/rooms/market/search_words.mjs';

test('a search is spelt with the flags of the command', () => {
  assert.deepEqual(searchWords(), ['--service-type', 'TYPE']);
  const members = { serviceType: 'a.b', budgetMax: '2', capabilities: ['fx', 'signed'], nativeOnly: true, region: '' };
  assert.deepEqual(searchWords(members), [
    ...['--service-type', 'a.b', '--budget-max', '2', '--capabilities', 'fx,signed', '--native-only'],
  ]);
});
