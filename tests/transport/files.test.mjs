// Files and locks: both hosts do the same, and exclude each other.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { hosts, startProbe, testBoth } from './probe.mjs';

function newFolder(context) {
  const folder = fs.mkdtempSync(join(tmpdir(), 'peaqos-files-'));
  context.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const GIB = 2 ** 30;
const value = (outcome) => {
  assert.ok('value' in outcome, JSON.stringify(outcome));
  return outcome.value;
};
const failure = (outcome) => {
  assert.ok('failure' in outcome, JSON.stringify(outcome));
  return outcome.failure;
};

testBoth('parts of a file are read, to its end and not beyond', async (send, context) => {
  const path = join(newFolder(context), 'log');
  fs.writeFileSync(path, '0123456789');
  const part = (offset, length) => ({ file: 'readPart', path, offset, length });
  const outcomes = await send([
    { file: 'sizeOf', path },
    ...[part(0, 4), part(8, 100), part(10, 1), part(11, 1), part(0, 0), part(2 ** 53, 5)],
  ]);
  assert.deepEqual(outcomes.map(value), [10, '0123', '89', '', '', '', '']);
});

testBoth('lengths and offsets go beyond 2^32', async (send, context) => {
  const path = join(newFolder(context), 'log');
  fs.writeFileSync(path, '');
  fs.truncateSync(path, 5 * GIB); // a hole: it takes no room
  fs.appendFileSync(path, 'the end');
  const outcomes = await send([
    { file: 'sizeOf', path },
    { file: 'readPart', path, offset: 5 * GIB + 4, length: 10 },
    { file: 'truncate', path, length: 3 * GIB },
    { file: 'sizeOf', path },
  ]);
  assert.deepEqual(outcomes.map(value), [5 * GIB + 7, 'end', null, 3 * GIB]);
});

testBoth('a file is cut, never made longer', async (send, context) => {
  const path = join(newFolder(context), 'log');
  fs.writeFileSync(path, 'whole\ntorn');
  const cut = (length) => ({ file: 'truncate', path, length });
  const outcomes = await send([cut(100), { file: 'read', path }, cut(6), { file: 'read', path }, cut(0), cut(0)]);
  assert.deepEqual(outcomes.map(value), [null, 'whole\ntorn', null, 'whole\n', null, null]);
});

testBoth('a new name is taken only when it is free', async (send, context) => {
  const folder = newFolder(context);
  const [a, b, c] = ['a', 'b', 'c'].map((name) => join(folder, name));
  fs.writeFileSync(a, 'A');
  fs.writeFileSync(b, 'B');
  const outcomes = await send([
    { file: 'rename', path: a, to: b },
    { file: 'rename', path: a, to: c },
    { file: 'rename', path: a, to: join(folder, 'd') },
    { file: 'list', path: folder },
  ]);
  assert.equal(failure(outcomes[0]), 'it exists already');
  assert.equal(value(outcomes[1]), null);
  assert.equal(failure(outcomes[2]), 'there is no such file');
  assert.deepEqual(value(outcomes[3]), ['b', 'c'], 'a name that could not be given is free again');
  assert.deepEqual([fs.readFileSync(b, 'utf8'), fs.readFileSync(c, 'utf8')], ['B', 'A']);
});

testBoth('what is no file is told so, and a pipe is not waited for', async (send, context) => {
  const folder = newFolder(context);
  const steps = (path) => [
    { file: 'sizeOf', path },
    { file: 'readPart', path, offset: 0, length: 1 },
    { file: 'truncate', path, length: 0 },
    { file: 'rename', path, to: join(folder, 'to') },
  ];
  const absent = await send(steps(join(folder, 'absent')));
  assert.deepEqual(absent.map(failure), Array(4).fill('there is no such file'));
  const directory = await send(steps(folder));
  assert.deepEqual(directory.map(failure), Array(4).fill('it is not a file'));
  const device = await send(steps('/dev/null'));
  assert.deepEqual(device.map(failure), Array(4).fill('it is not a file'));
});

testBoth('a log may be a link, also to a file that is not there yet', async (send, context) => {
  const folder = newFolder(context);
  const path = join(folder, 'link');
  fs.mkdirSync(join(folder, 'below'));
  fs.symlinkSync(join(folder, 'below', 'log'), path);
  const outcomes = await send([
    { file: 'append', path, text: 'one\n' },
    { file: 'append', path, text: 'two' },
    { file: 'truncate', path, length: 4 },
    { file: 'sizeOf', path },
    { file: 'modeOf', path },
  ]);
  assert.deepEqual(outcomes.map(value), [null, null, null, 4, 0o600]);
  assert.equal(fs.readFileSync(join(folder, 'below', 'log'), 'utf8'), 'one\n');
});

testBoth('a full disk leaves no torn new file', async (send, context) => {
  const path = join(newFolder(context), 'new');
  const outcomes = await send(
    [
      { file: 'createNew', path, text: 'x'.repeat(100_000) },
      { file: 'createNew', path, text: 'short' },
      { file: 'createNew', path, text: 'again' },
    ],
    {},
    ['sh', '-c', 'trap "" XFSZ; ulimit -f 8; exec "$@"', 'sh'],
  );
  assert.equal(failure(outcomes[0]), 'the disk is full');
  assert.equal(value(outcomes[1]), null);
  assert.equal(failure(outcomes[2]), 'it exists already');
  assert.equal(fs.readFileSync(path, 'utf8'), 'short');
});

const lock = (path) => ({ file: 'lock', path });

testBoth('a lock is had once, and given back', async (send, context) => {
  const folder = newFolder(context);
  const path = join(folder, 'lane');
  const outcomes = await send([
    lock(path),
    lock(path),
    { file: 'unlock', path },
    lock(path),
    { file: 'unlock', path },
    { file: 'list', path: folder },
  ]);
  assert.deepEqual(outcomes.map(value), [true, false, null, true, null, []]);
});

testBoth('a lane of a user is a lock in a private folder', async (send, context) => {
  const home = newFolder(context);
  const lane = join(home, '.peaqos/lanes/0123456789abcdef');
  const outcomes = await send([
    { file: 'makePrivateFolder', path: join(home, '.peaqos') },
    { file: 'makePrivateFolder', path: join(home, '.peaqos/lanes') },
    lock(lane),
    lock(`${lane.slice(0, -1)}0`),
    { file: 'unlock', path: lane },
    lock(join(home, 'absent/lane')),
  ]);
  assert.deepEqual(outcomes.slice(0, 5).map(value), [false, false, true, true, null]);
  assert.equal(failure(outcomes[5]), 'there is no such file');
});

testBoth('a path may be longer than the address of a socket', async (send, context) => {
  const folder = join(newFolder(context), 'a'.repeat(120), 'b'.repeat(120));
  fs.mkdirSync(folder, { recursive: true });
  const path = join(folder, '0123456789abcdef');
  const outcomes = await send([lock(path), lock(path), { file: 'unlock', path }, lock(path)]);
  assert.deepEqual(outcomes.map(value), [true, false, null, true]);
});

for (const [holder, asker] of hosts.flatMap((one) => hosts.map((other) => [one, other]))) {
  test(`${holder} keeps ${asker} out until it ends, however it ends`, async (context) => {
    for (const folder of [newFolder(context), join(newFolder(context), 'a'.repeat(150))]) {
      fs.mkdirSync(folder, { recursive: true });
      const path = join(folder, '0123456789abcdef');
      const asked = async () => (await startProbe(asker, [lock(path)]).ended).outcomes[0];
      const holding = startProbe(holder, [{ file: 'holdLock', path, length: 60_000 }]);
      assert.equal(await holding.line, 'held');
      assert.equal(value(await asked()), false);
      holding.child.kill('SIGKILL');
      await holding.ended.catch(() => {});
      assert.equal(value(await asked()), true);
      // Unlocked or swept: an asker that ended without unlocking has left one name at most.
      assert.ok(fs.readdirSync(folder).length <= 1);
    }
  });
}
