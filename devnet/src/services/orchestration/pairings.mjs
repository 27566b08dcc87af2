// Pairings: which agent may act for a machine, how far, and the sessions in which it does (E6, E7, sessions).
// SPDX-License-Identifier: Apache-2.0
import { Challenges, METHOD } from './challenges.mjs';
import { address, amount, members, take, text, texts } from './checks.mjs';
import { refuse } from './errors.mjs';
import { newId } from './ids.mjs';
import { isoTime } from './switches.mjs';
import { openTokens } from './tokens.mjs';

const agent = { agentAddress: address, agentProvider: text, agentRole: text };
const proof = members({ challengeId: text, signature: text });
const lists = { allowedSkillKeys: texts, deniedSkillKeys: texts, allowedServiceIds: texts, deniedServiceIds: texts };
const policy = members({}, { ...lists, perTransactionLimit: amount, dailySpendLimit: amount, currency: text });

export function openPairings({ switches, machines }) {
  const pairings = new Map();
  const tokens = openTokens();
  const challenges = new Challenges(switches, {
    kind: 'apc',
    errors: 'AGENT_PAIRING_PROOF',
    title: 'peaqOS agent pairing challenge',
  });

  const purposeOf = (machineId, { agentAddress, agentProvider, agentRole, agentDid }) => ({
    machine: machineId,
    agent: agentAddress,
    provider: agentProvider,
    role: agentRole,
    did: agentDid,
  });

  async function challenge({ id, body }) {
    const given = take(body, agent, { agentDid: text });
    const machine = await machines.findActive(id);
    const { id: challengeId, message, expires } = challenges.issue(purposeOf(id, given));
    return {
      challengeId,
      agentAddress: given.agentAddress,
      agentDid: given.agentDid,
      machineId: id,
      machineIdentityRef: machine.identityRef,
      message,
      expiresAt: isoTime(expires),
      verificationMethod: METHOD,
    };
  }

  // Begins a session, which ends the one before: the pairing with its new token. Nothing keeps the token itself.
  function openSession(pairing, { challenge, signer }) {
    const now = switches.now();
    const expires = Math.floor(now / 1000) + switches.settings.tokenSeconds;
    const [sessionId, sessionTokenId] = [newId('sess'), newId('tok')];
    const pairingToken = tokens.write({
      sub: pairing.id,
      machineId: pairing.machineId,
      sid: sessionId,
      jti: sessionTokenId,
      iat: Math.floor(now / 1000),
      exp: expires,
    });
    Object.assign(pairing, {
      hasAuthToken: true,
      tokenLastFour: pairingToken.slice(-4),
      verification: {
        method: METHOD,
        signerAddress: signer,
        verifiedAt: isoTime(now),
        challengeExpiresAt: isoTime(challenge.expires),
      },
      sessionId,
      sessionTokenId,
      sessionIssuedAt: isoTime(now),
      sessionExpiresAt: isoTime(expires * 1000),
      updatedAt: isoTime(now),
    });
    return { ...pairing, pairingToken };
  }

  async function create({ id, body }) {
    const { agentProof, ...given } = take(body, agent, {
      agentDid: text,
      agentProof: proof,
      description: text,
      delegationPolicy: policy,
    });
    await machines.findActive(id);
    const proven = await challenges.verify(agentProof, purposeOf(id, given), [given.agentAddress]);
    challenges.use(proven.challenge);
    const none = Object.fromEntries(Object.keys(lists).map((name) => [name, []]));
    const pairing = {
      id: newId('pair'),
      machineId: id,
      status: 'active',
      ...given,
      delegationPolicy: { ...none, ...given.delegationPolicy },
      createdAt: isoTime(switches.now()),
    };
    pairings.set(pairing.id, pairing);
    return openSession(pairing, proven);
  }

  // A new token for an agent that signed a fresh challenge.
  async function rotate({ id, pairingId, body }) {
    const { agentProof } = take(body, {}, { agentProof: proof });
    const pairing = pairings.get(pairingId);
    if (pairing?.machineId !== id) throw refuse('NOT_FOUND', { message: `there is no pairing '${pairingId}'` });
    requireUsable(pairing);
    await machines.findActive(id);
    const proven = await challenges.verify(agentProof, purposeOf(id, pairing), [pairing.agentAddress]);
    challenges.use(proven.challenge);
    return openSession(pairing, proven);
  }

  function requireUsable(pairing) {
    if (pairing.status === 'revoked') throw refuse('AGENT_PAIRING_UNAVAILABLE');
    if (pairing.status !== 'active') throw refuse('AGENT_PAIRING_INACTIVE');
  }

  // The pairing whose token this is.
  function authenticate(token) {
    if (!token) throw refuse('AGENT_AUTH_REQUIRED');
    const claims = tokens.read(token);
    const pairing = claims && pairings.get(claims.sub);
    if (!pairing) throw refuse('AGENT_AUTH_INVALID');
    if (claims.exp * 1000 <= switches.now()) throw refuse('AGENT_AUTH_EXPIRED');
    if (claims.jti !== pairing.sessionTokenId)
      throw refuse('AGENT_AUTH_INVALID', { message: 'the pairing token was replaced by a newer one' });
    requireUsable(pairing);
    return pairing;
  }

  // The machine that the agent acts for, as a request names it and, maybe, the pairing.
  async function machineOf(pairing, { machineId, agentPairingId = pairing.id }) {
    machines.find(machineId, 'MACHINE_NOT_FOUND');
    if (pairing.machineId !== machineId || pairing.id !== agentPairingId) throw refuse('AGENT_PAIRING_REQUIRED');
    return machines.findActive(machineId);
  }

  function setStatus(id, status) {
    if (!pairings.has(id)) throw new Error(`there is no pairing '${id}'`);
    pairings.get(id).status = status;
  }

  return { challenge, create, rotate, authenticate, machineOf, setStatus };
}
