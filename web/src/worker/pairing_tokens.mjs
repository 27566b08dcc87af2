// Tokens of pairings: records of the vault. The page names a pairing, and never has its token.
// SPDX-License-Identifier: Apache-2.0
import { trouble } from '../vault/trouble.mjs';

const prefix = 'pairing:';
const decode = ({ bytes }) => JSON.parse(new TextDecoder().decode(bytes));

/** A request as the core takes it: the member `pairing`, an id, becomes the pairing's token. */
export async function withToken(records, { pairing, ...request }) {
  if (pairing === undefined) return request;
  const record = await records.get(prefix + pairing);
  if (!record)
    throw trouble('NO_TOKEN', 'this console has no token of that pairing', 'Rotate its token, or pair again');
  return { ...request, pairingToken: new TextEncoder().encode(decode(record).pairing_token) };
}

/** Takes the token out of a result and keeps it. */
export async function keepToken(records, result) {
  if (!result?.pairing_token) return result;
  await records.put(prefix + result.id, new TextEncoder().encode(JSON.stringify(result)), 0o600);
  return { ...result, pairing_token: null };
}

/** The pairings whose tokens are here, without them. */
export async function knownPairings(records) {
  const ids = (await records.ids()).filter((id) => String(id).startsWith(prefix));
  const kept = await Promise.all(ids.map(async (id) => decode(await records.get(id))));
  return kept.map((pairing) => ({ ...pairing, pairing_token: null }));
}
