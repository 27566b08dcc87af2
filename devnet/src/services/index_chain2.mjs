// What the MCR API knows of the second generation: machines and their events, read from the contracts' own logs.
// SPDX-License-Identifier: Apache-2.0
import { decodeEventLog } from 'viem';

const SOURCES = ['MachineRegistry', 'EventRegistry2'];

export class ChainIndex2 {
  #rpc;
  #contracts;
  #addresses;
  #call;
  #next = 0;
  #reading = Promise.resolve();
  machines = new Map(); // id (a big integer) -> {id, owner (null: it left), controller, events}
  now = 0; // time of the newest block, Unix seconds

  constructor({ rpc, contracts, addresses2, read }) {
    this.#rpc = rpc;
    this.#contracts = contracts;
    this.#addresses = addresses2;
    this.#call = read;
  }

  // Reads what happened since the last time. Calls that come together wait for one another.
  catchUp() {
    this.#reading = this.#reading.catch(() => {}).then(() => this.#read());
    return this.#reading;
  }

  // What has no log, or changes by time.
  async stateOf({ id, owner }) {
    const ask = (contract, name) => this.#call(contract, name, [id]);
    const [status, homeChain, relocating, document, machineType] = await Promise.all([
      ask('MachineSubscription', 'subscriptionStatus'),
      ask('CrossChainMirror', 'homeChainOf'),
      ask('MachineStateAndSync', 'isRelocating'),
      owner && ask('MachineRegistry', 'didDocument'),
      owner && ask('MachineRegistry', 'machineTypeOf'),
    ]);
    return { status, homeChain, relocating, document, machineType };
  }

  statusOf({ id }) {
    return this.#call('MachineSubscription', 'subscriptionStatus', [id]);
  }

  async #read() {
    const block = await this.#rpc('eth_getBlockByNumber', ['latest', false]);
    this.now = Number(block.timestamp);
    const last = Number(block.number);
    if (last < this.#next) return;
    const address = SOURCES.map((name) => this.#addresses[name]);
    const range = { fromBlock: `0x${this.#next.toString(16)}`, toBlock: block.number };
    for (const log of await this.#rpc('eth_getLogs', [{ ...range, address }])) await this.#take(log);
    this.#next = last + 1;
  }

  async #take(log) {
    const name = SOURCES.find((key) => this.#addresses[key].toLowerCase() === log.address.toLowerCase());
    const { eventName, args } = decodeEventLog({ abi: this.#contracts[name].abi, topics: log.topics, data: log.data });
    await this[`on${eventName}`]?.(args);
  }

  onTransfer({ to, tokenId }) {
    const known = this.machines.get(tokenId) ?? { id: tokenId, controller: null, events: [] };
    this.machines.set(tokenId, { ...known, owner: accountOrNull(to) });
  }

  // It comes after the transfer from nobody.
  onMachineMinted({ tokenId, controller }) {
    this.machines.get(tokenId).controller = accountOrNull(controller);
  }

  onControllerUpdated({ tokenId, newController }) {
    this.machines.get(tokenId).controller = accountOrNull(newController);
  }

  async onEventSubmitted({ machineId, eventIndex }) {
    const event = await this.#call('EventRegistry2', 'getEventAt', [machineId, eventIndex]);
    this.machines.get(machineId).events[Number(eventIndex)] = event;
  }
}

const accountOrNull = (account) => (BigInt(account) === 0n ? null : account);
