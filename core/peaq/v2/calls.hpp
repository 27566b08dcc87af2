// Calls to the second generation's contracts, and single values from their answers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evm/revert.hpp"
#include "evm/rpc.hpp"
#include "peaq/v2/document.hpp"
#include "peaq/v2/signatures.hpp"
#include "peaq/v2/subscription.hpp"

namespace peaqos::peaq::v2 {

// What activateMachine() is given. The sender becomes the machine's owner and pays its bond.
struct ActivationCall {
  DidDocument document = {};
  std::string machineType = {};
  Bytes credentialSubject = {};
  evm::Address manufacturer = {};
  Tier tier = Tier::Entry;
};

Bytes activateMachineCalldata(const ActivationCall& call);
Bytes activateMachineWithUsdtCalldata(const ActivationCall& call, const evm::U256& maxUsdtAmount);

// ERC-20 approve().
Bytes approveCalldata(const evm::Address& spender, const evm::U256& amount);

// InfoDesk.peer() for a role's name, e.g. "MACHINE_REGISTRY".
Bytes peerCalldata(std::string_view role);

// A read of a contract: eth_call of a function with these arguments.
evm::RpcCall readCall(const evm::Address& contract, std::string_view signature,
                      const std::vector<evm::AbiValue>& arguments = {});

// A reply's single word as a yes or no. Throws Error (Network) as numberFrom() does.
bool flagFrom(const evm::RpcReply& reply, const std::string& what);

// The custom error that a read reverted with; nothing for a value and for other refusals.
std::optional<evm::Revert> revertOf(const evm::RpcReply& reply);

}  // namespace peaqos::peaq::v2
