// Agents: pairings proven by real signatures, their tokens, and what these open.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { newAccount, refused, startMarket } from './market_client.mjs';

let world, operators, market, machine, get, post, patch, onboard, agentOf, prove, pair, search;
before(async () => {
  ({ world, operators, get, post, patch, onboard, agentOf, prove, pair, search } = await startMarket());
  ({ market } = world.control);
  machine = await onboard();
});
after(() => world.stop());
afterEach(() => market.set());

const path = ({ id }, tail = '') => `/machines/${id}/agent-pairings${tail}`;
const challengeOf = async (agent, of = machine) => post(path(of, '/challenges'), agent);
const free = (pairing, token = pairing.token) => search({ ...pairing, token }, 'oracle.price-feed');

test('an agent is paired by its signature', async () => {
  const account = newAccount();
  const agent = agentOf(account, { agentDid: `did:pkh:eip155:1:${account.address}` });
  const { http, item: challenge } = await challengeOf(agent);
  assert.equal(http, 201);
  assert.deepEqual(
    [challenge.agentAddress, challenge.machineId, challenge.machineIdentityRef, challenge.agentDid],
    [account.address, machine.id, machine.identityRef, agent.agentDid],
  );
  assert.deepEqual((await challengeOf(agent)).item, challenge);
  const delegationPolicy = {
    allowedSkillKeys: ['a'],
    deniedSkillKeys: [],
    allowedServiceIds: [],
    deniedServiceIds: ['svc_x'],
    perTransactionLimit: 5,
    dailySpendLimit: 20.5,
    currency: 'USD',
  };
  const agentProof = await prove(account, challenge);
  const { item } = await post(path(machine), { ...agent, agentProof, delegationPolicy, description: 'd' });
  for (const [name, value] of Object.entries({ ...agent, delegationPolicy, description: 'd', status: 'active' }))
    assert.deepEqual(item[name], value);
  assert.deepEqual([item.hasAuthToken, item.tokenLastFour], [true, item.pairingToken.slice(-4)]);
  assert.deepEqual([item.verification.method, item.verification.signerAddress], ['eip191', account.address]);
  const claims = JSON.parse(Buffer.from(item.pairingToken.split('.')[1], 'base64url'));
  assert.deepEqual(
    [claims.sub, claims.sid, claims.jti, claims.exp * 1000],
    [item.id, item.sessionId, item.sessionTokenId, Date.parse(item.sessionExpiresAt)],
  );
  // A challenge is good once.
  refused(await post(path(machine), { ...agent, agentProof }), 403, 'AGENT_PAIRING_PROOF_INVALID');
});

test('a pairing needs a proof of the same agent, in time', async () => {
  const account = newAccount();
  const agent = agentOf(account);
  refused(await post(path(machine), agent), 400, 'AGENT_PAIRING_PROOF_REQUIRED');
  const { item: challenge } = await challengeOf(agent);
  for (const [signer, changes] of [
    [newAccount(), {}],
    [account, { agentRole: 'another' }],
    [account, { agentDid: 'did:x' }],
  ]) {
    const agentProof = await prove(signer, challenge);
    refused(await post(path(machine), { ...agent, ...changes, agentProof }), 403, 'AGENT_PAIRING_PROOF_INVALID');
  }
  market.advance(600);
  const agentProof = await prove(account, challenge);
  refused(await post(path(machine), { ...agent, agentProof }), 403, 'AGENT_PAIRING_PROOF_EXPIRED');
});

test('what is wrong with a pairing is said', async () => {
  const agent = agentOf(newAccount());
  for (const [body, field] of [
    [{ ...agent, agentAddress: '0x12' }, 'agentAddress'],
    [{ ...agent, agentRole: '' }, 'agentRole'],
  ]) {
    const answer = await challengeOf(body);
    refused(answer, 400, 'VALIDATION_ERROR');
    assert.equal(answer.details.field, field);
  }
  for (const [policy, field] of [
    [{ perTransactionLimit: -1 }, 'delegationPolicy.perTransactionLimit'],
    [{ dailySpendLimit: '5' }, 'delegationPolicy.dailySpendLimit'],
    [{ allowedSkillKeys: 'a' }, 'delegationPolicy.allowedSkillKeys'],
  ]) {
    const answer = await post(path(machine), { ...agent, delegationPolicy: policy });
    refused(answer, 400, 'VALIDATION_ERROR');
    assert.equal(answer.details.field, field);
  }
});

