// Each transaction meets what the chain itself can do to it: real rejections, late blocks, a revert when it is mined.
// SPDX-License-Identifier: Apache-2.0
import { transact } from '../../../devnet/src/transact.mjs';
import { parseTransaction, recoverTransactionAddress } from 'viem';
import { answerError, pass } from './faults.mjs';
import { matrix } from './matrix.mjs';

const hex = (number) => `0x${number.toString(16)}`;
const raw = ({ calls }) => calls[0].params[0];
const senderOf = (exchange) => recoverTransactionAddress({ serializedTransaction: raw(exchange) });

const mineAgain = async (world) => {
  await world.rpc('evm_setAutomine', [true]);
  await world.rpc('evm_mine');
};

// Code that reverts with EnforcedPause().
const refusing = '0x63d93c06656000526004601cfd';

/** Changes something of the chain before the transaction gets there, and back afterwards. */
function meanwhile(change) {
  let undo = async () => {};
  return {
    spoil: async (exchange) => {
      undo = await change(exchange);
      await pass(exchange);
    },
    mend: () => undo(),
  };
}

const faults = [
  {
    name: 'it is mined but reverts',
    says: /the contract is paused; transaction 0x[0-9a-f]{64} was mined but reverted/,
    alsoSent: 1,
    ...meanwhile(async (exchange) => {
      const { rpc } = exchange.world;
      const { to } = parseTransaction(raw(exchange));
      const code = await rpc('eth_getCode', [to, 'latest']);
      await rpc('anvil_setCode', [to, refusing]);
      return () => rpc('anvil_setCode', [to, code]);
    }),
  },
  {
    name: 'another transaction took its nonce',
    code: 0, // signed anew with the next one
    alsoSent: 1,
    ...meanwhile(async (exchange) => {
      const { rpc } = exchange.world;
      const from = await senderOf(exchange);
      await rpc('anvil_impersonateAccount', [from]);
      await transact(rpc, { from, to: from, gas: '0x5208' }, 'the other transaction');
      return () => rpc('anvil_stopImpersonatingAccount', [from]);
    }),
  },
  {
    name: 'the money is gone',
    says: /rejected the transaction: [^\n]*funds/i,
    ...meanwhile(async (exchange) => {
      const { rpc } = exchange.world;
      const from = await senderOf(exchange);
      const balance = await rpc('eth_getBalance', [from, 'latest']);
      await rpc('anvil_setBalance', [from, '0x0']);
      return () => rpc('anvil_setBalance', [from, balance]);
    }),
  },
  {
    name: 'gas has become dearer than it pays',
    says: /rejected the transaction: [^\n]*fee/i,
    ...meanwhile(async ({ world }) => {
      const { baseFeePerGas } = await world.rpc('eth_getBlockByNumber', ['latest', false]);
      await world.rpc('anvil_setNextBlockBaseFeePerGas', [hex(10n ** 13n)]);
      return () => world.rpc('anvil_setNextBlockBaseFeePerGas', [baseFeePerGas]);
    }),
  },
  {
    name: 'no block comes in time',
    env: { PEAQOS_RECEIPT_TIMEOUT: '1' },
    says: /transaction 0x[0-9a-f]{64} was submitted but is not yet mined/,
    spoil: async (exchange) => {
      await exchange.world.rpc('evm_setAutomine', [false]);
      await pass(exchange);
    },
    mend: mineAgain,
  },
  {
    name: 'it waits for a block, but the node answers with an error',
    code: 0,
    spoil: async (exchange) => {
      await exchange.world.rpc('evm_setAutomine', [false]);
      await exchange.forward();
      answerError('internal error')(exchange);
      setTimeout(() => mineAgain(exchange.world).catch(() => {}), 300);
    },
    mend: mineAgain,
  },
];

const ofBroadcasts = ({ calls }) => (calls[0]?.method === 'eth_sendRawTransaction' ? faults : []);

await matrix(['activate self', 'activate proxy', 'qualify event'], { faults: ofBroadcasts, lanes: 1 });
