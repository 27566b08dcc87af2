// Stopping a machine, and letting it go on.
// SPDX-License-Identifier: Apache-2.0
#include "app/machine/rights.hpp"
#include "app/machine/wishes.hpp"
#include "peaq/v2/management.hpp"

namespace peaqos::app {
namespace {

class PauseWish : public Wish {
 public:
  PauseWish(evm::U256 machine, bool paused) : machine_(machine), paused_(paused) {}

  std::string_view action() const override { return paused_ ? "suspend_machine" : "resume_machine"; }
  std::optional<evm::U256> machine() const override { return machine_; }
  void check(const Situation& now) const override {
    requireOwnerOrController(now);
    refuseRelocating(now);
  }
  bool fulfilled(const Situation& now) const override { return now.machine->pausedByOperator == paused_; }
  peaq::v2::Change change(const Situation& now) const override {
    const evm::Address& contract = now.roles.machineStateAndSync;
    return paused_ ? peaq::v2::suspend(contract, machine_) : peaq::v2::resume(contract, machine_);
  }
  Rows plan(const Situation& now) const override {
    return {{"Suspended", now.machine->pausedByOperator ? "yes" : "no"}, {"Will be suspended", paused_ ? "yes" : "no"}};
  }
  Rows outcome(const Situation&, const Situation& after) const override {
    return {{"Suspended", after.machine->pausedByOperator ? "yes" : "no"},
            {"Available", after.machine->available ? "yes" : "no"}};
  }

 private:
  evm::U256 machine_;
  bool paused_;
};

}  // namespace

std::unique_ptr<Wish> wishPaused(evm::U256 machine, bool paused) {
  return std::make_unique<PauseWish>(machine, paused);
}

}  // namespace peaqos::app
