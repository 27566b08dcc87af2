// The keyboard map, and the reminder of wallets without a backup.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createShortcuts } from '../../../web/src/frame/shortcuts.mjs';
import { reminderOf } from '../../../web/src/vault/backup_reminder.mjs';

const press = (read, key, context = {}, more = {}) =>
  read({ key, ...more }, { typing: false, dialog: false, now: 0, ...context });

test('single keys act where nobody types', () => {
  const read = createShortcuts();
  assert.deepEqual(press(read, '/'), { palette: true });
  assert.deepEqual(press(read, '?'), { help: true });
  assert.deepEqual(press(read, 'e'), { press: 'e' });
  assert.equal(press(read, 'e', { typing: true }), undefined);
  assert.equal(press(read, '/', { dialog: true }), undefined);
  assert.equal(press(read, 'e', {}, { altKey: true }), undefined);
  assert.equal(press(read, 'Enter'), undefined);
  assert.deepEqual(press(read, 'k', { typing: true }, { ctrlKey: true }), { palette: true });
});

test('g and a letter go to a page, for a moment', () => {
  const read = createShortcuts();
  assert.equal(press(read, 'g'), undefined);
  assert.deepEqual(press(read, 'e', { now: 500 }), { go: 'events' });
  assert.deepEqual(press(read, 'e', { now: 600 }), { press: 'e' });
  press(read, 'g', { now: 1000 });
  assert.deepEqual(press(read, 'e', { now: 3000 }), { press: 'e' }, 'too late');
  press(read, 'g', { now: 4000 });
  assert.equal(press(read, 'z', { now: 4100 }), undefined);
});

test('locking works from anywhere', () => {
  const read = createShortcuts();
  const keys = { ctrlKey: true, shiftKey: true };
  assert.deepEqual(press(read, 'L', { typing: true, dialog: true }, keys), { lock: true });
  assert.deepEqual(press(read, 'l', {}, { metaKey: true, shiftKey: true }), { lock: true });
  assert.equal(press(read, 'l', { typing: true }, { ctrlKey: true }), undefined);
});

const day = 86_400_000;
const wallet = (id, days) => ({ id, created_at: new Date(100 * day - days * day).toISOString() });
const levels = (days, more = {}) => reminderOf([wallet('a', days)], more, 100 * day).level;

test('the reminder of a backup grows with time', () => {
  assert.deepEqual(
    [0, 0.5, 1, 2.9, 3, 40].map((days) => levels(days)),
    ['card', 'card', 'mark', 'mark', 'banner', 'banner'],
  );
});

test('it can be put off for a day, and ends with the backup', () => {
  assert.equal(levels(5, { later: 100 * day - 1000 }), 'mark');
  assert.equal(levels(5, { later: 98 * day }), 'banner');
  assert.equal(levels(5, { backedUp: ['a'] }), '');
  const { wallets, days } = reminderOf(
    [wallet('new', 1), wallet('old', 9), wallet('ok', 20)],
    { backedUp: ['ok'] },
    100 * day,
  );
  assert.deepEqual([wallets.map(({ id }) => id), days], [['old', 'new'], 9]);
});
