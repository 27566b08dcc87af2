// What happened in an activation, in words for people: one line for each fact that the core tells.
// SPDX-License-Identifier: Apache-2.0
import { coins } from '../../format/amount.mjs';
import { shorten } from '../../format/shorten.mjs';

export const titles = {
  balance: 'Check balances',
  two_factor: 'Two-factor sign-in',
  fund: 'Fund from the Gas Station',
  register: 'Register the machine',
  mint: 'Mint its NFT',
  machine_did: 'Write its DID',
  approve_token: 'Allow the bond to be taken',
  activate: 'Activate the machine',
};

/** The steps of an activation until activationTerms tells them. */
export const usualSteps = ['balance', 'two_factor', 'fund', 'register', 'mint', 'machine_did'];

/** Which step a step of peaqos.log belongs to. */
export const stepOfRow = {
  fund: 'fund',
  register: 'register',
  mint_nft: 'mint',
  machine_did: 'machine_did',
  proxy_did: 'machine_did',
  approve_token: 'approve_token',
  activate: 'activate',
};

/** Whether a row of peaqos.log is of an activation: renewals allow bonds to be taken as well, of no one machine. */
export const isOfActivation = ({ step, machine_id: id }) =>
  step in stepOfRow && (step !== 'approve_token' || id !== undefined);

const written = (fact) => {
  const many = `${fact.attributes} attribute${fact.attributes === 1 ? '' : 's'}`;
  const whose = fact.name === 'proxy_did' ? 'of the operator’s DID' : 'of the machine’s DID';
  return `Wrote ${many} ${whose}${fact.updated?.length ? `, updating ${fact.updated.join(', ')}` : ''}`;
};

const reasons = {
  'enough is approved already': 'enough may be taken already',
  '--skip-funding': 'balances are not looked at',
  'all wallets funded': 'all wallets have enough',
  'nothing left to pay for': 'nothing is left to pay for',
};

const lines = {
  balance: (fact) =>
    `${fact.role} ${shorten(fact.address)} holds ${coins(fact.wei, fact.currency)}, ${fact.sufficient ? 'enough' : 'too little'}`,
  two_factor: (fact) =>
    ({ skipped: 'This wallet’s authenticator is set up already', confirmed: 'The authenticator is set up' })[
      fact.state
    ],
  fund: (fact) =>
    ({
      confirmed: `${fact.role} funded`,
      recovered: `${fact.role} was funded by an earlier run`,
      skipped: `${fact.role} has enough by now`,
      waiting: `${fact.role}: an earlier request is under way, waiting for it`,
      note: `${fact.role}: what an earlier run funded is spent, asking again`,
    })[fact.state],
  register: (fact) =>
    ({
      confirmed: `Registered as machine ${fact.machine_id}`,
      recovered: `Registered meanwhile, as machine ${fact.machine_id}`,
      skipped: `Registered before, as machine ${fact.machine_id}`,
    })[fact.state],
  mint: (fact) =>
    ({
      confirmed: `Minted token ${fact.token_id}`,
      recovered: `Minted meanwhile, token ${fact.token_id}`,
      skipped: `Minted before, token ${fact.token_id}`,
      note: `The owner of token ${fact.token_id} could not be read; going on`,
    })[fact.state],
  machine_did: (fact) =>
    ({
      confirmed: written(fact),
      recovered: 'Somebody else wrote the attributes meanwhile',
      skipped: 'The machine’s DID holds everything already',
    })[fact.state],
  proxy_did: (fact) =>
    ({
      confirmed: written(fact),
      recovered: 'The operator’s DID was brought up to date meanwhile',
      skipped: 'The operator’s DID lists the machine already',
    })[fact.state],
  approve_token: (fact) => ({ confirmed: 'Exactly this bond may be taken' })[fact.state],
  activate: (fact) => ({ confirmed: 'Active', skipped: 'It was active already' })[fact.state],
  answer: (fact) => fact.text,
  earlier_write: () => 'An earlier run left a transaction under way; looking it up',
  configuration: (fact) => fact.text,
};

/** The line for a fact: { text, hash, tone }, or nothing for what only programs want to know. */
export function lineOf(fact) {
  if (fact.state === 'omitted') return { text: `Not needed: ${reasons[fact.reason] ?? fact.reason}` };
  if (fact.name === 'transaction' && fact.state === 'waiting') return { text: 'Still waiting for the block' };
  const text = fact.state === 'started' ? undefined : lines[fact.name]?.(fact);
  const short = fact.name === 'balance' && !fact.sufficient;
  const tone = short || fact.state === 'refused' || fact.state === 'warning' ? 'warn' : undefined;
  return text && { text, hash: fact.tx_hash, tone };
}
