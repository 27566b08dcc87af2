// What the journal says of a machine's events.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownEvents } from '../../../web/src/rooms/machine/own_events.mjs';

const row = (more) => ({
  machine_id: 7,
  status: 'confirmed',
  event_type: 'revenue',
  value: 300,
  currency: 'USD',
  timestamp: 100,
  tx_hash: '0xaa',
  fee_wei: '5',
  ...more,
});
const event = (more) => ({
  event_type: 0,
  origin_value: 300,
  origin_currency: 'USD',
  timestamp: 100,
  ...more,
});

test('an event of a profile is known by its amount and time, and fees are summed', () => {
  const rows = [
    row(),
    row({ event_type: 'activity', currency: '', value: 1, tx_hash: '0xbb', fee_wei: undefined }),
    row({ machine_id: 8, tx_hash: '0xcc' }),
    row({ status: 'pending', timestamp: 101, tx_hash: '0xdd' }),
  ];
  const { hashOf, fees, count } = ownEvents(rows, '7');
  assert.equal(hashOf(event()), '0xaa');
  assert.equal(hashOf(event({ timestamp: 101 })), undefined, 'a pending one is not on the chain');
  assert.equal(hashOf(event({ event_type: 1, origin_value: 1 })), '0xbb');
  assert.equal(hashOf(event({ origin_value: 301 })), undefined);
  assert.deepEqual([fees, count], [5n, 1]);
});
