// Which generation a command that activates works with, and what is said before money goes to the first one where the
// second is (decision 27).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/caller.hpp"
#include "app/settings/configuration.hpp"
#include "app/signing/session.hpp"
#include "base/task.hpp"
#include "peaq/deployment.hpp"
#include "peaq/v2/activation.hpp"

namespace peaqos::app {

// The deployment that is meant, for which the node is asked where the settings leave it open; without a node the first
// generation, whose complaint about that is as good as the second's. The configuration outlives it.
Task<peaq::Deployment> chooseDeployment(const Configuration& configuration, Caller caller);

// Warns before a bond of the first generation where this network has the second as well, and asks unless it is agreed
// to. Throws Error (Input) "NOT_CONFIRMED", "NO_ANSWER". The configuration outlives it.
Task<void> warnOfFirstGeneration(bool agreed, peaq::Deployment deployment, const Configuration& configuration,
                                 Caller caller);

// What an activation of the second generation works with; all of it outlives the activation.
struct SendingTools {
  evm::RpcClient& rpc;
  ledger::Ledger& ledger;
  evm::Outbox& outbox;
  evm::Signer& signer;
};
peaq::v2::ActivationContext secondContext(Session& session, SendingTools tools, peaq::Deployment deployment,
                                          const peaq::v2::Roles& roles, const Caller& caller);

}  // namespace peaqos::app
