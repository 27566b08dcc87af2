// A market with some history, which cases only read and search: machines, and orders in every state.
// SPDX-License-Identifier: Apache-2.0
import { marketOf } from '../../devnet/test/market_client.mjs';
import { actor } from './actors.mjs';
import { onboarded, paired, seller } from './market.mjs';

/** Its scene: {machine, busy (a machine of 250 orders), pairing, orders: {name: order}}. */
export async function startFair({ world, reset }) {
  await reset([onboarded({ name: 'second' }), onboarded(), paired({ dollars: '10' })]);
  const { control, scene } = world;
  const { get, order, step, intended, proofOf, transfer } = marketOf(world);
  const { pairing } = scene;
  scene.orders = {};

  const keep = async (name, service, ...steps) => {
    const { item } = await order(pairing, service);
    for (const [path, body] of steps) await step(pairing, item.id, path, body);
    scene.orders[name] = item;
    return item.id;
  };
  await keep('ready', 'svc_price_open');
  await keep('delivered', 'svc_price_open', ['execute']);
  await keep('failed', 'svc_price_open', ['execute', { input: { symbol: 'NO/SUCH' } }]);
  await keep('confirmed', 'svc_price_open', ['execute'], ['confirm']);
  await keep('disputed', 'svc_price_open', ['execute'], ['dispute', { reason: 'bad data' }]);
  await keep('handoff', 'svc_price_desk', ['execute']);
  await keep('unpaid', 'svc_price_signed');
  control.market.setOrder(await keep('cancelled', 'svc_price_open'), 'cancelled');
  control.market.setOrder(await keep('executing', 'svc_price_open'), 'executing');

  scene.orders.intended = (await intended(pairing, 'svc_price_escrow')).order;
  const { order: paid, payment } = await intended(pairing, 'svc_price_signed');
  const account = { ...scene.pairing.account, address: actor(world, 'agent').address };
  const hash = await transfer(account, seller, '1.5');
  await step(pairing, paid.id, 'payment-proof', proofOf(payment, hash));
  scene.orders.held = paid;

  scene.busy = (await get('/machines')).items.find(({ id }) => id !== scene.machine.id);
  control.market.seedOrders(scene.busy.id, 250);
  return world;
}
