// The MCR API's machines of the first generation: did:peaq:0x<address>.
// SPDX-License-Identifier: Apache-2.0
import { HttpError } from '../http_service.mjs';
import { ChainIndex } from './index_chain.mjs';
import { figuresOf, published, totalsOf } from './mcr_figures.mjs';

const DID = /^did:peaq:(0x[0-9a-fA-F]{40})$/;
const same = (one, other) => one.toLowerCase() === other.toLowerCase();

export function openAddresses(parts) {
  const index = new ChainIndex(parts);
  const context = () => ({ now: index.now, fxStale: parts.switches.fxStale });
  const bondStatus = ({ bonded }) => (bonded ? 'bonded' : 'unbonded');

  async function machineAt(did) {
    await index.catchUp();
    const machine = index.machineOf(DID.exec(did)[1]);
    if (!machine) throw new HttpError(404, 'no machine has this DID');
    return machine;
  }

  async function rating(did) {
    const machine = await machineAt(did);
    const { events, score, grade } = figuresOf(machine, context());
    return {
      did,
      machine_id: machine.id,
      mcr_score: score,
      mcr: grade,
      bond_status: bondStatus(machine),
      negative_flag: machine.deactivated,
      ...totalsOf(events, context()),
    };
  }

  async function profile(did) {
    const machine = await machineAt(did);
    const { events, score, grade } = figuresOf(machine, context());
    const attributes = index.attributesOf(machine.owner);
    const visibility = attributes.get('data_visibility') || 'public';
    return {
      schema_version: '1.0',
      name: `Machine ${machine.id}`,
      peaqos: {
        machine_id: machine.id,
        did,
        operator: attributes.get('operator') || null,
        mcr: grade,
        mcr_score: score,
        bond_status: bondStatus(machine),
        negative_flag: machine.deactivated,
        event_count: events.length,
        data_visibility: visibility,
        documentation_url: attributes.get('documentation_url') ?? null,
        data_api: attributes.get('data_api'),
        event_data: visibility === 'private' ? undefined : events.map(published),
      },
    };
  }

  // As the list of an operator shows them, each made when it is asked for.
  async function listOf(account) {
    await index.catchUp();
    const machines = [...index.machines.values()].filter(({ operator }) => same(operator, account));
    return machines.map((machine) => () => {
      const { score, grade } = figuresOf(machine, context());
      return {
        did: `did:peaq:${machine.owner}`,
        machine_id: machine.id,
        mcr_score: score,
        mcr: grade,
        negative_flag: machine.deactivated,
      };
    });
  }

  return { isDid: (text) => DID.test(text), rating, profile, listOf };
}
