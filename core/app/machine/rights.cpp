// SPDX-License-Identifier: Apache-2.0
#include "app/machine/rights.hpp"

#include "base/error.hpp"

namespace peaqos::app {

void requireOwnerOrController(const Situation& now) {
  const peaq::v2::MachineState& machine = *now.machine;
  if (machine.isRunBy(now.signer)) return;
  throw networkError("NOT_OWNER_OR_CONTROLLER",
                     nameOf(now.signer) + " is neither the owner (" + nameOf(*machine.owner) +
                         ") nor the controller (" + nameOf(machine.controller()) + ") of machine " +
                         machine.id.toDecimal() + "; nothing was sent",
                     "Sign with the key of one of them");
}

void requireOwner(const Situation& now) {
  const peaq::v2::MachineState& machine = *now.machine;
  if (machine.owner == now.signer) return;
  throw networkError("NOT_MACHINE_OWNER",
                     nameOf(now.signer) + " does not own machine " + machine.id.toDecimal() + ", " +
                         nameOf(*machine.owner) + " does; nothing was sent",
                     "Sign with the owner's key");
}

void refuseRelocating(const Situation& now) {
  if (!now.machine->relocating) return;
  throw networkError("MACHINE_RELOCATING",
                     "machine " + now.machine->id.toDecimal() + " is moving to another chain; nothing was sent",
                     "Wait until it has arrived, then run the command again");
}

std::string nameOf(const evm::Address& account) {
  return account == evm::Address{} ? std::string("nobody") : evm::toChecksum(account);
}

}  // namespace peaqos::app
