// What the tests of the Orchestration API share: its requests, and machines, agents and payments that are real.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { encodeFunctionData, parseAbi, parseUnits } from 'viem';
import { startWorld } from './operator.mjs';

export const newAccount = () => privateKeyToAccount(generatePrivateKey());
const erc20 = parseAbi(['function transfer(address,uint256) returns (bool)']);

/** A world with a client of its market. */
export async function startMarket(options) {
  const { world, operators } = await startWorld(options);
  return { world, operators, ...marketOf(world) };
}

/** Answers are {http, ...body}; a refused one has `code` and `details` of its error. */
export function marketOf(world) {
  const { urls, control } = world;
  const key = world.env().PEAQOS_ORCH_API_KEY;

  async function request(method, path, { body, token, headers } = {}) {
    const auth = token === undefined ? { 'x-api-key': key } : { 'x-agent-pairing-token': token };
    const answer = await fetch(`${urls.orchestration}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(headers ?? auth) },
      body: typeof body === 'string' ? body : body && JSON.stringify(body),
    });
    const { error, ...rest } = await answer.json();
    return { http: answer.status, ...rest, ...(error ? { error, code: error.code, details: error.details } : {}) };
  }
  const get = (path, options) => request('GET', path, options);
  const post = (path, body, options) => request('POST', path, { body, ...options });
  const patch = (path, body, options) => request('PATCH', path, { body, ...options });

  const profile = {
    displayName: 'rover-014',
    ownerId: 'op_xyz',
    machineType: 'rover',
    runtimeProfile: 'machine-runtime-agent',
  };
  const challengeOf = async (identityRef) => (await post('/machine-identity/challenges', { identityRef })).item;
  const prove = async (account, { challengeId, message }) => ({
    challengeId,
    signature: await account.signMessage({ message }),
  });

  /** A machine in the market: activated on the chain unless told otherwise, by an operator or for itself. */
  async function onboard({ account = newAccount(), status = 'active', onChain = true, changes = {} } = {}) {
    if (onChain) await control.market.activate(account.address, world.accounts[1].address);
    const identityRef = `did:peaq:${account.address}`;
    const identityProof = await prove(account, await challengeOf(identityRef));
    const { item, ...failure } = await post('/machines', { ...profile, identityRef, identityProof, ...changes });
    assert.ok(item, JSON.stringify(failure));
    if (status !== 'draft') await patch(`/machines/${item.id}`, { status });
    return { ...item, status, account };
  }

  const agentOf = (account, changes = {}) => ({
    agentAddress: account.address,
    agentProvider: 'teneo',
    agentRole: 'machine-market-buyer',
    ...changes,
  });

  /** A pairing with its token. */
  async function pair(machine, { account = newAccount(), policy = {}, changes = {} } = {}) {
    const agent = agentOf(account, changes);
    const { item: challenge } = await post(`/machines/${machine.id}/agent-pairings/challenges`, agent);
    const agentProof = await prove(account, challenge);
    const { item, ...failure } = await post(`/machines/${machine.id}/agent-pairings`, {
      ...agent,
      agentProof,
      delegationPolicy: policy,
    });
    assert.ok(item, JSON.stringify(failure));
    return { ...item, account, token: item.pairingToken };
  }

  const search = (pairing, serviceType, changes = {}) =>
    post('/market/search', { machineId: pairing.machineId, serviceType, ...changes }, pairing);
  const order = (pairing, serviceId, changes = {}) =>
    post(
      '/market/orders',
      { machineId: pairing.machineId, agentPairingId: pairing.id, serviceId, ...changes },
      pairing,
    );
  const step = (pairing, id, path, body) => post(`/market/orders/${id}/${path}`, body, pairing);

  /** An agent with dollars and gas, paired to the machine. */
  async function buyerOf(machine, dollars = '10') {
    const pairing = await pair(machine);
    await control.market.fund(pairing.account.address, dollars);
    return pairing;
  }

  const dollarsOf = async (address) => Number(await control.market.dollarsOf(address));

  /** The receipt of a transaction, once it is mined. */
  async function receiptOf(hash) {
    for (;;) {
      const receipt = await world.rpc('eth_getTransactionReceipt', [hash]);
      if (receipt) return receipt;
    }
  }

  /** Sends a transaction of an account, signed as a wallet signs it: its hash, once it is mined if `mined`. */
  async function sendFrom(account, { to = world.addresses.UsdToken, data, gas = 200_000n, mined = true }) {
    const nonce = Number(await world.rpc('eth_getTransactionCount', [account.address, 'pending']));
    const fees = { maxFeePerGas: 3_000_000_000n, maxPriorityFeePerGas: 1_000_000_000n };
    const raw = await account.signTransaction({ chainId: world.chainId, nonce, to, data, gas, ...fees });
    const hash = await world.rpc('eth_sendRawTransaction', [raw]);
    if (mined) await receiptOf(hash);
    return hash;
  }

  const transferData = (to, dollars) =>
    encodeFunctionData({ abi: erc20, functionName: 'transfer', args: [to, parseUnits(dollars, 6)] });
  /** A transfer of dollars; its hash. */
  const transfer = (account, to, dollars, changes = {}) =>
    sendFrom(account, { data: transferData(to, dollars), ...changes });

  /** An order of a service whose payment is intended: {id, payment}. */
  async function intended(buyer, serviceId, type) {
    const { item: made } = await order(buyer, serviceId);
    const { defaultRail, chain, token, tokenAddress, walletAddress, payerAddress, payeeAddress } = made.payment;
    const rail = { type: type ?? defaultRail, chain, token, tokenAddress, walletAddress, payerAddress, payeeAddress };
    const { item: payment, ...failure } = await step(buyer, made.id, 'payment-intent', { rail });
    assert.ok(payment, JSON.stringify(failure));
    return { id: made.id, order: made, payment };
  }

  /** The proof of a payment by a transaction. */
  const proofOf = ({ amount, rail }, transactionHash, changes = {}) => ({
    verificationMode: 'recorded',
    chain: rail.chain,
    token: rail.token,
    payerAddress: rail.payerAddress,
    payeeAddress: rail.payeeAddress,
    amount: String(amount),
    transactionHash,
    tokenAddress: rail.tokenAddress,
    tokenDecimals: 6,
    rawAmount: String(amount * 1e6),
    ...changes,
  });

  const money = { buyerOf, dollarsOf, receiptOf, sendFrom, transferData, transfer, intended, proofOf };
  return {
    ...money,
    request,
    get,
    post,
    patch,
    profile,
    challengeOf,
    prove,
    onboard,
    agentOf,
    pair,
    search,
    order,
    step,
  };
}

/** For answers that refuse. */
export function refused(answer, http, code) {
  assert.deepEqual([answer.http, answer.code, typeof answer.error?.message], [http, code, 'string']);
}
