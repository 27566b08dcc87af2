// The escrow contract, as its administrator uses it: each order's money is locked once, and released or refunded once.
// SPDX-License-Identifier: Apache-2.0
import { stringToHex } from 'viem';

export function openEscrow(send) {
  const key = (orderId) => stringToHex(orderId, { size: 32 });
  return {
    lock: (orderId, { token, from, value }, payee) => send('Escrow', 'lock', [key(orderId), token, from, payee, value]),
    freeze: (orderId) => send('Escrow', 'freeze', [key(orderId)]),
    release: (orderId) => send('Escrow', 'release', [key(orderId)]),
    refund: (orderId) => send('Escrow', 'refund', [key(orderId)]),
  };
}
