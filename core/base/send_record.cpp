// SPDX-License-Identifier: Apache-2.0
#include "base/send_record.hpp"

#include <algorithm>

namespace peaqos {

void SendRecord::note(const std::string& hash, Sent sent) {
  if (sent == Sent::Nothing) {
    transactions_.erase(hash);
    return;
  }
  Sent& known = transactions_.try_emplace(hash, sent).first->second;
  known = std::max(known, sent);
}

void SendRecord::stamp(Error& error) const {
  for (const auto& [hash, sent] : transactions_) {
    error.sent = std::max(error.sent, sent);
    if (std::ranges::find(error.hashes, hash) == error.hashes.end()) error.hashes.push_back(hash);
  }
}

}  // namespace peaqos
