// SPDX-License-Identifier: Apache-2.0
#include "peaq/machine_attributes.hpp"

namespace peaqos::peaq {

std::vector<AttributeWrite> missingWrites(const MachineAttributes& present, const WantedAttributes& wanted) {
  struct Row {
    std::string_view name;
    std::string value;
    bool updatable;
  };
  const Row rows[] = {
      {kMachineAttributes[0], wanted.machineId, false},
      {kMachineAttributes[1], wanted.nftTokenId, false},
      {kMachineAttributes[2], wanted.operatorDid, false},
      {kMachineAttributes[3], wanted.documentationUrl, true},
      {kMachineAttributes[4], wanted.dataApi, true},
      {kMachineAttributes[5], wanted.visibility.value_or("public"), wanted.visibility.has_value()},
  };
  std::vector<AttributeWrite> writes;
  for (const Row& row : rows) {
    const auto there = present.find(row.name);
    if (there == present.end()) {
      writes.push_back({AttributeChange::Add, {row.name, row.value}});
    } else if (row.updatable && there->second != row.value) {
      writes.push_back({AttributeChange::Update, {row.name, row.value}});
    }
  }
  return writes;
}

}  // namespace peaqos::peaq
