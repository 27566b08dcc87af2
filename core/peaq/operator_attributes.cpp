// SPDX-License-Identifier: Apache-2.0
#include "peaq/operator_attributes.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace peaqos::peaq {
namespace {

using evm::U256;

// JSON with a comma and a blank between the ids, as the reference writes it.
std::string listText(const std::vector<U256>& ids) {
  std::vector<std::string> words;
  words.reserve(ids.size());
  for (const U256& id : ids) words.push_back(id.toDecimal());
  return "[" + join(words, ", ") + "]";
}

}  // namespace

std::vector<U256> listedMachines(const OperatorAttributes& present) {
  const auto there = present.find(kOperatorAttributes[1]);
  if (there == present.end() || there->second.empty()) return {};
  const auto bad = [&] {
    return networkError("BAD_MACHINES_LIST",
                        "the operator's DID attribute 'machines' is not a list of machine ids: '" +
                            oneLine(there->second) + "'; it was left as it is",
                        "Correct the attribute, then run the command again");
  };
  const auto list = parseJson(there->second);
  if (!list || !list->is_array()) throw bad();
  std::vector<U256> ids;
  ids.reserve(list->size());
  for (const Json& member : *list) {
    const auto id = isInteger(member) ? U256::fromDecimal(numberText(member)) : std::nullopt;
    if (!id) throw bad();
    ids.push_back(*id);
  }
  return ids;
}

std::vector<U256> withMachine(std::vector<U256> list, const U256& machineId) {
  if (std::ranges::find(list, machineId) == list.end()) list.push_back(machineId);
  return list;
}

std::vector<AttributeWrite> missingWrites(const OperatorAttributes& present, const U256& operatorId,
                                          const U256& machineId) {
  return missingWrites(present, operatorId, std::span(&machineId, 1));
}

std::vector<AttributeWrite> missingWrites(const OperatorAttributes& present, const U256& operatorId,
                                          std::span<const U256> machineIds) {
  std::vector<AttributeWrite> writes;
  if (!present.contains(kOperatorAttributes[0])) {
    writes.push_back({AttributeChange::Add, {kOperatorAttributes[0], operatorId.toDecimal()}});
  }
  const auto listed = listedMachines(present);
  auto wanted = listed;
  for (const U256& machineId : machineIds) wanted = withMachine(std::move(wanted), machineId);
  if (wanted.size() == listed.size()) return writes;
  std::string text = listText(wanted);
  if (text.size() > kLongestValue) {
    throw networkError("MACHINES_LIST_FULL",
                       "the operator's DID attribute 'machines' would have " + std::to_string(text.size()) +
                           " bytes; a DID attribute holds " + std::to_string(kLongestValue),
                       "Use another operator for further machines");
  }
  const auto change = present.contains(kOperatorAttributes[1]) ? AttributeChange::Update : AttributeChange::Add;
  writes.push_back({change, {kOperatorAttributes[1], std::move(text)}});
  return writes;
}

}  // namespace peaqos::peaq