test('only an active machine has agents', async () => {
  const agent = agentOf(newAccount());
  refused(await challengeOf(agent, { id: 'mach_none' }), 404, 'MACHINE_NOT_FOUND');
  refused(await challengeOf(agent, await onboard({ status: 'draft' })), 409, 'MACHINE_NOT_ACTIVE');
  const blocked = await onboard();
  const pairing = await pair(blocked);
  assert.equal((await free(pairing)).http, 201);
  await patch(`/machines/${blocked.id}`, { status: 'blocked' });
  refused(await free(pairing), 409, 'MACHINE_NOT_ACTIVE');
  refused(await challengeOf(agent, blocked), 409, 'MACHINE_NOT_ACTIVE');
  await patch(`/machines/${blocked.id}`, { status: 'active' });
  const number = await operators[0].read('IdentityRegistry', 'machineIdOfOwner', blocked.account.address);
  await world.control.send('IdentityStaking', 'release', [number]);
  refused(await free(pairing), 409, 'MACHINE_NOT_ACTIVATED');
  refused(await challengeOf(agent, blocked), 409, 'MACHINE_NOT_ACTIVATED');
});

test('a token expires after an hour, or as long as is set', async () => {
  const pairing = await pair(machine);
  assert.equal(Date.parse(pairing.sessionExpiresAt) - Date.parse(pairing.sessionIssuedAt) > 3_590_000, true);
  market.advance(3590);
  assert.equal((await free(pairing)).http, 201);
  market.advance(10);
  refused(await free(pairing), 401, 'AGENT_AUTH_EXPIRED');
  market.set({ tokenSeconds: 60 });
  const short = await pair(machine);
  assert.equal((await free(short)).http, 201);
  market.advance(60);
  refused(await free(short), 401, 'AGENT_AUTH_EXPIRED');
});

test('a token that this server did not sign is refused', async () => {
  const pairing = await pair(machine);
  const [header, claims, signature] = pairing.token.split('.');
  const forged = Buffer.from(JSON.stringify({ sub: pairing.id, exp: 9e9 })).toString('base64url');
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  const wrong = [`${header}.${forged}.${signature}`, `${none}.${claims}.`, `${header}.${claims}.${signature}x`, 'x'];
  for (const token of wrong) refused(await free(pairing, token), 401, 'AGENT_AUTH_INVALID');
  refused(await post('/market/search', {}, { headers: {} }), 401, 'AGENT_AUTH_REQUIRED');
});

test('a new session replaces the token of the old', async () => {
  const pairing = await pair(machine);
  const sessions = path(machine, `/${pairing.id}/sessions`);
  const { item: challenge } = await challengeOf(agentOf(pairing.account));
  refused(await post(sessions, {}), 400, 'AGENT_PAIRING_PROOF_REQUIRED');
  const stranger = await prove(newAccount(), challenge);
  refused(await post(sessions, { agentProof: stranger }), 403, 'AGENT_PAIRING_PROOF_INVALID');
  const agentProof = await prove(pairing.account, challenge);
  const { http, item } = await post(sessions, { agentProof });
  assert.deepEqual([http, item.id, item.createdAt], [201, pairing.id, pairing.createdAt]);
  for (const name of ['pairingToken', 'sessionId', 'sessionTokenId']) assert.notEqual(item[name], pairing[name]);
  refused(await free(pairing), 401, 'AGENT_AUTH_INVALID');
  assert.equal((await free(pairing, item.pairingToken)).http, 201);
  refused(await post(sessions, { agentProof }), 403, 'AGENT_PAIRING_PROOF_INVALID');
  const other = await onboard();
  refused(await post(path(other, `/${pairing.id}/sessions`), { agentProof }), 404, 'NOT_FOUND');
});

test('a paused or revoked pairing opens nothing', async () => {
  const pairing = await pair(machine);
  const rotate = () => post(path(machine, `/${pairing.id}/sessions`), {});
  for (const [status, code] of [
    ['paused', 'AGENT_PAIRING_INACTIVE'],
    ['revoked', 'AGENT_PAIRING_UNAVAILABLE'],
  ]) {
    market.setPairing(pairing.id, status);
    refused(await free(pairing), 403, code);
    refused(await rotate(), 403, code);
  }
  market.setPairing(pairing.id, 'active');
  assert.equal((await free(pairing)).http, 201);
});

test('an agent acts for its own machine only', async () => {
  const [pairing, other] = [await pair(machine), await onboard()];
  const as = (changes) => search(pairing, 'oracle.price-feed', changes);
  refused(await as({ machineId: other.id }), 403, 'AGENT_PAIRING_REQUIRED');
  refused(await as({ machineId: 'mach_none' }), 404, 'MACHINE_NOT_FOUND');
  refused(await as({ agentPairingId: (await pair(machine)).id }), 403, 'AGENT_PAIRING_REQUIRED');
  assert.equal((await as({ agentPairingId: pairing.id })).http, 201);
  // A pairing's token is no platform key.
  refused(await get('/machines', { token: pairing.token }), 401, 'AUTH_REQUIRED');
});
