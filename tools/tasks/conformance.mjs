// npm run conformance: the same command lines through the Python reference and through ours, in equal worlds. Words limit
// it to the cases whose names hold them.
// SPDX-License-Identifier: Apache-2.0
import { buildCommand, setUp } from '../steps/prepare.mjs';
import { status } from '../steps/shell.mjs';

export default function conformance(words) {
  setUp();
  buildCommand();
  const env = { ...process.env, ...(words.length > 0 && { CONFORMANCE_ONLY: words.join(' ') }) };
  return status('node', ['--test', '--test-reporter=spec', 'tests/conformance/suite.mjs'], { env });
}
