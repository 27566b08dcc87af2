// Machines of the market: identities of the chain, proven by real signatures.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { bond } from './operator.mjs';
import { newAccount, refused, startMarket } from './market_client.mjs';

let world, market, operators, get, post, patch, onboard, challengeOf, prove, profile;
before(async () => {
  ({ world, operators, get, post, patch, onboard, challengeOf, prove, profile } = await startMarket());
  ({ market } = world.control);
});
after(() => world.stop());
afterEach(() => market.set());

const activated = async () => {
  const account = newAccount();
  await market.activate(account.address, world.accounts[1].address);
  return { account, identityRef: `did:peaq:${account.address}` };
};
const register = async (identityRef, identityProof, changes = {}) =>
  post('/machines', { ...profile, identityRef, identityProof, ...changes });

test('the platform key is asked for, and checked', async () => {
  const request = (headers) => get('/machines', { headers });
  refused(await request({}), 401, 'AUTH_REQUIRED');
  refused(await request({ 'x-api-key': 'guess' }), 401, 'AUTH_INVALID');
  refused(await request({ 'x-agent-pairing-token': 'guess' }), 401, 'AUTH_REQUIRED');
  assert.equal((await get('/machines')).http, 200);
});

test('a challenge names who may sign it, and is repeated until it expires', async () => {
  const { account, identityRef } = await activated();
  const first = await challengeOf(identityRef);
  assert.deepEqual(first.controllerAddresses, [account.address, world.accounts[1].address]);
  assert.deepEqual([first.identityRef, first.verificationMethod], [identityRef, 'eip191']);
  assert.ok(first.message.includes(identityRef));
  assert.deepEqual(await challengeOf(identityRef), first);
  assert.notEqual((await challengeOf((await activated()).identityRef)).challengeId, first.challengeId);
  market.advance(600);
  assert.notEqual((await challengeOf(identityRef)).challengeId, first.challengeId);
  refused(await register(identityRef, await prove(account, first)), 403, 'MACHINE_IDENTITY_PROOF_EXPIRED');
});

test('a machine is registered with a proof of its identity, then active', async () => {
  const { account, identityRef } = await activated();
  const challenge = await challengeOf(identityRef);
  const given = { capabilities: ['nav'], labels: { foo_bar: 'x' }, skillKeys: ['open-price-feed'] };
  const made = await register(identityRef, await prove(account, challenge), given);
  const { item } = made;
  assert.deepEqual([made.http, item.status, item.identityRef], [201, 'draft', identityRef]);
  for (const [name, value] of Object.entries({ ...profile, ...given, policyIds: [] }))
    assert.deepEqual(item[name], value);
  const { identityProof } = item;
  assert.deepEqual(
    [identityProof.signerAddress, identityProof.challengeId, identityProof.resolutionSource],
    [account.address, challenge.challengeId, 'peaqos-mcr'],
  );
  const changed = await patch(`/machines/${item.id}`, { status: 'active' });
  assert.deepEqual([changed.http, changed.item.status], [200, 'active']);
  assert.deepEqual((await get(`/machines/${item.id}`)).item, changed.item);
  // The proof was used.
  const other = { ...(await activated()), proof: { challengeId: challenge.challengeId, signature: '0x' } };
  refused(await register(other.identityRef, other.proof), 403, 'MACHINE_IDENTITY_PROOF_INVALID');
});

test('the operator of a proxy machine proves as well, and a number on the chain names a machine too', async () => {
  const operator = newAccount();
  await market.fund(operator.address, '0');
  const { account, identityRef } = await activated();
  const challenge = await challengeOf(identityRef);
  const stranger = await prove(newAccount(), challenge);
  refused(await register(identityRef, stranger), 403, 'MACHINE_IDENTITY_PROOF_INVALID');
  const number = await operators[0].read('IdentityRegistry', 'machineIdOfOwner', account.address);
  const byNumber = `peaqos:machine:${number}`;
  const signature = (await prove(account, await challengeOf(byNumber))).signature.slice(2); // no 0x
  const proof = { challengeId: (await challengeOf(byNumber)).challengeId, signature };
  assert.equal((await register(byNumber, proof)).item.identityRef, byNumber);
  // It is the same identity.
  refused(await register(identityRef, await prove(account, challenge)), 409, 'MACHINE_IDENTITY_EXISTS');
});

