// Tests of one page in one order: when one fails, those after it would only wait for what never comes.
// SPDX-License-Identifier: Apache-2.0
import { test } from 'node:test';

/** A function like test() that skips once a test of the same inOrder() has failed. */
export function inOrder() {
  let failed = false;
  return (name, body) =>
    test(name, async (context) => {
      if (failed) return context.skip('a test before it failed');
      try {
        await body(context);
      } catch (error) {
        failed = true;
        throw error;
      }
    });
}
