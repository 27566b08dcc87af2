// Texts of the activation page: what is said of every machine, and of machines of one generation of contracts.
// SPDX-License-Identifier: Apache-2.0

const generations = {
  1: {
    own: 'This wallet as a machine',
    other: 'Another machine I operate',
    keyNeeded: 'The machine signs its own DID, so its key is needed',
    keyHint: '0x and 64 hexadecimal digits; used for this run and kept nowhere',
    purpose:
      'Six steps: balances, two-factor, funding, registration with its bond, NFT, DID. They are signed by a wallet, and there is none yet.',
    transactions: (proxy) => `of ${proxy ? 'four' : 'three'} transactions, shown before the first is signed`,
    proxyPays: 'The machine pays the fee of its own DID.',
    about: '',
  },
  2: {
    own: 'Owned by this wallet',
    other: 'Owned by the machine itself',
    keyNeeded: 'The machine signs, owns and pays, so its key is needed',
    keyHint: '0x and 64 hexadecimal digits; used for this run and kept nowhere. This wallet becomes the controller',
    purpose:
      'One transaction registers it, bonds its subscription and writes its DID. It is signed by a wallet, and there is none yet.',
    transactions: () => 'of one or two transactions, shown before the first is signed',
    proxyPays: 'The machine’s own account signs, owns the machine and pays; this wallet controls it.',
    about:
      'A machine is known by its type and credential subject for ever; its bond is paid for a period, and renewed.',
  },
};

export const wordsOfGeneration = (generation) => generations[generation];

export const activateWords = {
  machineType: 'Machine type',
  machineTypeHint: 'What kind of machine it is, such as Sensor. It is part of the machine’s ID for ever',
  machineTypeMissing: 'Enter what kind of machine it is, such as Sensor',
  machineTypeBlanks: 'Leave out the blanks around it: they would change the machine’s ID',
  subject: 'Credential subject',
  subjectHint: 'Such as the device’s public key, in hexadecimal. Left empty: the address of the machine’s owner',
  subjectBad: 'Enter 0x and an even number of hexadecimal digits',
  tier: 'Subscription',
  unpriced: 'no price at the moment',
  document: 'DID document',
  documentHint: 'JSON with verificationMethods, authentication and serviceEndpoints; instead of the URLs',
  documentBad: 'This file is no JSON object',
  documentAndUrls: 'The DID document has the service endpoints: leave this out, or remove the document',
  many: 'Many machines from a file',
  tryAgain: 'Try again',
};
