// The control functions of the second generation that a person at a terminal needs (services/by_hand.mjs).
// SPDX-License-Identifier: Apache-2.0
import { parseEther } from 'viem';
import { need, number } from './by_hand.mjs';

const DAY = 86_400;

export const actions = {
  async forward(control, query) {
    const days = number(query, 'days');
    await control.advance(Math.round(days * DAY));
    return `the clock of the chain is ${days} days further`;
  },
  async price(control, query) {
    const dollars = number(query, 'dollars');
    await control.setPrice(dollars);
    return dollars ? `a PEAQ costs ${dollars} dollars` : 'PEAQ has no price: nothing can be bonded';
  },
  async voucher(control, query) {
    const [account, amount] = [need(query, 'account'), number(query, 'peaq')];
    await control.grantVoucher(account, parseEther(String(amount)));
    return `${account} has a voucher of ${amount} PEAQ more`;
  },
  async pause(control, query) {
    const on = query.get('on') !== 'false';
    await control.setTechnicalPause(on);
    return on ? 'the protocol is paused' : 'the protocol goes on';
  },
};
