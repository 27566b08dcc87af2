// The vault's passphrase: OWS_PASSPHRASE, or the answer to a question. One that is not UTF-8 text is refused: it would
// be other bytes on another host.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/caller.hpp"
#include "app/settings/configuration.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"
#include "vault/wallet_file.hpp"

namespace peaqos::app {

// For a new wallet: not empty, no agent token; on a terminal it is asked for twice. A short one is warned of (Progress
// "passphrase", "warning"). Throws Error (Input).
Task<Secret> newPassphrase(const Caller& caller, const Configuration& configuration);

// Of an existing wallet, to show its secret. Throws Error (Input).
Task<Secret> walletPassphrase(const Caller& caller, const Configuration& configuration);

// Of the wallet that signs, named by its id in the question's facts: where there is no variable, only a person may
// answer. In the form that opens the wallet. Throws Error (Configuration).
Task<Secret> signingPassphrase(const Caller& caller, const Configuration& configuration, vault::WalletFile wallet);

// A passphrase in the form of Unicode that opens a wallet: systems compose letters with accents differently, and what
// looks the same is other bytes. Another form than the given one is told as Progress "passphrase", "warning". As it was
// given when no form opens the wallet.
Secret formThatOpens(const Caller& caller, const vault::WalletFile& wallet, Secret passphrase);

}  // namespace peaqos::app
