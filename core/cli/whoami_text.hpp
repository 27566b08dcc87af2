// What whoami shows; init shows it as well.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/settings/whoami.hpp"

namespace peaqos::cli {

std::string whoamiText(const app::WhoAmI& me);

// JSON Schema of app::toJson(WhoAmI).
Json whoamiSchema();

}  // namespace peaqos::cli
