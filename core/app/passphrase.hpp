// The vault's passphrase: OWS_PASSPHRASE, or the answer to a question.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/caller.hpp"
#include "app/configuration.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"

namespace peaqos::app {

// For a new wallet: not empty, no agent token; on a terminal it is asked for twice. A short one is warned of (Progress
// "passphrase", "warning"). Throws Error (Input).
Task<Secret> newPassphrase(const Caller& caller, const Configuration& configuration);

// Of an existing wallet, to show its secret. Throws Error (Input).
Task<Secret> walletPassphrase(const Caller& caller, const Configuration& configuration);

// Of the wallet that signs, named by its id in the question's facts: where there is no variable, only a person may
// answer. Throws Error (Configuration).
Task<Secret> signingPassphrase(const Caller& caller, const Configuration& configuration, std::string wallet);

}  // namespace peaqos::app
