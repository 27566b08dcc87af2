// Calls that change a machine of generation 2 and its DID document, apart from its subscription. Each is
// one transaction of the signer.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evm/u256.hpp"
#include "peaq/v2/change.hpp"
#include "peaq/v2/document.hpp"

namespace peaqos::peaq::v2 {

// Of MachineStateAndSync.
Change suspend(const evm::Address& state, const evm::U256& id);
Change resume(const evm::Address& state, const evm::U256& id);

// Of MachineRegistry. The zero address takes an approval back.
Change approve(const evm::Address& registry, const evm::U256& id, const evm::Address& owner,
               const evm::Address& spender);
Change approveAll(const evm::Address& registry, const evm::Address& owner, const evm::Address& spender, bool allowed);

// How a machine goes to another owner: Safe asks a contract at the new address whether it takes machines, and hands it
// the data, if any.
enum class TransferForm { Safe, SafeWithData, Unsafe };
struct TransferOf {
  evm::U256 id;
  evm::Address from, to;
  TransferForm form = TransferForm::Safe;
  Bytes data = {};
};
Change transfer(const evm::Address& registry, const TransferOf& what);

// The zero address takes the controller away.
Change setController(const evm::Address& registry, const evm::U256& id, const evm::Address& before,
                     const evm::Address& controller);

// Each replaces the whole list.
Change setVerificationMethods(const evm::Address& registry, const evm::U256& id,
                              const std::vector<VerificationMethod>& methods);
Change setAuthentication(const evm::Address& registry, const evm::U256& id, const std::vector<evm::U256>& indices);
Change setServiceEndpoints(const evm::Address& registry, const evm::U256& id,
                           const std::vector<ServiceEndpoint>& endpoints);

}  // namespace peaqos::peaq::v2
