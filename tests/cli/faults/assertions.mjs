// What holds of every run that met a fault.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';

const verbs = 'Ask|Check|Fix|Fund|Give|Look|Point|Put|Run|Send|Set|Sign|Transfer|Try|Wait';
const line = new RegExp(`^Error: (.+)\\. ((?:${verbs})\\b.+)$`);

/** One line that says what failed, and then what to do. */
export function assertExplained({ code, stdout, stderr }, expected, says = /./) {
  assert.equal(code, expected, stderr);
  assert.equal(stdout, '');
  const lines = stderr.split('\n').filter((text) => text.includes('Error:'));
  assert.equal(lines.length, 1, stderr);
  assert.ok(stderr.endsWith(`${lines[0]}\n`), stderr);
  assert.match(lines[0], line);
  assert.match(lines[0], says);
}

/** Nothing of the program's inside, and no secret. */
export function assertDecent({ stdout, stderr }, secrets, journal = '') {
  const text = stdout + stderr;
  assert.doesNotMatch(text, /\n\s+at |exception|terminate|Sanitizer|runtime error|\[object|undefined|NaN/);
  for (const secret of secrets) {
    for (const part of [secret, secret.slice(0, 12), secret.slice(-12)])
      assert.ok(!(text + journal).includes(part), 'a secret is in the output or in the log');
  }
}
