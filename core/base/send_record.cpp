// SPDX-License-Identifier: Apache-2.0
#include "base/send_record.hpp"

#include <algorithm>
#include <vector>

namespace peaqos {
namespace {

void addOnce(std::vector<std::string>& list, const std::string& item) {
  if (std::ranges::find(list, item) == list.end()) list.push_back(item);
}

}  // namespace

void SendRecord::note(const std::string& hash, Sent sent) {
  if (sent == Sent::Nothing) {
    transactions_.erase(hash);
    return;
  }
  Known& known = transactions_[hash];
  known.sent = std::max(known.sent, sent);
}

void SendRecord::settle(const std::string& hash) {
  const auto found = transactions_.find(hash);
  if (found != transactions_.end()) found->second.settled = true;
}

void SendRecord::stamp(Error& error) const {
  for (const auto& [hash, known] : transactions_) {
    error.sent = std::max(error.sent, known.sent);
    addOnce(error.hashes, hash);
    if (!known.settled) addOnce(error.unsettled, hash);
  }
}

}  // namespace peaqos
