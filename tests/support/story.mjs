// Tests that stand on each other, as the steps of one story: after one that failed, the others do not wait for what cannot
// come.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

/** Gives step(name, body), a test of the story. */
export function tellStory() {
  let whole = true;
  return (name, body) =>
    test(name, async () => {
      assert.ok(whole, 'an earlier step failed');
      whole = false;
      await body();
      whole = true;
    });
}
