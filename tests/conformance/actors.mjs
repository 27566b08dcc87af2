// The accounts of a world by their part: the same in all worlds.
// SPDX-License-Identifier: Apache-2.0

export const actors = { operator: 0, machine: 1, second: 2, stranger: 3, poor: 4, agent: 5 };
export const actor = (world, name) => world.accounts[actors[name]];
