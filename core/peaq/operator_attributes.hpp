// The DID of an operator who manages machines: its own machine id and the list of the machines (docs/protocol.md#did).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "evm/u256.hpp"
#include "peaq/machine_attributes.hpp"

namespace peaqos::peaq {

constexpr std::array<std::string_view, 2> kOperatorAttributes = {"machineId", "machines"};

using OperatorAttributes = MachineAttributes;

// Ids of the attribute `machines`, "[42, 43]"; none when it is absent. Throws Error (Network, "BAD_MACHINES_LIST") when
// it holds something else, since overwriting it could lose machines.
std::vector<evm::U256> listedMachines(const OperatorAttributes& present);

// The list with one id more, unless it is there already.
std::vector<evm::U256> withMachine(std::vector<evm::U256> list, const evm::U256& machineId);

// The changes that put machines into an operator's list; the operator's own id is added when it is missing. Throws
// Error (Network): "BAD_MACHINES_LIST", "MACHINES_LIST_FULL".
std::vector<AttributeWrite> missingWrites(const OperatorAttributes& present, const evm::U256& operatorId,
                                          std::span<const evm::U256> machineIds);
std::vector<AttributeWrite> missingWrites(const OperatorAttributes& present, const evm::U256& operatorId,
                                          const evm::U256& machineId);

}  // namespace peaqos::peaq
