// Who controls a machine's DID.
// SPDX-License-Identifier: Apache-2.0
#include "app/machine/rights.hpp"
#include "app/machine/wishes.hpp"
#include "peaq/v2/management.hpp"

namespace peaqos::app {
namespace {

class ControllerWish : public Wish {
 public:
  ControllerWish(evm::U256 machine, evm::Address controller) : machine_(machine), controller_(controller) {}

  std::string_view action() const override {
    return controller_ == evm::Address{} ? "clear_controller" : "set_controller";
  }
  std::optional<evm::U256> machine() const override { return machine_; }
  Json subject() const override { return evm::toChecksum(controller_); }
  void check(const Situation& now) const override {
    requireOwner(now);
    refuseRelocating(now);
  }
  bool fulfilled(const Situation& now) const override { return now.machine->controller() == controller_; }
  peaq::v2::Change change(const Situation& now) const override {
    return peaq::v2::setController(now.roles.machineRegistry, machine_, now.machine->controller(), controller_);
  }
  Rows plan(const Situation& now) const override {
    return {{"Owner", nameOf(*now.machine->owner)},
            {"Controller", nameOf(now.machine->controller())},
            {"New controller", nameOf(controller_)}};
  }
  Rows outcome(const Situation& before, const Situation& after) const override {
    return {{"Owner", nameOf(*after.machine->owner)},
            {"Previous controller", nameOf(before.machine->controller())},
            {"Controller", nameOf(after.machine->controller())}};
  }

 private:
  evm::U256 machine_;
  evm::Address controller_;
};

}  // namespace

std::unique_ptr<Wish> wishController(evm::U256 machine, evm::Address controller) {
  return std::make_unique<ControllerWish>(machine, controller);
}

}  // namespace peaqos::app
