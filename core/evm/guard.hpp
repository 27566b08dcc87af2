// Who may forbid a signature: the outbox asks before it signs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "evm/address.hpp"
#include "evm/transaction.hpp"
#include "host/host.hpp"

namespace peaqos::evm {

// A transaction that is about to be signed. What it does is in its bytes; the two texts only say for whom.
struct Proposal {
  std::string step;     // of its ledger rows, e.g. "register"
  std::string machine;  // that it is for, where its bytes do not tell: an order's
  Address from;
  Transaction transaction;                  // whole, but for its nonce
  std::vector<std::string> insteadOf = {};  // hashes of versions with the same nonce, of which one can be mined
};

class Guard {
 public:
  virtual ~Guard() = default;

  // Whether it may have to ask a person: then the outbox calls consider() before it takes the account's lane. Throws
  // Error (Configuration) where it cannot tell what it is to forbid; so do the others.
  virtual Task<bool> asks() = 0;

  // Why a transaction may not be signed; nothing where it may. Asks the person where one has to agree.
  virtual Task<std::optional<Error>> consider(Proposal proposal) = 0;

  // The last word, within the lane: why each may not be signed, those before it counted as spent. Nothing else is
  // admitted by any process of this folder until `held` is destroyed, which is to be after the rows are in the ledger.
  struct Admission {
    std::vector<std::optional<Error>> refusals;
    std::unique_ptr<host::FileLock> held;
  };
  // `considered`: consider() has admitted each of them before.
  virtual Task<Admission> admit(std::vector<Proposal> proposals, bool considered) = 0;
};

}  // namespace peaqos::evm
