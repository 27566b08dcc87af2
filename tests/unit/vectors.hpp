// Reading tests/vectors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>

#include "base/json.hpp"

namespace peaqos {

// The JSON of a file below tests/vectors; read once and kept.
inline const Json& vectors(const std::string& name) {
  static std::map<std::string, Json> kept;
  const auto known = kept.find(name);
  if (known != kept.end()) return known->second;
  std::ifstream file(std::string(PEAQOS_VECTORS) + "/" + name, std::ios::binary);
  auto json = parseJson(std::string(std::istreambuf_iterator<char>(file), {}));
  if (!json) throw std::runtime_error("tests/vectors/" + name + " is missing or malformed");
  return kept.emplace(name, std::move(*json)).first->second;
}

inline std::string text(const Json& object, const char* member) { return object.at(member).get<std::string>(); }

}  // namespace peaqos
