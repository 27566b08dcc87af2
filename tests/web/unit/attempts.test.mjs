// An abandoned sheet ends what it began, and its open question.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attempts } from '../../../web/src/rooms/market/attempts.mjs';

test('a question is shown, answered once, and hidden again', async () => {
  const shown = [];
  const tries = attempts();
  const answer = tries.begin((question) => shown.push(question)).ask('pay?');
  tries.answer('y');
  tries.answer('n');
  assert.equal(await answer, 'y');
  assert.deepEqual(shown, ['pay?', undefined]);
});

test('closing the sheet answers the open question with null and aborts the attempt', async () => {
  const shown = [];
  const tries = attempts();
  const { signal, ask } = tries.begin((question) => shown.push(question));
  const answer = ask('pay?');
  tries.end();
  assert.equal(await answer, null);
  assert.ok(signal.aborted);
  assert.deepEqual(shown, ['pay?'], 'nothing is drawn in a sheet that is gone');
  assert.equal(await ask('once more?'), null);
});

test('a second attempt is ended with the sheet as the first would have been', async () => {
  const tries = attempts();
  const first = tries.begin(() => {});
  const second = tries.begin(() => {});
  assert.ok(first.signal.aborted);
  assert.ok(!second.signal.aborted);
  assert.equal(await first.ask('stale'), null);
  const answer = second.ask('pay?');
  tries.end();
  assert.ok(second.signal.aborted);
  assert.equal(await answer, null);
  assert.ok(tries.begin(() => {}).signal.aborted, 'nothing begins in a closed sheet');
});
