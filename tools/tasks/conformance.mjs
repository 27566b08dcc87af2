// npm run conformance: what compares peaqos with the Python references, one for each generation; npm test has a part of it. Words
// limit both to the cases whose names hold them.
// SPDX-License-Identifier: Apache-2.0
import { installReference } from '../../tests/conformance/reference.mjs';
import { buildCommand, buildPreset, setUp } from '../steps/prepare.mjs';
import { status } from '../steps/shell.mjs';

export default async function conformance(words) {
  await setUp();
  installReference();
  installReference('reference2');
  await buildPreset('asan', ['peaqos-native']);
  await buildCommand();
  const env = { ...process.env, ...(words.length > 0 && { CONFORMANCE_ONLY: words.join(' ') }) };
  const suites = ['conformance.test.mjs', 'second.test.mjs'].map((name) => `tests/conformance/${name}`);
  return status('node', ['--test', '--test-reporter=spec', '--test-concurrency=1', ...suites], { env });
}
