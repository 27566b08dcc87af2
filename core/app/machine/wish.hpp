// One change that somebody wants of a machine of the second generation.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evm/rpc.hpp"
#include "peaq/v2/change.hpp"
#include "peaq/v2/machine_state.hpp"

namespace peaqos::app {

// Labels and values in the order in which people read them.
using Rows = std::vector<std::pair<std::string, std::string>>;

// What is known when a wish is judged.
struct Situation {
  const peaq::v2::Roles& roles;
  evm::Address signer;
  const peaq::v2::MachineState* machine = nullptr;  // as the chain has it; null where the wish is about no single one
  std::span<const evm::RpcReply> replies = {};      // to the wish's own reads
};

// Says what is wanted, and when the chain shows it: nothing but the chain's state makes a wish fulfilled, whatever the
// ledger says of earlier ones.
class Wish {
 public:
  virtual ~Wish() = default;

  virtual std::string_view action() const = 0;           // "set_controller": in results and in the ledger
  virtual std::optional<evm::U256> machine() const = 0;  // none: it concerns all machines of the signer
  virtual Json subject() const { return nullptr; }       // what else identifies it in the ledger
  // Reads that it needs beside the machine's state.
  virtual std::vector<evm::RpcCall> reads(const peaq::v2::Roles&, const evm::Address&) const { return {}; }
  // Throws Error for what the contracts, or common sense, would refuse.
  virtual void check(const Situation& now) const = 0;
  virtual bool fulfilled(const Situation& now) const = 0;
  virtual peaq::v2::Change change(const Situation& now) const = 0;
  // What somebody should know before agreeing, and afterwards.
  virtual Rows plan(const Situation& now) const = 0;
  virtual Rows outcome(const Situation& before, const Situation& after) const = 0;
};

}  // namespace peaqos::app
