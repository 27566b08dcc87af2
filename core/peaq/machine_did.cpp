// SPDX-License-Identifier: Apache-2.0
#include "peaq/machine_did.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "evm/address.hpp"
#include "peaq/did.hpp"
#include "peaq/v2/machine_id.hpp"

namespace peaqos::peaq {

std::string checkMachineDid(std::string_view text) {
  if (v2::parseMachineDid(text)) return std::string(text);
  const std::string_view rest = text.starts_with(kDidMethod) ? text.substr(kDidMethod.size()) : std::string_view();
  const bool decimal = !rest.empty() && rest.find_first_not_of("0123456789") == std::string_view::npos;
  if (!decimal) return checkDid(text);
  throw inputError("INVALID_DID", "'" + printable(text) + "' does not end in a machine ID",
                   "Give its decimal digits without leading zeros, below 2^256");
}

Generation generationOf(std::string_view did) {
  return v2::parseMachineDid(did) ? Generation::Second : Generation::First;
}

}  // namespace peaqos::peaq
