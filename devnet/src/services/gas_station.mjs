// The Gas Station: money for wallets that cannot pay for their first transactions (docs/protocol.md#gas-station).
// SPDX-License-Identifier: Apache-2.0
import { getAddress, isAddress, parseEther } from 'viem';
import { HttpError, NO_ANSWER, startHttpService, Text } from '../http_service.mjs';
import { openFaucet } from './faucet.mjs';
import { refusal } from './gas_station_refusals.mjs';
import { TwoFactor } from './two_factor.mjs';

const CHAINS = ['peaq', 'agung', 'devnet'];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

// What setGasStation() changes; amounts in wei.
const defaults = {
  down: false, // everything posted is answered 503
  rateLimited: false,
  amount: parseEther('2'), // of one funding
  capPerOwner: parseEther('1000'),
  capPerWallet: parseEther('1000'),
  transferFails: false,
  qrFails: false,
  delayMs: 0, // how long a transfer is in progress before it is sent
  dropAnswer: null, // 'before', 'after': a funding's connection closes without an answer, unpaid or paid
  codes: {}, // other names for codes, as {TOTP_EXPIRED: '2FA_EXPIRED'}
};

export function gasStationSettings(changes = {}) {
  const unknown = Object.keys(changes).find((name) => !Object.hasOwn(defaults, name));
  if (unknown) throw new TypeError(`the Gas Station has no setting '${unknown}'`);
  return { ...defaults, ...changes };
}

const parse = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const addressOf = (text) => (isAddress(text, { strict: false }) ? getAddress(text) : undefined);

// The URI in words: those who want a code to scan draw it themselves.
const picture = (uri) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 60"><text x="10" y="35" font-family="monospace" font-size="14">${uri.replaceAll('&', '&amp;')}</text></svg>\n`;

// switches.gasStation: the settings, replaced by tests while the service runs. Besides url and stop() there is what an
// authenticator app and a support desk would do: codeOf(owner, offsetSeconds), lock(owner, locked); and `requests`, all
// that was posted: {path, body, status, code}, status null while there is no answer.
export async function startGasStation({ port, rpc, switches }) {
  const settings = () => switches.gasStation;
  const refuse = (code) => refusal(code, settings().codes);
  const twoFactor = new TwoFactor(refuse);
  const pay = await openFaucet(rpc, settings, refuse);
  const requests = [];

  function read(body, ...names) {
    if (!names.every((name) => typeof body?.[name] === 'string' && body[name] !== '')) throw refuse('INVALID_PAYLOAD');
    return body;
  }

  function setUp(request) {
    const { ownerAddress, format } = read(request, 'ownerAddress', 'format');
    const owner = addressOf(ownerAddress);
    if (!owner) throw refuse('INVALID_OWNER_ADDRESS');
    if (!['svg', 'png'].includes(format)) throw refuse('INVALID_PAYLOAD');
    if (settings().qrFails) throw refuse('QR_GENERATION_FAILED');
    const { uri, image } = twoFactor.setUp(owner);
    const data = { ownerAddress: owner, otpauthUri: uri, qrImageUrl: `${service.url}/2fa/qr/${image}` };
    return { status: 'success', data };
  }

  function confirm(request) {
    const { ownerAddress, twoFactorCode } = read(request, 'ownerAddress', 'twoFactorCode');
    const owner = addressOf(ownerAddress);
    if (!owner) throw refuse('INVALID_PAYLOAD');
    twoFactor.confirm(owner, twoFactorCode);
    return { status: 'success', code: '2FA_ACTIVATED', data: { ownerAddress: owner } };
  }

  async function fund(request) {
    read(request, 'ownerAddress', 'targetWalletAddress', 'chainId', 'twoFactorCode', 'requestId');
    const [owner, wallet] = [request.ownerAddress, request.targetWalletAddress].map(addressOf);
    const { chainId, twoFactorCode } = request;
    const { dropAnswer, rateLimited } = settings();
    const requestId = request.requestId.toLowerCase();
    if (!owner || !wallet || !CHAINS.includes(chainId) || !UUID.test(requestId)) throw refuse('INVALID_PAYLOAD');
    if (dropAnswer === 'before') return NO_ANSWER;
    if (rateLimited) throw refuse('RATE_LIMITED');
    twoFactor.require(owner, twoFactorCode);
    const answer = await pay({ owner, wallet, requestId });
    return dropAnswer === 'after' ? NO_ANSWER : answer;
  }

  const endpoints = { '/2fa/setup': setUp, '/2fa/confirm': confirm, '/faucet/fund': fund };

  async function post(path, text) {
    const entry = { path, body: parse(text), status: null };
    requests.push(entry);
    try {
      if (settings().down) throw new HttpError(503, 'the Gas Station is being maintained');
      const answer = await endpoints[path](entry.body);
      if (answer !== NO_ANSWER) Object.assign(entry, { status: 200, code: answer.code });
      return answer;
    } catch (error) {
      Object.assign(entry, { status: error.status ?? 500, code: error.body?.code });
      throw error;
    }
  }

  function get(path, query) {
    // What an authenticator app would show: a person who tries a devnet may have none at hand.
    const code = path === '/dev/totp' && twoFactor.codeOf(addressOf(query.get('owner') ?? ''));
    if (code) return new Text(`${code}\n`, 'text/plain');
    const uri = path.startsWith('/2fa/qr/') && twoFactor.uriOf(path.slice('/2fa/qr/'.length));
    if (uri) return new Text(picture(uri), 'image/svg+xml');
    throw new HttpError(404, path === '/dev/totp' ? 'no such owner has set 2FA up here' : 'no such resource');
  }

  const service = await startHttpService(port, ({ method, path, query, body }) => {
    if (method === 'POST' && Object.hasOwn(endpoints, path)) return post(path, body);
    if (method === 'GET') return get(path, query);
    throw new HttpError(404, 'no such resource');
  });
  return {
    ...service,
    requests,
    codeOf: (owner, offsetSeconds) => {
      const code = twoFactor.codeOf(getAddress(owner), offsetSeconds);
      if (!code) throw new Error(`${owner} has not set 2FA up`);
      return code;
    },
    lock: (owner, locked) => twoFactor.lock(getAddress(owner), locked),
  };
}
