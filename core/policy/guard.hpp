// A policy as the outbox asks it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "evm/guard.hpp"
#include "host/conversation.hpp"
#include "host/host.hpp"
#include "ledger/ledger.hpp"
#include "policy/judge.hpp"
#include "policy/policy_file.hpp"

namespace peaqos::policy {

// The file is read before each signature, so that a rule which was tightened binds at once. What was spent is read from
// the ledger of the working directory, and a lock beside it is held from counting to the row of what is signed: runs at
// once in a folder, of whatever accounts, cannot exceed a sum together.
class Guard : public evm::Guard {
 public:
  // All of it outlives the guard.
  Guard(host::Host& host, host::Conversation& conversation, ledger::Ledger& ledger, Place place)
      : host_(host), conversation_(conversation), ledger_(ledger), place_(std::move(place)) {}

  Task<bool> asks() override;
  Task<std::optional<Error>> consider(evm::Proposal proposal) override;
  Task<Admission> admit(std::vector<evm::Proposal> proposals, bool considered) override;

  // As consider(), without asking: why it is refused, and else why a person would be asked.
  struct Verdict {
    std::optional<Error> refusal;
    std::optional<std::string> consent;
  };
  // Each counts as spent for those behind it. Everything is allowed where there is no policy.
  Task<std::vector<Verdict>> verdicts(std::vector<evm::Proposal> proposals);
  // The same of what is known before there is a transaction.
  Task<Verdict> verdict(Deed deed);

  // The policy, and what counts as spent by now; nothing where there is no policy.
  struct Standing {
    Policy policy;
    std::vector<Spent> spent;
    std::int64_t now = 0;
  };
  Task<std::optional<Standing>> standing();

 private:
  Task<std::optional<Policy>> read();
  Task<Judge> judge(const Policy& policy, const std::vector<evm::Proposal>& proposals);
  Task<std::unique_ptr<host::FileLock>> lockCounters(const Policy& policy);
  Task<std::optional<Error>> ask(const Policy& policy, const Judge& judge, std::string why, const Deed& deed);

  host::Host& host_;
  host::Conversation& conversation_;
  ledger::Ledger& ledger_;
  const Place place_;
  bool warned_ = false;
};

}  // namespace peaqos::policy
