// SPDX-License-Identifier: Apache-2.0
#include "app/members.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"

namespace peaqos::app {

std::optional<std::string> Members::text(const char* name) {
  const Json* member = take(name);
  if (!member) return std::nullopt;
  if (isInteger(*member)) return numberText(*member);
  if (member->is_string()) return member->get<std::string>();
  throw inputError("BAD_FIELD", std::string(name) + " must be a text or a whole number");
}

std::string Members::required(const char* name) {
  if (auto value = text(name)) return std::move(*value);
  throw inputError("MISSING_FIELD", std::string(name) + " is missing");
}

bool Members::flag(const char* name) {
  const Json* member = take(name);
  if (!member) return false;
  if (member->is_boolean()) return member->get<bool>();
  throw inputError("BAD_FIELD", std::string(name) + " must be true or false");
}

std::optional<Bytes> Members::bytes(const char* name) {
  const auto hex = text(name);
  if (!hex) return std::nullopt;
  if (auto bytes = fromHex(*hex)) return bytes;
  throw inputError("BAD_FIELD", std::string(name) + " must be hexadecimal");
}

std::vector<std::string> Members::texts(const char* name) {
  const Json* member = take(name);
  if (!member) return {};
  const auto isText = [](const Json& item) { return item.is_string(); };
  if (!member->is_array() || !std::ranges::all_of(*member, isText)) {
    throw inputError("BAD_FIELD", std::string(name) + " must be a list of texts");
  }
  return member->get<std::vector<std::string>>();
}

std::optional<std::string> Members::objectText(const char* name) {
  const Json* member = take(name);
  if (!member) return std::nullopt;
  if (member->is_string()) return member->get<std::string>();
  if (member->is_object()) return dumpJson(*member);
  throw inputError("BAD_FIELD", std::string(name) + " must be an object, or its JSON text");
}

void Members::refuseOthers() const {
  for (const auto& [name, value] : request_.items()) {
    if (std::ranges::find(known_, name) == known_.end()) {
      throw inputError("UNKNOWN_FIELD", "the request has an unknown member '" + name + "'");
    }
  }
}

const Json* Members::take(const char* name) {
  known_.emplace_back(name);
  const Json* member = findMember(request_, name);
  return member && !member->is_null() ? member : nullptr;
}

}  // namespace peaqos::app
