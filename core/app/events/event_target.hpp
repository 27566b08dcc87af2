// Which registry events go to: that of the generation whose machines they are about.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/signing/session.hpp"
#include "base/task.hpp"
#include "evm/revert.hpp"
#include "peaq/networks.hpp"
#include "peaq/preflight.hpp"
#include "peaq/v2/roles.hpp"

namespace peaqos::app {

struct EventTarget {
  peaq::DeploymentRecord deployment = {};
  evm::Address registry = {};
  evm::Address batchPrecompile = {};
  std::optional<peaq::v2::Roles> roles = {};  // of the second generation

  bool isSecond() const { return deployment.generation == peaq::Generation::Second; }
  peaq::NamedContract named() const;
  // By the names that plans have for them.
  peaq::Contracts contracts() const {
    peaq::Contracts named{};
    named.eventRegistry = registry;
    named.batchPrecompile = batchPrecompile;
    return named;
  }
};

// By the settings, and where they leave it open by the chain: one request. Ids of more than 64 bits belong to the
// second generation, so that nothing is asked for those. Throws Error (Configuration) "OTHER_GENERATION" for such an id
// where the settings name the first, "ADDRESSES_UNSET" for a deployment without a registry.
Task<EventTarget> findEventTarget(Session& session, evm::RpcClient& rpc, std::optional<evm::U256> machine);

// What a registry's revert means.
std::span<const std::string_view> eventErrors(peaq::Generation generation);
std::string eventMeaning(peaq::Generation generation, const evm::Revert& revert);

}  // namespace peaqos::app
