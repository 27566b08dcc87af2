// npm run conformance: of npm test, what compares peaqos with the Python reference. Words limit it to the cases whose
// names hold them.
// SPDX-License-Identifier: Apache-2.0
import { installReference } from '../../tests/conformance/reference.mjs';
import { buildCommand, buildPreset, setUp } from '../steps/prepare.mjs';
import { status } from '../steps/shell.mjs';

export default async function conformance(words) {
  await setUp();
  installReference();
  await buildPreset('asan', ['peaqos-native']);
  await buildCommand();
  const env = { ...process.env, ...(words.length > 0 && { CONFORMANCE_ONLY: words.join(' ') }) };
  return status('node', ['--test', '--test-reporter=spec', 'tests/conformance/conformance.test.mjs'], { env });
}
