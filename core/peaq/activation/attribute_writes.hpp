// Writing the missing attributes of one DID, whoever else may be writing them meanwhile.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "peaq/activation/work.hpp"

namespace peaqos::peaq {

// One DID that step 6 brings to what it should hold.
struct AttributeTask {
  const char* step;  // of the journal, and the name of its Progress
  const char* what;  // in messages: "machine DID write"
  evm::Address subject;
  evm::Signer& signer;  // of the subject
  std::span<const std::string_view> names;
  std::function<std::vector<AttributeWrite>(const MachineAttributes& present)> missing;
  Json row;           // facts of every journal row
  const char* count;  // member of the row that says how many attributes were written
};

// The attributes that a batch writes, as a reader of the transaction wants to see them: [name, value] pairs.
Json namedWrites(const std::vector<AttributeWrite>& writes);

// Does nothing but say so when nothing is missing. After a revert the attributes are read again, once: what somebody
// else wrote meanwhile is left alone.
Task<void> writeAttributes(const ActivationWork& work, AttributeTask task, MachineAttributes present);

}  // namespace peaqos::peaq
