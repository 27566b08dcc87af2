// scale order status, list, received and dispute: what became of orders.
// SPDX-License-Identifier: Apache-2.0
import { of, ordered } from '../market.mjs';
import { at, refusal } from '../services.mjs';
import { without } from './common.mjs';
import { atFair, buyer, machineId, scale, tokenFile, wordsOf } from './scale.mjs';

const states = ['ready', 'delivered', 'confirmed', 'disputed', 'handoff', 'unpaid', 'cancelled'];
const idOf = (name) => of(({ orders }) => orders[name].id);
const status = (name, words, more) => atFair(`order status: ${name}`, ['order', 'status', ...words], more);
const answering = (change) => ({
  market: at('GET /market/orders/:id', async (asked) => {
    const { body } = await asked.forward();
    return { body: { item: change(JSON.parse(body).item) } };
  }),
});
const noPayment = (answer) => ({ market: at('GET /market/orders/:id/payment', answer) });

const list = (name, options, more) => atFair(`order list: ${name}`, ['order', 'list', ...wordsOf(options)], more);
const busy = { '--machine-id': of((scene) => scene.busy.id) };
const repeating = {
  market: at('GET /market/orders', async (asked) => {
    const { items, nextCursor } = JSON.parse((await asked.forward()).body);
    return { body: { items: items.slice(0, 2), nextCursor: nextCursor && '' } };
  }),
};

const after = (name, words, start, more = {}) =>
  scale(`order ${name}`, ['order', ...words], {
    start: [...buyer({ dollars: '10' }), ...start],
    ...more,
    files: { ...tokenFile, ...more.files },
  });
const orderId = of(({ order }) => order.id);
const delivered = ordered('svc_price_open', ['execute']);
const received = (name, start, more = {}, ...words) =>
  after(`received: ${name}`, ['received', orderId, '--pairing-token-file', 'agent.token', ...words], start, more);
const dispute = (name, options, start = [delivered], more = {}) =>
  after(
    `dispute: ${name}`,
    [
      'dispute',
      orderId,
      ...wordsOf({ '--reason': ' bad data ', '--pairing-token-file': 'agent.token', '--yes': true, ...options }),
    ],
    start,
    more,
  );
const evidence = { 'evidence.json': '{"log_url": "https://x.example", "nul": null, "n": 1.50}' };

export const scaleAfter = [
  ...states.map((state) => status(`${state}`, [idOf(state)])),
  status('an intended payment', [idOf('intended')]),
  status('a held payment', [idOf('held')]),
  status('a held payment, --json', [idOf('held'), '--json']),
  status('without payment, --json', ['--json', idOf('delivered')]),
  status('of nobody', ['ord_nobody']),
  status('an item that is null', [idOf('delivered')], { faults: noPayment({ body: { item: null } }) }),
  status('a payment that cannot be read', [idOf('delivered')], { faults: noPayment(refusal('INTERNAL')) }),
  status('members that are unknown, --json', [idOf('delivered'), '--json'], {
    faults: answering((item) => ({ ...item, extraMember: { a_b: 1 } })),
  }),
  status('a member that is missing', [idOf('delivered')], { faults: answering((item) => without(item, 'createdAt')) }),
  status('a member that is null', [idOf('delivered')], { faults: answering((item) => ({ ...item, skillKey: null })) }),
  status('a member of another type', [idOf('delivered')], { faults: answering((item) => ({ ...item, status: 7 })) }),
  status('user data, --json', [idOf('delivered'), '--json'], {
    faults: answering((item) => ({ ...item, input: { snake_key: 1, camelKey: null } })),
  }),

  list('few', { '--machine-id': machineId }),
  list('few, --json', { '--machine-id': machineId, '--json': true }),
  list('the first page', busy),
  list('a limit', { ...busy, '--limit': '2' }),
  list('a limit, --json', { ...busy, '--limit': '2', '--json': true }),
  list('all pages, --json', { ...busy, '--json': true }),
  list('an empty cursor', { ...busy, '--cursor': '', '--limit': '1' }),
  list('a cursor of nobody', { ...busy, '--cursor': "a b&c=/+%'" }),
  list('a machine of nobody', { '--machine-id': ' mach_nobody ' }),
  list('an empty cursor is no end, --json', { ...busy, '--json': true, '--limit': '3' }, { faults: repeating }),
  list('a page that breaks off, --json', { ...busy, '--json': true }, { faults: failing(1) }),
  scale('order list: none', ['order', 'list', '--machine-id', machineId], { start: buyer() }),
  scale('order list: none, --json', ['order', 'list', '--machine-id', machineId, '--json'], { start: buyer() }),

  received('delivered', [delivered]),
  received('delivered, --json', [delivered], {}, '--json'),
  received('a handoff', [ordered('svc_price_desk', ['execute'])]),
  received('not delivered', [ordered('svc_price_open')]),
  received('twice', [ordered('svc_price_open', ['execute'], ['confirm'])]),
  received('of nobody', [], {
    words: ['scale', 'order', 'received', 'ord_nobody', '--pairing-token-file', 'agent.token'],
  }),
  received('a token that is none', [delivered], { files: { 'agent.token': 'none' } }),
  dispute('raised', {}),
  dispute('--json', { '--json': true }),
  dispute('evidence', { '--evidence': 'evidence.json', '--json': true }, [delivered], { files: evidence }),
  dispute('accepted', { '--yes': undefined }, [delivered], { input: 'y\n' }),
  dispute('declined', { '--yes': undefined }, [delivered], { input: 'n\n' }),
  dispute('nobody answers', { '--yes': undefined }, [delivered], { input: '' }),
  dispute('closed', {}, [ordered('svc_price_open', ['execute'], ['confirm'])]),
];

// Breaks the connection after so many pages.
function failing(pages) {
  return () => {
    let asked = 0;
    return () => (++asked > pages ? null : undefined);
  };
}
