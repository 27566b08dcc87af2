// Letting others move machines.
// SPDX-License-Identifier: Apache-2.0
#include "app/machine/rights.hpp"
#include "app/machine/wishes.hpp"
#include "base/error.hpp"
#include "peaq/contracts.hpp"
#include "peaq/v2/calls.hpp"
#include "peaq/v2/management.hpp"

namespace peaqos::app {
namespace {

namespace registry = peaq::v2::registry;

// The owner, or who may move all machines of the owner, says who may move one.
class ApproveWish : public Wish {
 public:
  ApproveWish(evm::U256 machine, evm::Address spender) : machine_(machine), spender_(spender) {}

  std::string_view action() const override { return "approve"; }
  std::optional<evm::U256> machine() const override { return machine_; }
  Json subject() const override { return evm::toChecksum(spender_); }
  std::vector<evm::RpcCall> reads(const peaq::v2::Roles& roles, const evm::Address&) const override {
    return {peaq::v2::readCall(roles.machineRegistry, registry::kGetApproved, {machine_})};
  }
  void check(const Situation& now) const override {
    if (spender_ != *now.machine->owner) return;
    throw inputError("BAD_FIELD", nameOf(spender_) + " owns machine " + machine_.toDecimal() + " and needs no approval",
                     "Give another address");
  }
  bool fulfilled(const Situation& now) const override { return approved(now) == spender_; }
  peaq::v2::Change change(const Situation& now) const override {
    return peaq::v2::approve(now.roles.machineRegistry, machine_, *now.machine->owner, spender_);
  }
  Rows plan(const Situation& now) const override {
    return {{"Owner", nameOf(*now.machine->owner)},
            {"May move it now", nameOf(approved(now))},
            {"Will be able to move it", nameOf(spender_)}};
  }
  Rows outcome(const Situation&, const Situation& after) const override {
    return {{"Owner", nameOf(*after.machine->owner)}, {"Approved operator", nameOf(approved(after))}};
  }

 private:
  static evm::Address approved(const Situation& now) {
    return peaq::addressFrom(now.replies[0], "who may move the machine");
  }

  evm::U256 machine_;
  evm::Address spender_;
};

class ApproveAllWish : public Wish {
 public:
  ApproveAllWish(evm::Address spender, bool allowed) : spender_(spender), allowed_(allowed) {}

  std::string_view action() const override { return "approve_all"; }
  std::optional<evm::U256> machine() const override { return std::nullopt; }
  Json subject() const override { return evm::toChecksum(spender_); }
  std::vector<evm::RpcCall> reads(const peaq::v2::Roles& roles, const evm::Address& signer) const override {
    return {peaq::v2::readCall(roles.machineRegistry, registry::kIsApprovedForAll, {signer, spender_})};
  }
  void check(const Situation& now) const override {
    if (spender_ != now.signer) return;
    throw inputError("BAD_FIELD", nameOf(spender_) + " is the signer itself", "Give another address");
  }
  bool fulfilled(const Situation& now) const override { return isAllowed(now) == allowed_; }
  peaq::v2::Change change(const Situation& now) const override {
    return peaq::v2::approveAll(now.roles.machineRegistry, now.signer, spender_, allowed_);
  }
  Rows plan(const Situation& now) const override {
    return {{"Owner", nameOf(now.signer)},
            {"Operator", nameOf(spender_)},
            {"May move all its machines now", isAllowed(now) ? "yes" : "no"},
            {"Will be able to", allowed_ ? "yes: every machine of today and of later" : "no"}};
  }
  Rows outcome(const Situation&, const Situation& after) const override {
    return {{"Owner", nameOf(after.signer)},
            {"Operator", nameOf(spender_)},
            {"May move all its machines", isAllowed(after) ? "yes" : "no"}};
  }

 private:
  static bool isAllowed(const Situation& now) {
    return peaq::v2::flagFrom(now.replies[0], "who may move all machines");
  }

  evm::Address spender_;
  bool allowed_;
};

}  // namespace

std::unique_ptr<Wish> wishApproved(evm::U256 machine, evm::Address spender) {
  return std::make_unique<ApproveWish>(machine, spender);
}

std::unique_ptr<Wish> wishApprovedForAll(evm::Address spender, bool allowed) {
  if (spender == evm::Address{}) {
    throw inputError("BAD_FIELD", "the zero address moves no machines", "Give the operator's address");
  }
  return std::make_unique<ApproveAllWish>(spender, allowed);
}

}  // namespace peaqos::app
