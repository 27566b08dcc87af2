// Calls to the peaqOS contracts and what they answer (docs/protocol.md#contracts).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "evm/address.hpp"
#include "evm/receipt.hpp"
#include "evm/u256.hpp"

namespace peaqos::peaq {

struct Contracts {
  evm::Address identityRegistry, identityStaking, eventRegistry, machineNft, didRegistry, batchPrecompile;
};

// What the contract at an address is called: "IdentityRegistry", "Batch precompile"; empty for another address.
std::string_view contractName(const Contracts& contracts, const evm::Address& address);

// The bond that a registration carries as its value: 1 PEAQ in wei.
constexpr std::uint64_t kBond = 1'000'000'000'000'000'000;

// Calldata of the functions by the same names.
Bytes registerCalldata();
Bytes registerForCalldata(const evm::Address& machine);
Bytes machineIdOfOwnerCalldata(const evm::Address& owner);
Bytes mintCalldata(const evm::U256& machineId, const evm::Address& recipient);
Bytes tokenIdOfCalldata(const evm::U256& machineId);
Bytes ownerOfCalldata(const evm::U256& tokenId);

// The machine id from the `Registered` event that the registry emitted in this transaction; nothing when there is none.
std::optional<evm::U256> registeredMachineId(const evm::Receipt& receipt, const evm::Address& registry);

// A call's single returned word as a number or an address. Throws Error (Network) for a refusal or another form; a
// revert is a refusal as well.
evm::U256 numberFrom(const evm::RpcReply& reply, const std::string& what);
evm::Address addressFrom(const evm::RpcReply& reply, const std::string& what);

}  // namespace peaqos::peaq
