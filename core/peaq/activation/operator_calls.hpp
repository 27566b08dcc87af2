// Many calls of one account, in batches where the network's precompile takes them, else one a transaction.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "peaq/fleet_activation.hpp"

namespace peaqos::peaq {

// The facts of a row that say for which machines its transaction acts.
Json factsOf(const std::vector<OperatorCall>& calls);

// What became of one call.
struct CallEnd {
  bool done = false;
  std::string hash = {};    // of its transaction
  std::string reason = {};  // why it is not done
  bool pending = false;     // it may yet be
};

class OperatorCalls {
 public:
  // `gas`: units that one call may take; `blockGas`: that all of a block may.
  OperatorCalls(const ActivationContext& context, std::uint64_t gas, std::uint64_t blockGas);

  // How many calls of so much gas go into one transaction: as many transactions as are under way fit into one block.
  static std::size_t groupSize(std::uint64_t gas, std::uint64_t blockGas);

  // Makes them all, several transactions at a time. A call that its contract refuses is found and set aside; one that
  // the contract calls done already is done. `told` is called whenever some have ended. Ends in the order of the calls.
  Task<std::vector<CallEnd>> make(const char* step, std::vector<OperatorCall> calls, std::function<void()> told);

  // How many calls do not wait any more.
  std::size_t ended() const { return calls_.size() - waiting_.size(); }
  std::uint64_t transactions() const { return transactions_; }
  evm::U256 fees() const { return fees_; }
  // What kept the rest from being made.
  const std::optional<Error>& stopped() const { return stopped_; }

 private:
  using Group = std::vector<std::size_t>;  // indices of calls

  std::vector<Group> takeGroups();
  evm::Intent intentOf(const char* step, const Group& group) const;
  Task<void> conclude(Group group, evm::Outcome outcome);
  Task<void> concludeMined(Group group, evm::Mined mined);
  void concludeError(const Group& group, const Error& error);
  Task<void> sortOut(Group group, std::string reason);
  void retry(const Group& group);

  const ActivationContext& context_;
  const std::uint64_t gas_, blockGas_;
  std::vector<OperatorCall> calls_;
  std::vector<CallEnd> ends_;
  std::vector<int> failures_;
  std::deque<std::size_t> waiting_;
  bool batches_ = true;  // the precompile has not refused such calls
  std::size_t largest_;  // calls in a group, as far as is known
  std::uint64_t transactions_ = 0;
  evm::U256 fees_;
  std::optional<Error> stopped_;
};

}  // namespace peaqos::peaq
