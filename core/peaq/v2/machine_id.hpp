// Machine ids of the second generation: 256 bits that follow from what a machine is, and their DIDs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evm/u256.hpp"

namespace peaqos::peaq::v2 {

// keccak256(abi.encode(string machineType, bytes credentialSubject)): what MachineRegistry.computeTokenId() answers.
evm::U256 machineIdOf(std::string_view machineType, BytesView credentialSubject);

// An id as it is written: decimal digits without sign and leading zeros, below 2^256.
std::optional<evm::U256> parseMachineId(std::string_view text);

// "did:peaq:" and the id in decimal.
std::string machineDid(const evm::U256& machineId);

// The id in such a DID; nothing for any other text, the DID of an address included.
std::optional<evm::U256> parseMachineDid(std::string_view did);

}  // namespace peaqos::peaq::v2
