// JSON that goes on as it was written.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/json.hpp"

namespace peaqos {

// A value that is written as exactly this text, which parseJson() must have taken.
Json verbatim(const std::string& text);

// The text that a value of verbatim() or exactNumber() holds.
std::string heldText(const Json& value);

}  // namespace peaqos
