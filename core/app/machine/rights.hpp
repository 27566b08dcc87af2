// Who may do what with a machine, said before anything is signed.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/machine/wish.hpp"

namespace peaqos::app {

// Throws Error (Network): "NOT_OWNER_OR_CONTROLLER", "NOT_MACHINE_OWNER", "MACHINE_RELOCATING".
void requireOwnerOrController(const Situation& now);
void requireOwner(const Situation& now);
void refuseRelocating(const Situation& now);

// "nobody" for the zero address.
std::string nameOf(const evm::Address& account);

}  // namespace peaqos::app
