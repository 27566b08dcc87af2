// Sends the lines of an events file in groups, several transactions at a time: a group leaves as soon as one is mined.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "app/events/depth.hpp"
#include "app/events/line_judge.hpp"
#include "app/signing/plan.hpp"
#include "evm/outbox.hpp"
#include "peaq/networks.hpp"

namespace peaqos::app {

// A line on its way.
struct WaitingLine {
  EventLine line;
  LineKey key = {};
  int failures = 0;  // calls that failed without a reason of its own
};

// What a sender works with; all of it outlives the sender.
struct SenderTools {
  evm::RpcClient& rpc;
  evm::Outbox& outbox;
  evm::Signer& signer;
  KnownLines& known;
  EventResults& results;
  host::Conversation& conversation;
  EventsSummary& summary;
  host::Clock& clock;
};

struct SenderSettings {
  evm::Address registry;
  peaq::Generation generation = peaq::Generation::First;  // whose registry it is
  std::optional<evm::Address> precompile = {};            // none: a transaction a line
  std::uint64_t blockGas = 0;                             // what all transactions of a block may use
  std::uint64_t lineGas = 0;                              // what one event may cost, in a transaction of its own
  std::optional<std::uint64_t> batch = {};
  std::optional<std::uint64_t> inFlight = {};
  std::optional<evm::U256> maxTotalFee = {};
  DepthRule depth = {};                   // what makes a mined transaction certain
  std::chrono::milliseconds patience{0};  // how long a chain that stands still is waited for
};

class EventSender {
 public:
  EventSender(SenderTools tools, SenderSettings settings);

  void add(EventLine line, LineKey key);

  // Whether as many lines wait as can be sent now.
  bool full() const;
  // Whether no line waits, and no transaction is under way.
  bool empty() const { return waiting_.empty() && underWay_.empty(); }

  // Adds to a plan what would be sent now, in place of sending it. Lines that the contract refuses are set aside.
  // Throws Error for what would end the run.
  Task<void> plan(Plan& plan, const peaq::Contracts& contracts);

  // Sends what there is room for, and waits until a transaction is mined. Lines whose transaction came to nothing wait
  // again. Returns false when it makes no sense to go on; the summary says why then, and every line has its result.
  Task<bool> advance();

  // Whether transactions that were mined are not certain yet. settleDepth() waits for them; lines that a
  // reorganization dropped wait again then.
  bool unsure() const { return !unsure_.empty(); }
  Task<void> settleDepth();

 private:
  using Group = std::vector<WaitingLine>;

  std::size_t groupSize() const;
  std::size_t inFlight() const;
  std::size_t room() const { return inFlight() - std::min(window_.size(), inFlight()); }
  Group takeGroup();
  // Groups that there is room for, and their transactions.
  std::vector<Group> takeGroups(std::vector<evm::Intent>& intents);
  Task<bool> depart();
  evm::Intent intentOf(const Group& group) const;
  PlannedTransaction planned(const Group& group, const evm::Intent& intent, const evm::RehearsedTransaction& rehearsed,
                             const Plan& plan, const peaq::Contracts& contracts);
  void waitAgain();
  Task<bool> mayExceedLimit(std::size_t lines);
  Task<void> conclude(Group group, evm::Outcome outcome);
  struct Unsure {
    Group group;
    evm::Mined mined;
  };
  Task<void> review();
  Task<void> bringBack(Unsure dropped);
  Task<void> concludeMined(Group group, evm::Mined mined);
  Task<void> concludeSure(Group group, evm::Mined mined);
  Task<void> concludeError(Group group, Error error);
  Task<void> sortOut(Group group, std::string reason, std::string hash, std::optional<std::uint64_t> block);
  Task<std::vector<std::string>> refusals(const Group& group);
  Task<std::string> hashOf(const Group& group);
  void retry(Group group);
  void shrink(std::size_t size);
  void report(const WaitingLine& line, LineResult result);
  void stop(const Error& why);

  SenderTools tools_;
  const SenderSettings settings_;
  std::deque<WaitingLine> waiting_;
  std::size_t waitingBytes_ = 0;
  std::vector<WaitingLine> again_;  // before those
  evm::Window window_;
  std::map<std::size_t, Group> underWay_;  // by the numbers of the window
  std::deque<Unsure> unsure_;              // mined, and not deep enough
  std::optional<DepthPatience> patience_;
  std::size_t largest_;             // lines in a group, as far as is known
  std::uint64_t minedLineGas_ = 0;  // the most that a line of a mined group took; 0: none is mined
  int idle_ = 0;                    // advances one after the other that settled no line
  bool over_ = false;               // nothing is sent any more
  std::uint64_t settled_ = 0;       // lines that have their result
  evm::U256 planned_ = {};          // wei that planned transactions may take
  std::size_t listedCalls_ = 0;     // of planned batches, with their arguments
};

}  // namespace peaqos::app
