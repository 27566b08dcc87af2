// Paying the bonds of machines: a first subscription, or renewals of one or many.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/machine/consent.hpp"
#include "app/machine/work.hpp"
#include "app/signing/plan.hpp"
#include "base/task.hpp"
#include "evm/fees.hpp"
#include "peaq/v2/bond.hpp"
#include "peaq/v2/renewal.hpp"

namespace peaqos::app {

// One machine, from the plan to what became of it.
struct Bond {
  peaq::v2::MachineState machine = {};  // as it was when the plan was made
  std::uint64_t tier = 0;
  evm::U256 amount = {}, credit = {};  // wei of PEAQ; of it, what a voucher or reward pays
  evm::U256 usdtQuote = {}, usdtMaximum = {};
  std::optional<Error> refusal = {};  // why it cannot be paid
  // Afterwards:
  std::optional<Hash256> transaction = {};
  bool earlier = false;  // an earlier run sent it
  std::optional<peaq::v2::Bonded> bonded = {};
  std::optional<peaq::v2::MachineState> after = {};
  std::optional<Error> failure = {};

  evm::U256 net() const { return amount - credit; }
  bool isDue() const { return !refusal && !transaction; }
};

struct BondRequest {
  bool renewal = true;                      // else the first subscription of a machine that has none
  std::optional<peaq::v2::Tier> tier = {};  // of a first subscription; of a renewal: another than the machine's
  peaq::v2::Payment payment = {};
};

// One signer pays. What an earlier run left under way is brought to its end first: a bond that it paid is not paid
// again. Each transaction is in the ledger before it leaves, and its row is closed last of all, once the chain shows
// what it did: a run that is broken off anywhere can be repeated.
class BondPayer {
 public:
  BondPayer(MachineWork& work, evm::Signer& signer, BondRequest request)
      : work_(work), signer_(signer), request_(std::move(request)) {}

  // Ends what is open, then reads and prices the machines. Throws what concerns all of them; what concerns one is its
  // `refusal`.
  Task<void> plan(std::vector<evm::U256> machines);

  // The same from reads alone: what is open stays so.
  Task<void> look(std::vector<evm::U256> machines);
  // What look() found, as a plan of the command: what would be sent, what that comes to, and which machines cannot be
  // paid for.
  void describe(Plan& plan) const;

  // Approves the sum to be taken, where it is not allowed already, then pays every bond that is due; tells of each as
  // Progress "bond", "confirmed", "failed" or "pending", once it has an end. Throws what
  // concerns all of them: "INSUFFICIENT_PEAQ", "QUOTE_MOVED", "APPROVAL_FAILED"; what concerns one is its `failure`.
  Task<void> pay();

  std::vector<Bond> bonds;
  evm::U256 sum() const;      // wei of PEAQ that is still due
  evm::U256 usdtSum() const;  // the most USDT that is still due
  bool approvalDue() const;
  // The fees are about this, in wei.
  evm::U256 fees() const;
  std::size_t dueCount() const;
  std::uint64_t chainId() const { return chainId_; }
  const peaq::v2::Purse& purse() const { return purse_; }
  // The contract and function of a payment.
  peaq::v2::Change changeOf(const Bond& bond) const;
  std::string_view action() const { return request_.renewal ? "subscription_renew" : "subscription_activate"; }
  const BondRequest& request() const { return request_; }

 private:
  // What earlier runs left under way, once it has its end.
  struct Earlier {
    std::map<std::string, evm::Mined> paid = {};  // by machine id
    bool any = false;                             // also approvals, and what came to nothing
  };

  Task<Earlier> settleEarlier();
  Task<void> read(std::vector<evm::U256> machines);
  Task<void> judgeAndPrice();
  Task<void> readCredits();
  Task<void> readUsdt();
  void judge(Bond& bond) const;
  void price();
  void checkPurse() const;
  const evm::Address& spender() const;
  evm::Intent approval() const;
  Task<void> approve();
  evm::Preflight quoteAgain() const;
  Task<void> payWave(std::vector<Bond*> wave);
  void tell(const Bond& bond);
  Task<void> conclude(std::vector<std::pair<Bond*, evm::Mined>> mined);
  Task<void> lookAfter(std::vector<Bond*> paid);
  Json factsOf(const Bond& bond) const;
  evm::Intent intentOf(const Bond& bond) const;
  evm::U256 reserveOf(const Bond& bond) const;

  MachineWork& work_;
  evm::Signer& signer_;
  BondRequest request_;
  std::uint64_t chainId_ = 0;
  peaq::v2::Purse purse_ = {};
  evm::U256 usdtBalance_, usdtAllowance_;
  evm::Prices prices_;
  std::map<evm::Address, evm::U256> credits_;  // by owner, wei
  bool stopped_ = false;                       // a failure that would meet the others as well
};

}  // namespace peaqos::app
