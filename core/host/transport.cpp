// SPDX-License-Identifier: Apache-2.0
#include "host/transport.hpp"

#include <algorithm>

namespace peaqos::host {

std::optional<std::string> findHeader(const std::vector<Header>& headers, std::string_view name) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  const auto same = [&](const Header& header) { return std::ranges::equal(header.name, name, {}, lower, lower); };
  const auto found = std::ranges::find_if(headers, same);
  return found == headers.end() ? std::nullopt : std::optional(found->value);
}

}  // namespace peaqos::host
