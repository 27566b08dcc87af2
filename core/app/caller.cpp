// SPDX-License-Identifier: Apache-2.0
#include "app/caller.hpp"

namespace peaqos::app {

std::string Caller::fieldName(std::string_view flag) const {
  if (naming == Naming::Flags) return "--" + std::string(flag);
  std::string member;
  bool capital = false;
  for (const char c : flag) {
    if (c == '-') {
      capital = true;
      continue;
    }
    member += capital ? static_cast<char>(c - 'a' + 'A') : c;
    capital = false;
  }
  return member;
}

std::string Caller::argumentName(std::string_view flag) const {
  if (naming == Naming::Members) return fieldName(flag);
  std::string name;
  for (const char c : flag) name += c == '-' ? '_' : static_cast<char>(c - 'a' + 'A');
  return name;
}

}  // namespace peaqos::app
