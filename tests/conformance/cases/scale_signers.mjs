// A wallet of the vault in the Machine Market: it signs challenges, and pays. Its account is the operator's.
// SPDX-License-Identifier: Apache-2.0
import { identityOf, market, of, onboarded, onChain, paired, seller, transferredTo } from '../market.mjs';
import { at } from '../services.mjs';
import { machineId, pairingId, scale, tokenFile, wordsOf } from './scale.mjs';
import { home, phrase, vault } from './vault.mjs';

const signed = (name, words, { env, files, ...more }) =>
  scale(`signer: ${name}`, words, {
    ...more,
    env: {
      ...home,
      PEAQOS_OWS_WALLET: phrase.label,
      OWS_PASSPHRASE: phrase.passphrase,
      PEAQOS_PRIVATE_KEY: undefined,
      ...env,
    },
    files: { ...vault, ...files },
  });

const onboard = (name, changes = {}, more = {}) =>
  signed(
    `onboard${name}`,
    [
      'machine',
      'onboard',
      ...wordsOf({
        '--identity-ref': identityOf('machine'),
        '--display-name': 'rover-014',
        '--owner-id': 'op_xyz',
        '--machine-type': 'rover',
        '--runtime-profile': 'machine-runtime-agent',
        '--yes': true,
        ...changes,
      }),
    ],
    { start: [onChain()], ...more },
  );

const buyer = (dollars) => [onboarded(), paired({ name: 'operator', dollars })];
const order = (name, service, changes = {}, { files, ...more } = {}) =>
  signed(
    name,
    [
      'order',
      service,
      ...wordsOf({
        '--machine-id': machineId,
        '--agent-pairing-id': pairingId,
        '--pairing-token-file': 'agent.token',
        '--yes': true,
        ...changes,
      }),
    ],
    { start: buyer('10'), ...more, files: { ...tokenFile, ...files } },
  );
const [wallet, escrow] = ['svc_price_signed', 'svc_price_escrow'];
const asked = { '--yes': undefined };
const given = {
  '--payment-tx-hash': of(({ hash }) => hash),
  '--payment-chain': 'agung',
  '--payment-token': 'USDC',
};
const breaking = { market: at('POST /market/orders/:id/payment-proof', null, { times: 1 }) };
const onPeaq = market((api) => {
  api.set({ otherChains: 'recorded' });
  api.addService({ ...api.service(wallet), id: 'svc_far', payment: { rail: { chain: 'peaq' } } });
});

export const scaleSigners = [
  onboard(''),
  onboard(', --json', { '--json': true }),
  onboard(', wrong passphrase', {}, { env: { OWS_PASSPHRASE: 'wrong' } }),
  onboard(', no passphrase', {}, { env: { OWS_PASSPHRASE: undefined } }),

  order('pays', wallet),
  order('pays, --json', wallet, { '--json': true }),
  order('pays, accepted', wallet, asked, { input: 'y\n' }),
  order('pays, declined', wallet, asked, { input: 'n\n' }),
  order('pays what is free', 'svc_price_open'),
  order('pays without money', wallet, {}, { start: buyer('1') }),
  order('pays, wrong passphrase', wallet, {}, { env: { OWS_PASSPHRASE: 'wrong' } }),
  order('pays, no passphrase', wallet, {}, { env: { OWS_PASSPHRASE: undefined } }),
  order('pays, again after its proof broke off', wallet, {}, { faults: breaking, earlier: [{}] }),
  order('pays into escrow', escrow),
  order('pays for another account', wallet, {}, { start: [onboarded(), paired({ dollars: '10' })] }),
  order('pays on a chain that its node does not serve', 'svc_far', {}, { start: [...buyer('10'), onPeaq] }),
  order('has paid already', wallet, given, { start: [...buyer('10'), transferredTo(seller, '1.5', 'operator')] }),
];
