// Random identifiers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "host/host.hpp"

namespace peaqos::host {

// A version 4 UUID (RFC 9562) in lower case.
std::string newUuid(Random& random);

}  // namespace peaqos::host
