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

  async function requireActivated(id) {
    if (!onChain.has(id)) throw refuse('PEAQOS_IDENTITY_UNAVAILABLE');
    await identities.requireActivated(onChain.get(id));
  }

  // For what only an active machine does.
  async function findActive(id) {
    const machine = find(id, 'MACHINE_NOT_FOUND');
    await requireActivated(id);
    if (machine.status !== 'active')
      throw refuse('MACHINE_NOT_ACTIVE', {
        message: `the machine is not active in the market: it is ${machine.status}`,
      });
    return machine;
  }

  function add(given) {
    const now = isoTime(switches.now());
    const empty = { capabilities: [], labels: {}, policyIds: [], skillKeys: [] };
    const machine = { id: newId('mach'), ...empty, ...given, status: 'draft', createdAt: now, updatedAt: now };
    machines.push(machine);
    byId.set(machine.id, machine);
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
    const machine = add({
      ...given,
      identityProof: {
        method: METHOD,
        identityRef,
        signerAddress: signer,
        challengeId: challenge.id,
        verifiedAt: isoTime(switches.now()),
        challengeExpiresAt: isoTime(challenge.expires),
        controllerAddresses: controllers,
        resolutionSource: 'peaqos-mcr',
      },
    });
    onChain.set(machine.id, machineId);
    return machine;
  }

  // A load aid: drafts that no chain knows, such as of the time before identities were asked for.
  function seed(count) {
    for (let left = count; left > 0; --left)
      add({ displayName: 'seed', ownerId: 'op_seed', machineType: 'seed', runtimeProfile: 'none' });
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
    if (changes.status === 'active') await requireActivated(id);
    return Object.assign(machine, changes, { updatedAt: isoTime(switches.now()) });
  }

  return {
    find,
    findActive,
    seed,
    challenge,
    create,
    change,
    get: ({ id }) => find(id),
    list: ({ query }) => pages.take(machines, query, { list: 'machines' }),
  };
}
