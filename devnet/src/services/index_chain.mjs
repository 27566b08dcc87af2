// What the MCR API knows of the chain: machines, their events and DID attributes, read from the contracts' own logs.
// SPDX-License-Identifier: Apache-2.0
import { decodeEventLog, hexToString } from 'viem';

export class ChainIndex {
  #rpc;
  #contracts;
  #addresses;
  #call;
  #next = 0;
  #reading = Promise.resolve();
  machines = new Map(); // id -> {id, owner, operator, bonded, deactivated, events}
  attributes = new Map(); // lower-case account -> Map(name -> value)
  now = 0; // time of the newest block, Unix seconds

  constructor({ rpc, contracts, addresses, read }) {
    this.#rpc = rpc;
    this.#contracts = contracts;
    this.#addresses = addresses;
    this.#call = read;
  }

  // Reads what happened since the last time. Calls that come together wait for one another.
  catchUp() {
    this.#reading = this.#reading.catch(() => {}).then(() => this.#read());
    return this.#reading;
  }

  machineOf(account) {
    return [...this.machines.values()].find(({ owner }) => owner.toLowerCase() === account.toLowerCase());
  }

  attributesOf(account) {
    return this.attributes.get(account.toLowerCase()) ?? new Map();
  }

  async #read() {
    const block = await this.#rpc('eth_getBlockByNumber', ['latest', false]);
    this.now = Number(block.timestamp);
    const last = Number(block.number);
    if (last >= this.#next) {
      const { IdentityRegistry, EventRegistry, Did } = this.#addresses;
      const logs = await this.#rpc('eth_getLogs', [
        {
          fromBlock: `0x${this.#next.toString(16)}`,
          toBlock: block.number,
          address: [IdentityRegistry, EventRegistry, Did],
        },
      ]);
      for (const log of logs) await this.#take(log);
      this.#next = last + 1;
    }
    // Bond and status have no log of their own.
    for (const machine of this.machines.values()) {
      machine.bonded = await this.#call('IdentityStaking', 'isStaked', [BigInt(machine.id)]);
      machine.deactivated = await this.#call('IdentityRegistry', 'isDeactivated', [BigInt(machine.id)]);
    }
  }

  async #take(log) {
    const name = Object.keys(this.#addresses).find(
      (key) => this.#addresses[key].toLowerCase() === log.address.toLowerCase(),
    );
    const { eventName, args } = decodeEventLog({ abi: this.#contracts[name].abi, topics: log.topics, data: log.data });
    await this[`on${eventName}`]?.(args);
  }

  async onRegistered({ machineId, owner }) {
    const operator = await this.#call('IdentityRegistry', 'operatorOf', [machineId]);
    this.machines.set(Number(machineId), { id: Number(machineId), owner, operator, events: [] });
  }

  async onEventSubmitted({ machineId, eventIndex }) {
    const event = await this.#call('EventRegistry', 'getEventAt', [machineId, eventIndex]);
    this.machines.get(Number(machineId)).events[Number(eventIndex)] = event;
  }

  onAddAttribute({ didAccount, name, value }) {
    const key = didAccount.toLowerCase();
    if (!this.attributes.has(key)) this.attributes.set(key, new Map());
    this.attributes.get(key).set(hexToString(name), hexToString(value));
  }

  onUpdateAttribute(args) {
    this.onAddAttribute(args);
  }

  onRemoveAttribute({ didAccount, name }) {
    this.attributesOf(didAccount).delete(hexToString(name));
  }
}
