// Command lines about machines of generation 2, for the reference of that generation and for peaqos. A case may have several
// lines, run one after the other; ID stands for the machine that is there before.
// SPDX-License-Identifier: Apache-2.0

const document = {
  verificationMethods: [
    {
      id: '#key-1',
      methodType: 'EcdsaSecp256k1RecoveryMethod2020',
      controller: '0x1111111111111111111111111111111111111111',
      publicKeyMultibase: 'zQ3shExample',
    },
  ],
  authentication: [0],
  serviceEndpoints: [{ id: '#docs', serviceType: 'Documentation', serviceEndpoint: 'https://example.com/d' }],
};
export const files = {
  'did.json': JSON.stringify(document),
  'empty.json': JSON.stringify({ verificationMethods: [], authentication: [], serviceEndpoints: [] }),
  'twice.json': JSON.stringify(document).replace('"id":"#docs"', '"id":"#docs","id":"#docs"'),
  'methods.json': JSON.stringify(document.verificationMethods),
  'services.json': JSON.stringify(document.serviceEndpoints),
};

const other = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const activation = (more = {}) => {
  const options = {
    'machine-type': 'Sensor',
    'credential-subject-hex': '0xdeadbeef',
    manufacturer: '0x3333333333333333333333333333333333333333',
    tier: 'entry',
    'did-document': 'did.json',
    ...more,
  };
  const words = Object.entries(options).flatMap(([name, value]) => (value === null ? [] : [`--${name}`, value]));
  return ['activate', ...words, '--skip-funding', '--yes', '--json'];
};
const machine = (...words) => ['machine', ...words, '--yes', '--json'];

export const cases = [
  { name: 'activate: fresh', lines: [activation()] },
  {
    name: 'activate: every tier and an empty document',
    lines: [activation({ tier: 'pro', 'did-document': 'empty.json' })],
  },
  { name: 'activate: preview', lines: [[...activation(), '--dry-run']] },
  { name: 'activate: run again', lines: [activation(), activation()] },
  { name: 'activate: another tier', lines: [activation(), activation({ tier: 'pro' })] },
  { name: 'activate: unknown tier', lines: [activation({ tier: 'gold' })] },
  { name: 'activate: a member twice', lines: [activation({ 'did-document': 'twice.json' })] },
  { name: 'activate: no hexadecimal subject', lines: [activation({ 'credential-subject-hex': 'deadbeef' })] },
  { name: 'activate: a flag of generation 1', lines: [[...activation(), '--operator', other]] },
  { name: 'activate: no price', lines: [activation()], before: (control) => control.setPrice(0) },
  { name: 'activate: USDT where none is taken', lines: [activation({ payment: 'usdt', 'slippage-bps': '50' })] },
  { name: 'machine: status', lines: [['machine', 'status', 'ID', '--json']] },
  { name: 'machine: status of none', lines: [['machine', 'status', '12345', '--json']] },
  { name: 'machine: suspend and resume', lines: [machine('suspend', 'ID'), machine('resume', 'ID')] },
  { name: 'machine: resume what runs', lines: [machine('resume', 'ID')] },
  { name: 'machine: approve', lines: [machine('approve', 'ID', other)] },
  {
    name: 'machine: approve all',
    lines: [machine('approve-all', other, '--allow'), machine('approve-all', other, '--revoke')],
  },
  { name: 'machine: transfer', lines: [machine('transfer', 'ID', other)] },
  { name: 'machine: transfer with data, unsafe', lines: [machine('transfer', 'ID', other, '--unsafe')] },
  {
    name: 'machine: controller set, then cleared',
    lines: [machine('did', 'set-controller', 'ID', other), machine('did', 'clear-controller', 'ID')],
  },
  {
    name: 'machine: methods and services',
    lines: [
      machine('did', 'set-verification-methods', 'ID', '--file', 'methods.json'),
      machine('did', 'set-services', 'ID', '--file', 'services.json'),
    ],
  },
  {
    name: 'machine: authentication',
    lines: [
      machine('did', 'set-verification-methods', 'ID', '--file', 'methods.json'),
      machine('did', 'set-authentication', 'ID', '--index', '0'),
    ],
  },
];
