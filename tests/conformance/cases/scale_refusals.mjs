// What the Orchestration API may refuse with, and answers that are none.
// SPDX-License-Identifier: Apache-2.0
import { codes } from '../../../devnet/src/services/orchestration/errors.mjs';
import { at, refusal } from '../services.mjs';
import { atFair } from './scale.mjs';

const meeting = (name, answer, words = ['machine', 'list']) =>
  atFair(`refusals: ${name}`, words, { faults: { market: at('GET /machines', answer) } });
const envelope = (error) => ({ status: 400, body: { error } });

const answers = [
  ['an unknown code', refusal('WEIRD', 'strange')],
  ['an unknown code without message', refusal('WEIRD', '')],
  ['a message that says the same', refusal('NOT_FOUND', 'RESOURCE NOT FOUND')],
  [
    'VALIDATION_ERROR with details',
    refusal('VALIDATION_ERROR', 'bad', { details: { fieldName: 'x', n: [1, null, true] } }),
  ],
  ['500 without envelope', { status: 500, body: { message: 'x' } }],
  ['an error that is no object', envelope('bad')],
  ['502 with HTML', { status: 502, body: '<html></html>', type: 'text/html' }],
  ['429', { status: 429, body: '' }],
  ['nothing', { body: '' }],
  ['no content', { status: 204 }],
  ['HTML', { body: '<html></html>', type: 'text/html' }],
  ['items that are an object', { body: { items: {} } }],
  ['a machine without name', { body: { items: [{ id: 'mach_1', status: 'active' }], nextCursor: null } }],
  ['a cursor that is a number', { body: { items: [], nextCursor: 1 } }],
  ['a redirect', { status: 302, body: '', headers: { location: '/api/v1/machines/elsewhere' } }],
];

export const scaleRefusals = [
  ...Object.keys(codes).map((code) => meeting(code, refusal(code))),
  ...answers.map(([name, answer]) => meeting(`answers ${name}`, answer)),
  meeting('breaks the connection', null),
];
