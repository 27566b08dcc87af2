// A transaction in the words of the user: what the question "approve" asks, as one sentence and the few facts behind it.
// SPDX-License-Identifier: Apache-2.0
import { coins, count, decimal, money, tokens } from '../format/amount.mjs';
import { shorten } from '../format/shorten.mjs';
import { contractName } from './contracts.mjs';

const trusts = ['Self-reported', 'On-chain proof', 'Signed by hardware'];
const chains = ['This chain', 'peaq', 'Base'];
const zero = /^0x0*$/;

const isZero = (value) => value === '' || zero.test(value);
const exactTime = (seconds) => new Date(seconds * 1000).toISOString().replace('.000Z', ' UTC').replace('T', ' ');

// Bytes of metadata as text where they are text.
function readable(hex) {
  const bytes = Uint8Array.from(hex.slice(2).match(/../g) ?? [], (pair) => parseInt(pair, 16));
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (/^[^\p{Cc}]{1,200}$/u.test(text)) return text;
  } catch {
    // Binary: its length says more than its digits.
  }
  return `${count(bytes.length)} bytes`;
}

function event(call, { machineName }) {
  const revenue = call.eventType === 0;
  const rows = [
    ['When', exactTime(call.timestamp)],
    ['Evidence', call.trustLevel !== 0 && (trusts[call.trustLevel] ?? `level ${call.trustLevel}`)],
    ['Evidence chain', call.trustLevel === 1 && (chains[call.sourceChain] ?? `chain ${call.sourceChain}`)],
    ['Evidence transaction', !isZero(call.sourceTx) && { value: call.sourceTx }],
    ['Raw data', !isZero(call.dataHash) && { value: call.dataHash, note: 'only this fingerprint is published' }],
    ['Metadata', !isZero(call.metadata) && { text: readable(call.metadata), note: 'published as it is' }],
  ];
  const what = revenue ? `${money(call.value, call.currency)} revenue` : `activity ${decimal(call.value, 0)}`;
  return { headline: `Record ${what} for ${machineName(call.machineId)}`, rows, button: 'Sign and record' };
}

const registration =
  (whose) =>
  (call, { asked }) => ({
    headline: `Register ${whose} with a bond of ${coins(asked.value_wei, asked.currency)}`,
    rows: [
      ['Machine', call.machine && { address: call.machine }],
      ['Bond', 'Stays staked for the machine'],
    ],
  });

const mint = (call, { machineName }) => ({
  headline: `Mint the NFT of ${machineName(call.machineId)}`,
  rows: [['Owner', { address: call.to }]],
});

const attributeNames = {
  machineId: 'Machine ID',
  nftTokenId: 'NFT token',
  operator: 'Operator',
  documentation_url: 'Documentation URL',
  data_api: 'Data API URL',
  data_visibility: 'Data visibility',
};

function attributes(_call, { asked }) {
  const whose = asked.step === 'proxy_did' ? 'operator’s DID' : 'machine’s DID';
  const many = asked.arguments.length;
  return {
    headline: `Write ${many} ${many === 1 ? 'attribute' : 'attributes'} to the ${whose}`,
    rows: asked.arguments.map(([name, value]) => {
      const [change, attribute] = name.split(' ');
      return [
        attributeNames[attribute] ?? attribute,
        { text: String(value), note: change === 'update' ? 'replaces the present value' : undefined },
      ];
    }),
  };
}

// An ERC-20 transfer. Without the payment that it belongs to, neither the token's symbol nor its decimals are known.
function transfer(call, { asked, payment }) {
  const known =
    payment?.decimals !== undefined && payment.token_address?.toLowerCase() === asked.to.toLowerCase() && payment.token;
  const amount = known
    ? tokens(call.value, payment.decimals, payment.token)
    : `${decimal(call.value, 0)} units of a token`;
  const escrow = payment?.escrow && payment.recipient?.toLowerCase() === call.to.toLowerCase();
  return {
    headline: `Pay ${amount}${payment?.service ? ` for ${payment.service}` : ''}`,
    rows: [
      [escrow ? 'To the escrow' : 'To', { address: call.to }],
      ['Token balance', known && payment.balance && `${payment.balance} → ${payment.balance_after} ${payment.token}`],
    ],
    contract: known ? `${payment.token} token` : undefined,
    button: `Sign and pay ${amount}`,
  };
}

// Allowance of an ERC-20 token. PEAQ is the chain's own coin as one, at the same address on every network.
const peaqToken = '0x0000000000000000000000000000000000000809';
function allowance(call, { asked, contracts }) {
  const isPeaq = asked.to.toLowerCase() === peaqToken;
  const amount = isPeaq ? coins(call.amount, 'PEAQ') : `${decimal(call.amount, 0)} units of a token`;
  const spender = contractName(call.spender, contracts);
  return {
    headline: `Allow ${spender ?? 'another account'} to take ${amount}`,
    rows: [['To', spender ? { text: spender } : { address: call.spender, note: 'not known to this console' }]],
    contract: isPeaq ? 'PEAQ token' : undefined,
  };
}

const activation = (call) => ({
  headline: `Activate a machine of type ${call.machineType} with the ${call.tier} subscription`,
  rows: [
    ['Credential subject', { text: call.credentialSubject }],
    ['Manufacturer', { address: call.manufacturer }],
    ['Controller', { address: call.controller }],
  ],
});

const ofMachine =
  (act) =>
  (call, { machineName }) => ({ headline: `${act} ${machineName(call.machineId)}`, rows: [] });

const calls = {
  'approve(address,uint256)': allowance,
  'renew(uint256)': ofMachine('Renew the subscription of'),
  'suspend(uint256)': ofMachine('Suspend'),
  'resume(uint256)': ofMachine('Resume'),
  'register()': registration('this wallet as a machine'),
  'registerFor(address)': registration('a machine'),
  'mint(uint256,address)': mint,
  'batchAll(address[],uint256[],bytes[],uint64[])': attributes,
  'transfer(address,uint256)': transfer,
};

const callOf = (signature = '') => {
  if (signature.startsWith('submitEvent(')) return event;
  return signature.startsWith('activateMachine(') ? activation : calls[signature];
};

/**
 * `asked` is the question "approve". `machineName(id)` names a machine, `contracts` are those of whoami, `payment` is the
 * question "confirm_order"'s payment with the `service` it is for. Returns { headline, rows, contract, known, button };
 * rows are [label, text | { text | address | value, note }], without those that say nothing.
 */
export function describe(asked, { machineName = (id) => `Machine ${shorten(String(id))}`, contracts, payment } = {}) {
  const describeCall = callOf(asked.function);
  const named = contractName(asked.to, contracts);
  const { headline, rows, contract, button } = describeCall
    ? describeCall(Object.fromEntries(asked.arguments), { asked, machineName, contracts, payment })
    : {
        headline: asked.function ? `Call ${asked.function.replace(/\(.*/s, '')}` : 'Call an unknown function',
        rows: [],
      };
  return {
    headline,
    rows: rows.filter(([, value]) => value),
    contract: contract ?? named,
    known: Boolean(contract ?? named),
    button: button ?? 'Sign and send',
  };
}
