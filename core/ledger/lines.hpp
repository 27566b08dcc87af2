// Reading a file line by line without holding it whole.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/task.hpp"
#include "host/host.hpp"

namespace peaqos::ledger {

// Calls `visit` for each complete line from byte `offset` on, without its end. Returns the offset behind the last
// complete line: what lies there is a line that was cut short. A line of more than 16 MiB is passed over. Throws
// host::FileError.
Task<std::uint64_t> eachLine(host::Files& files, std::string path, std::uint64_t offset,
                             std::function<void(std::string_view)> visit);

}  // namespace peaqos::ledger
