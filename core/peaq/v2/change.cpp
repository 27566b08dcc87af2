// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/change.hpp"

#include <algorithm>

namespace peaqos::peaq::v2 {

std::string_view bareName(std::string_view method) { return method.substr(0, method.find('(')); }

const evm::Log* onlyLog(const evm::Receipt& receipt, const evm::Address& emitter, const std::vector<Hash256>& topics) {
  const evm::Log* found = nullptr;
  for (const evm::Log& log : receipt.logs) {
    const bool fits = log.emitter == emitter && log.topics.size() >= topics.size() &&
                      std::equal(topics.begin(), topics.end(), log.topics.begin());
    if (!fits) continue;
    if (found) return nullptr;
    found = &log;
  }
  return found;
}

bool proves(const evm::Receipt& receipt, const Change& change) {
  const evm::Log* log = onlyLog(receipt, change.contract, change.topics);
  return log && (!change.eventData || log->data == *change.eventData);
}

}  // namespace peaqos::peaq::v2
