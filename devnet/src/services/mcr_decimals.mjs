// The MCR API's machines of the second generation: did:peaq:<machine id>. What nobody outside has seen of the live one,
// this devnet decided:
//
// - An operator's machines are those that it owns or controls.
// - `operator` of a profile is the controller, where that is another account than the owner.
// - A machine is bonded while its subscription is Active or in Grace; without that, there is a rating but it is
//   "unavailable", and why. `negative_flag` is never set: nothing on this chain does.
// - Documentation, data API and visibility are the service endpoints whose type says so, in any writing: see `meanings`.
// - A machine that left for another chain is 409 MACHINE_HOMED_ELSEWHERE; one that nobody knows is 404 MACHINE_NOT_FOUND.
// SPDX-License-Identifier: Apache-2.0
import { HttpError } from '../http_service.mjs';
import { ChainIndex2 } from './index_chain2.mjs';
import { figuresOf, published, totalsOf } from './mcr_figures.mjs';

const ID = /^(0|[1-9][0-9]{0,77})$/;
const PREFIX = 'did:peaq:';
const statuses = ['not activated', 'active', 'in grace', 'in runoff', 'terminated'];
const meanings = {
  documentation: /^(documentation|docs?)(url)?$/,
  dataApi: /^data(api)?(url|service)?$/,
  visibility: /^(data)?visibility$/,
};
const visibilities = ['public', 'private', 'onchain'];

// A refusal as the live API words it.
export function coded(status, code, message, more = {}) {
  return new HttpError(status, message, { detail: { code, message, ...more } });
}

export function openDecimals(parts) {
  const index = new ChainIndex2(parts);
  const context = () => ({ now: index.now, fxStale: parts.switches.fxStale });
  const isBonded = (status) => status === 1 || status === 2;

  // The machine {id, owner, controller, events} and its state (index_chain2.mjs), by its id in decimals.
  async function find(text) {
    await index.catchUp();
    if (!isId(text)) throw coded(400, 'INVALID_REQUEST', 'the machine id is not a canonical decimal number');
    const machine = index.machines.get(BigInt(text));
    if (!machine) throw coded(404, 'MACHINE_NOT_FOUND', 'no machine has this id');
    const state = await index.stateOf(machine);
    if (!machine.owner) {
      const home = { home_protocol_chain_id: state.homeChain };
      throw coded(409, 'MACHINE_HOMED_ELSEWHERE', `the machine lives on chain ${state.homeChain}`, home);
    }
    return { ...machine, ...state, bonded: isBonded(state.status) };
  }

  const unavailable = ({ bonded, status }) => (bonded ? undefined : `the subscription is ${statuses[status]}`);

  async function rating(did) {
    const machine = await find(did.slice(PREFIX.length));
    const { events, score, grade } = figuresOf(machine, context());
    return {
      did,
      machine_id: String(machine.id),
      mcr_score: score,
      mcr: grade,
      bond_status: machine.bonded ? 'bonded' : 'unbonded',
      negative_flag: false,
      ...totalsOf(events, context()),
      home_chain: machine.homeChain,
      rating_unavailable: unavailable(machine),
    };
  }

  async function profile(did) {
    const machine = await find(did.slice(PREFIX.length));
    const { events, score, grade } = figuresOf(machine, context());
    const { owner, controller, homeChain, relocating, machineType, document } = machine;
    const asked = valueOf(document, meanings.visibility);
    const visibility = visibilities.includes(asked) ? asked : 'public';
    return {
      schema_version: '1.0',
      name: `${machineType} ${String(machine.id).slice(0, 8)}`,
      peaqos: {
        machine_id: String(machine.id),
        did,
        operator: controller && controller !== owner ? `${PREFIX}${controller}` : null,
        owner,
        controller,
        machine_type: machineType,
        mcr: grade,
        mcr_score: score,
        bond_status: machine.bonded ? 'bonded' : 'unbonded',
        negative_flag: false,
        event_count: events.length,
        home_chain: homeChain,
        relocating,
        rating_unavailable: unavailable(machine),
        data_visibility: visibility,
        documentation_url: valueOf(document, meanings.documentation) ?? null,
        data_api: valueOf(document, meanings.dataApi),
        event_data: visibility === 'private' ? undefined : events.map(published),
      },
    };
  }

  // As the list of an operator shows them, each made when it is asked for.
  async function listOf(account) {
    await index.catchUp();
    const wanted = account.toLowerCase();
    const isTheirs = ({ owner, controller }) =>
      owner !== null && [owner, controller].some((one) => one?.toLowerCase() === wanted);
    return [...index.machines.values()].filter(isTheirs).map((machine) => async () => {
      const bonded = isBonded(await index.statusOf(machine));
      const { score, grade } = figuresOf({ ...machine, bonded }, context());
      const id = String(machine.id);
      return { did: PREFIX + id, machine_id: id, mcr_score: score, mcr: grade, negative_flag: false };
    });
  }

  const isDid = (text) => text.startsWith(PREFIX) && isId(text.slice(PREFIX.length));
  return { isDid, find, rating, profile, listOf };
}

const isId = (text) => ID.test(text) && BigInt(text) < 2n ** 256n;

// What a DID document says of something: the service endpoint of the first type that means it.
function valueOf({ serviceEndpoints }, meaning) {
  const plain = (type) => type.toLowerCase().replace(/[^a-z]/g, '');
  return serviceEndpoints.find(({ serviceType }) => meaning.test(plain(serviceType)))?.serviceEndpoint;
}
