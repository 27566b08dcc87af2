// Machines of the market: each proves the identity that it has on the chain (E1 to E5).
// SPDX-License-Identifier: Apache-2.0
import { Challenges, METHOD } from './challenges.mjs';
import { labels, members, oneOf, take, text, texts } from './checks.mjs';
import { refuse } from './errors.mjs';
import { newId } from './ids.mjs';
import { isoTime } from './switches.mjs';

const STATUSES = ['draft', 'active', 'degraded', 'blocked', 'archived'];
const proof = members({ challengeId: text, signature: text });

export function openMachines({ switches, identities, pages }) {
  const machines = []; // in the order of their registration
  const byId = new Map();
  const onChain = new Map(); // machine id -> its number on the chain
  const challenges = new Challenges(switches, {
    kind: 'mic',
    errors: 'MACHINE_IDENTITY_PROOF',
    title: 'peaqOS machine identity challenge',
  });

  function find(id, code = 'NOT_FOUND') {
    const machine = byId.get(id);
    if (!machine) throw refuse(code, { message: `there is no machine '${id}'` });
    return machine;
  }

  // For what only an active machine does.
  async function findActive(id) {
    const machine = find(id, 'MACHINE_NOT_FOUND');
    await identities.requireActivated(onChain.get(id));
    if (machine.status !== 'active')
      throw refuse('MACHINE_NOT_ACTIVE', {
        message: `the machine is not active in the market: it is ${machine.status}`,
      });
    return machine;
  }

  async function challenge({ body }) {
    const { identityRef } = take(body, { identityRef: text });
    const { controllers } = await identities.resolve(identityRef);
    const { id, message, expires } = challenges.issue({ identity: identityRef });
    return {
      challengeId: id,
      identityRef,
      message,
      expiresAt: isoTime(expires),
      verificationMethod: METHOD,
      controllerAddresses: controllers,
    };
  }

  async function create({ body }) {
    const { identityProof, ...given } = take(
      body,
      { displayName: text, ownerId: text, machineType: text, runtimeProfile: text, identityRef: text },
      { identityProof: proof, capabilities: texts, labels, skillKeys: texts },
    );
    const { identityRef } = given;
    const { machineId, controllers } = await identities.resolve(identityRef);
    const { challenge, signer } = await challenges.verify(identityProof, { identity: identityRef }, controllers);
    if ([...onChain.values()].includes(machineId)) throw refuse('MACHINE_IDENTITY_EXISTS');
    challenges.use(challenge);
    const now = isoTime(switches.now());
    const machine = {
      id: newId('mach'),
      capabilities: [],
      labels: {},
      policyIds: [],
      skillKeys: [],
      ...given,
      status: 'draft',
      identityProof: {
        method: METHOD,
        identityRef,
        signerAddress: signer,
        challengeId: challenge.id,
        verifiedAt: now,
        challengeExpiresAt: isoTime(challenge.expires),
        controllerAddresses: controllers,
        resolutionSource: 'peaqos-mcr',
      },
      createdAt: now,
      updatedAt: now,
    };
    machines.push(machine);
    byId.set(machine.id, machine);
    onChain.set(machine.id, machineId);
    return machine;
  }

  async function change({ id, body }) {
    const machine = find(id);
    const { identityRef, ...changes } = take(
      body,
      {},
      {
        status: oneOf(...STATUSES),
        identityRef: text,
        displayName: text,
        ownerId: text,
        machineType: text,
        runtimeProfile: text,
        capabilities: texts,
        labels,
        skillKeys: texts,
      },
    );
    if (identityRef !== undefined && identityRef !== machine.identityRef) throw refuse('MACHINE_IDENTITY_IMMUTABLE');
    if (changes.status === 'active') await identities.requireActivated(onChain.get(id));
    return Object.assign(machine, changes, { updatedAt: isoTime(switches.now()) });
  }

  return {
    find,
    findActive,
    challenge,
    create,
    change,
    get: ({ id }) => find(id),
    list: ({ query }) => pages.take(machines, query, { list: 'machines' }),
  };
}
