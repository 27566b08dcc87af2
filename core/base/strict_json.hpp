// JSON texts that people write, with a word about the mistake that is hardest to see.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"

namespace peaqos {

struct StrictJson {
  std::optional<Json> value;
  std::string repeated = {};  // the member that is there twice, e.g. "methods[0].id"; empty for anything else
};

// As parseStrictJson().
StrictJson readStrictJson(std::string_view text);

}  // namespace peaqos
