// What the services really do when an order is executed: (operation, input, world) -> result, or an error for the agent.
// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { toJson } from '../../json.mjs';
import { convert } from '../fx.mjs';

export class Failure extends Error {}

// The dollar price of a currency, by the devnet's exchange rates: input {symbol: "EUR/USD"}.
export function latestPrice(operation, { symbol = 'EUR/USD' }, { now }) {
  const [, currency] = /^([A-Z]{3})\/USD$/.exec(symbol) ?? [];
  const million = 1_000_000;
  const { usdValue, subunit } = convert(BigInt(million), currency, Math.floor(now / 1000), false);
  if (usdValue === null) throw new Failure(`there is no price of '${symbol}'`);
  const price = (Number(usdValue) / 100 / million) * subunit;
  const result = { symbol, price, at: new Date(now).toISOString() };
  return operation === 'get-signed-price' ? { ...result, digest: hash('sha256', result) } : result;
}

// The digest of the input's JSON, without spaces.
export function digest(operation, input) {
  return { algorithm: operation, digest: hash(operation, input) };
}

export async function blockSummary(operation, input, { rpc }) {
  const { number, hash, timestamp, gasUsed, transactions } = await rpc('eth_getBlockByNumber', ['latest', false]);
  const [height, time, gas] = [number, timestamp, gasUsed].map(Number);
  return { height, hash, time, gas, transactions: transactions.length };
}

const hash = (algorithm, value) => createHash(algorithm).update(toJson(value)).digest('hex');
