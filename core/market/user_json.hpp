// JSON that users give: checked, and passed on as its own text (decision 19).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/json.hpp"

namespace peaqos::market {

// The value of a text that is one JSON object. Throws Error (Input) naming `field`; it says what the text is instead,
// never what it holds.
Json parseUserObject(std::string_view text, const std::string& field);

// As above, but kept as its own text: what is sent has the user's keys and digits untouched.
Json verbatimUserObject(std::string_view text, const std::string& field);

// Credentials for the providers that take them, under the API's names. The text may have snake_case or camelCase
// names, the former win; members and providers that the API does not know are left out. Null when nothing is left.
Json providerCredentials(std::string_view text, const std::string& field);

}  // namespace peaqos::market