test('a proof is needed, and must be for this identity', async () => {
  const { account, identityRef } = await activated();
  refused(await register(identityRef), 400, 'MACHINE_IDENTITY_PROOF_REQUIRED');
  const elsewhere = await challengeOf((await activated()).identityRef);
  refused(await register(identityRef, await prove(account, elsewhere)), 403, 'MACHINE_IDENTITY_PROOF_INVALID');
  const { challengeId } = await challengeOf(identityRef);
  for (const signature of ['0x12', 'nonsense', `0x${'0'.repeat(130)}`])
    refused(await register(identityRef, { challengeId, signature }), 403, 'MACHINE_IDENTITY_PROOF_INVALID');
});

test('an identity must be registered on the chain, and activated before the machine is active', async () => {
  const account = newAccount();
  const identityRef = `did:peaq:${account.address}`;
  for (const ref of [identityRef, 'peaqos:machine:999', 'peaqos:machine:bot'])
    refused(await post('/machine-identity/challenges', { identityRef: ref }), 422, 'PEAQOS_IDENTITY_UNAVAILABLE');
  refused(await post('/machine-identity/challenges', { identityRef: 'did:web:x' }), 400, 'VALIDATION_ERROR');
  await operators[2].write('IdentityRegistry', 'registerFor', [account.address], bond);
  const { id } = await onboard({ account, onChain: false, status: 'draft' });
  const activate = () => patch(`/machines/${id}`, { status: 'active' });
  refused(await activate(), 409, 'MACHINE_NOT_ACTIVATED'); // no NFT
  const machineId = await operators[0].read('IdentityRegistry', 'machineIdOfOwner', account.address);
  await operators[2].write('MachineNFT', 'mint', [machineId, account.address]);
  await world.control.send('IdentityStaking', 'release', [machineId]);
  refused(await activate(), 409, 'MACHINE_NOT_ACTIVATED'); // no bond
  const bonded = await onboard({ status: 'draft' });
  const number = await operators[0].read('IdentityRegistry', 'machineIdOfOwner', bonded.account.address);
  await world.control.send('IdentityRegistry', 'deactivateMachine', [number]);
  refused(await patch(`/machines/${bonded.id}`, { status: 'active' }), 409, 'MACHINE_NOT_ACTIVATED');
});

test('a machine is changed, but not its identity', async () => {
  const { id, identityRef } = await onboard();
  const changes = { displayName: 'rover-015', status: 'blocked', labels: { a: 'b' }, identityRef };
  const { item } = await patch(`/machines/${id}`, changes);
  assert.deepEqual([item.displayName, item.status, item.labels], ['rover-015', 'blocked', { a: 'b' }]);
  refused(await patch(`/machines/${id}`, { identityRef: 'peaqos:machine:1' }), 409, 'MACHINE_IDENTITY_IMMUTABLE');
  const { code, details } = await patch(`/machines/${id}`, { status: 'gone' });
  assert.deepEqual([code, details.field], ['VALIDATION_ERROR', 'status']);
  refused(await patch('/machines/mach_none', { status: 'active' }), 404, 'NOT_FOUND');
  refused(await get('/machines/mach_none'), 404, 'NOT_FOUND');
});

test('what is wrong with a body is said by name', async () => {
  for (const [body, field] of [
    [{}, 'displayName'],
    [{ ...profile, identityRef: ' ' }, 'identityRef'],
    [{ ...profile, identityRef: 'x', labels: { a: 1 } }, 'labels'],
    [{ ...profile, identityRef: 'x', identityProof: { challengeId: 'y' } }, 'identityProof.signature'],
    [[], 'the body'],
  ]) {
    const answer = await post('/machines', body);
    refused(answer, 400, 'VALIDATION_ERROR');
    assert.equal(answer.details.field, field);
  }
  refused(await post('/machines', '{'), 400, 'VALIDATION_ERROR');
  refused(await post('/nothing', {}), 404, 'NOT_FOUND');
});

test('machines are listed in pages, the oldest first', async () => {
  const made = [];
  for (let count = 0; count < 3; ++count) made.push((await onboard({ status: 'draft' })).id);
  const all = (await get('/machines')).items.map(({ id }) => id);
  assert.deepEqual(all.slice(-3), made);
  const paged = [];
  let cursor = '';
  do {
    const page = await get(`/machines?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    assert.ok(page.items.length <= 2);
    paged.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  assert.deepEqual(paged, all);
});

test('a hundred machines make a page, however many there are', async () => {
  const { items } = await get('/machines');
  market.seedMachines(200);
  const first = await get('/machines');
  assert.deepEqual([first.items.length, typeof first.nextCursor], [100, 'string']);
  const { id, status, identityRef } = first.items.at(items.length);
  assert.deepEqual([status, identityRef], ['draft', undefined]);
  refused(await patch(`/machines/${id}`, { status: 'active' }), 422, 'PEAQOS_IDENTITY_UNAVAILABLE');
});
