// Giving a machine to another owner.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "app/machine/rights.hpp"
#include "app/machine/wishes.hpp"
#include "base/error.hpp"
#include "peaq/v2/management.hpp"

namespace peaqos::app {
namespace {

class TransferToWish : public Wish {
 public:
  explicit TransferToWish(TransferWish wish) : wish_(std::move(wish)) {}

  std::string_view action() const override { return "transfer"; }
  std::optional<evm::U256> machine() const override { return wish_.machine; }
  Json subject() const override { return evm::toChecksum(wish_.to); }
  // Who else may move it, the contract knows best: the call is tried before it is sent.
  void check(const Situation&) const override {}
  bool fulfilled(const Situation& now) const override { return now.machine->owner == wish_.to; }
  peaq::v2::Change change(const Situation& now) const override {
    return peaq::v2::transfer(now.roles.machineRegistry, {.id = wish_.machine,
                                                          .from = *now.machine->owner,
                                                          .to = wish_.to,
                                                          .form = form(),
                                                          .data = wish_.data.value_or(Bytes())});
  }
  Rows plan(const Situation& now) const override {
    Rows rows{{"Owner", nameOf(*now.machine->owner)}, {"New owner", nameOf(wish_.to)}};
    rows.emplace_back("DID controller", controllerAfter(*now.machine));
    return rows;
  }
  Rows outcome(const Situation& before, const Situation& after) const override {
    return {{"Sender", nameOf(*before.machine->owner)},
            {"New owner", nameOf(*after.machine->owner)},
            {"DID controller", controllerAfter(*after.machine)}};
  }

 private:
  peaq::v2::TransferForm form() const {
    if (wish_.unsafe) return peaq::v2::TransferForm::Unsafe;
    return wish_.data ? peaq::v2::TransferForm::SafeWithData : peaq::v2::TransferForm::Safe;
  }

  // A transfer leaves the controller as it is, which nobody expects.
  std::string controllerAfter(const peaq::v2::MachineState& machine) const {
    const std::string controller = nameOf(machine.controller());
    if (machine.controller() == wish_.to || machine.controller() == evm::Address{}) return controller;
    return controller +
           " stays: it can change the DID, suspend the machine and submit its events until the new owner "
           "runs peaqos machine did set-controller";
  }

  TransferWish wish_;
};

}  // namespace

std::unique_ptr<Wish> wishTransferred(TransferWish wish) {
  if (wish.to == evm::Address{}) {
    throw inputError("BAD_FIELD", "a machine cannot belong to the zero address", "Give the new owner's address");
  }
  if (wish.unsafe && wish.data) {
    throw inputError("BAD_FIELD", "data go to the contract at the new address, which an unsafe transfer does not call",
                     "Leave one of them out");
  }
  return std::make_unique<TransferToWish>(std::move(wish));
}

}  // namespace peaqos::app
