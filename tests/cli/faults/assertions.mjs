// What holds of every run that met a fault.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';

const verbs = 'Ask|Check|Fix|Fund|Give|Look|Point|Put|Run|Send|Set|Sign|Transfer|Try|Wait';
const line = new RegExp(`^Error: (.+)\\. ((?:${verbs})\\b.+)$`);

const open =
  /^Transaction (0x[0-9a-f]{64}) (?:was|may have been) sent; run the same command again to see what became of it$/;

/** The transactions that a log leaves pending, by hash. */
function pendingIn(log) {
  const pending = new Set();
  for (const line of log.split('\n').filter(Boolean)) {
    const { status, tx_hash: hash } = JSON.parse(line);
    if (status === 'pending') pending.add(hash);
    else pending.delete(hash);
  }
  return pending;
}

/**
 * One line that says what failed, and then what to do. Lines about transactions may follow it, if they are pending in the
 * log and the first line does not name them.
 */
export function assertExplained({ code, stdout, stderr }, expected, says = /./, log = '') {
  assert.equal(code, expected, stderr);
  assert.equal(stdout, '');
  const lines = stderr.split('\n').filter((text) => text.includes('Error:'));
  assert.equal(lines.length, 1, stderr);
  const pending = pendingIn(log);
  for (const text of stderr
    .slice(stderr.indexOf(lines[0]) + lines[0].length + 1)
    .split('\n')
    .slice(0, -1)) {
    const [, hash] = open.exec(text) ?? assert.fail(`after the error: ${stderr}`);
    assert.ok(pending.has(hash) && !lines[0].includes(hash), stderr);
  }
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
