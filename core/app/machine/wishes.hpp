// The changes of a machine that there are, apart from its subscription. Each checks its own fields; throws Error
// (Input).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/machine/wish.hpp"
#include "peaq/v2/document.hpp"

namespace peaqos::app {

// Whether the machine is stopped by who runs it.
std::unique_ptr<Wish> wishPaused(evm::U256 machine, bool paused);

// Who may move this machine beside its owner; the zero address for nobody.
std::unique_ptr<Wish> wishApproved(evm::U256 machine, evm::Address spender);

// Who may move every machine of the signer.
std::unique_ptr<Wish> wishApprovedForAll(evm::Address spender, bool allowed);

struct TransferWish {
  evm::U256 machine;
  evm::Address to;
  std::optional<Bytes> data = {};  // for the contract at the new address
  bool unsafe = false;             // do not ask the contract there
};
std::unique_ptr<Wish> wishTransferred(TransferWish wish);

// Who controls the machine's DID; the zero address for nobody.
std::unique_ptr<Wish> wishController(evm::U256 machine, evm::Address controller);

std::unique_ptr<Wish> wishMethods(evm::U256 machine, std::vector<peaq::v2::VerificationMethod> methods);
std::unique_ptr<Wish> wishAuthentication(evm::U256 machine, std::vector<evm::U256> indices);
std::unique_ptr<Wish> wishServices(evm::U256 machine, std::vector<peaq::v2::ServiceEndpoint> endpoints);

}  // namespace peaqos::app
