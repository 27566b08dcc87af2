// Texts as parts of a URL.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace peaqos::host {

// A text as one path segment or one query value: everything but letters, digits and "-._~" as %XX (RFC 3986, 2.3).
std::string percentEncode(std::string_view text);

}  // namespace peaqos::host
