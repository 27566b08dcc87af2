// What the contracts of the second generation say of one machine.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "evm/rpc.hpp"
#include "peaq/v2/document.hpp"
#include "peaq/v2/roles.hpp"
#include "peaq/v2/subscription.hpp"

namespace peaqos::peaq::v2 {

struct MachineState {
  evm::U256 id = {};
  std::optional<evm::Address> owner = {};  // none: no such machine is on this chain
  DidDocument document = {};
  Subscription subscription = {};
  SubscriptionStatus status = SubscriptionStatus::NotActivated;
  bool generallyPaused = false, technicallyPaused = false, pausedByOperator = false;
  bool available = false, relocating = false, homedLocally = false;
  std::uint64_t homeChain = 0;  // in the protocol's own numbering; 0: never onboarded

  const evm::Address& controller() const { return document.controller; }
  bool isRunBy(const evm::Address& account) const { return owner == account || controller() == account; }
};

// How often the state is read that a receipt promises: behind one endpoint are many nodes, and the one that answers may
// not have seen the block yet.
inline constexpr int kLooks = 5;
inline constexpr std::chrono::milliseconds kBetweenLooks{1000};

// The reads that stateFrom() needs, always as many.
constexpr std::size_t kStateCalls = 11;
std::vector<evm::RpcCall> stateCalls(const Roles& roles, const evm::U256& id);

// Throws Error (Network) for replies that cannot be read; a machine that is not there is no error.
MachineState stateFrom(std::span<const evm::RpcReply> replies, const evm::U256& id);

// A tier as people read it: its word, or the number of one that is not known.
std::string tierWord(std::uint64_t tier);

// Why a machine that has no owner here is not there: "MACHINE_NOT_FOUND", or "MACHINE_HOMED_ELSEWHERE".
Error absence(const MachineState& machine);

// As commands print it; numbers are texts.
Json toJson(const MachineState& machine);
Json toJson(const DidDocument& document);
Json subscriptionJson(const MachineState& machine);

}  // namespace peaqos::peaq::v2
