// The contracts of a deployment of either generation, for commands that list or examine them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "peaq/contracts.hpp"
#include "peaq/v2/roles.hpp"

namespace peaqos::peaq {

struct ListedContract {
  std::string_view label;     // for people: "IdentityRegistry"
  std::string_view member;    // of JSON: "identityRegistry"
  std::string_view variable;  // that sets it, on development chains or everywhere
  evm::Address address;
  bool precompile = false;  // it may have no code
};

std::vector<ListedContract> contractList(const Contracts& contracts);
std::vector<ListedContract> contractList(const v2::Roles& roles);

}  // namespace peaqos::peaq
