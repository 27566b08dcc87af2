// Which attributes a machine's DID should have, and what is missing.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "peaq/did.hpp"

namespace peaqos::peaq {

// Names of a machine's attributes in the order in which they are written (docs/protocol.md#did).
constexpr std::array<std::string_view, 6> kMachineAttributes = {"machineId",         "nftTokenId", "operator",
                                                                "documentation_url", "data_api",   "data_visibility"};

// What the chain says: the value of each attribute that is there.
using MachineAttributes = std::map<std::string_view, std::string>;

struct WantedAttributes {
  std::string machineId, nftTokenId, operatorDid, documentationUrl, dataApi;
  std::optional<std::string> visibility;  // none: public when it is missing, else left as it is
};

// The changes that bring the chain's attributes to the wanted ones: missing ones are added, a changed URL or a chosen
// visibility is updated. The ids and the operator are facts of the registration and never overwritten.
std::vector<AttributeWrite> missingWrites(const MachineAttributes& present, const WantedAttributes& wanted);

}  // namespace peaqos::peaq
