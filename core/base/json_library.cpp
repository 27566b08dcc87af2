// The members of the JSON library's values, which no other file compiles.
// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"

template class nlohmann::basic_json<nlohmann::ordered_map>;
