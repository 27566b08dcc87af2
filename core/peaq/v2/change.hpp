// What changes a machine of generation 2: one call of a contract, and the event that proves it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "evm/address.hpp"
#include "evm/receipt.hpp"

namespace peaqos::peaq::v2 {

struct Change {
  std::string_view contractName;  // for people: "MachineRegistry"
  evm::Address contract;
  std::string_view method;  // the function's signature
  Bytes data;               // calldata
  // The topics of the log that the contract emits: the event, then its indexed arguments, as far as they are known
  // beforehand; and its data, unless they are known only afterwards.
  std::vector<Hash256> topics;
  std::optional<Bytes> eventData = {};
};

// "suspend" of "suspend(uint256)".
std::string_view bareName(std::string_view method);

// The log of this contract that begins with these topics; null where there is none or more than one.
const evm::Log* onlyLog(const evm::Receipt& receipt, const evm::Address& emitter, const std::vector<Hash256>& topics);

// Whether the transaction made the change: its event is there, once, with these arguments.
bool proves(const evm::Receipt& receipt, const Change& change);

}  // namespace peaqos::peaq::v2
