// URLs fit for messages: what may be a credential is hidden, by its place and not by what it looks like.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace peaqos::host {

// A URL without its user, password and fragment, with "…" for its query and for every path segment that is not one of
// the well-known words of public APIs, or a peaq DID. A text that is no URL is "…" altogether.
std::string redactUrl(std::string_view text);

}  // namespace peaqos::host
