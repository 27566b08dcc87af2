// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"

#include <limits>

#include "base/verbatim.hpp"

namespace peaqos {
namespace {

// Subtypes of the binary nodes that hold a text of JSON.
constexpr std::uint8_t kNumberText = 1;
constexpr std::uint8_t kAnyText = 2;

bool holdsNumberText(const Json& value) {
  return value.is_binary() && value.get_binary().has_subtype() && value.get_binary().subtype() == kNumberText;
}

Json holder(const std::string& text, std::uint8_t subtype) { return Json::binary({text.begin(), text.end()}, subtype); }

}  // namespace

Json exactNumber(const std::string& digits) { return holder(digits, kNumberText); }

Json verbatim(const std::string& text) { return holder(text, kAnyText); }

bool isNumber(const Json& value) { return value.is_number() || holdsNumberText(value); }

bool isInteger(const Json& value) {
  if (!isNumber(value)) return false;
  return numberText(value).find_first_of(".eE") == std::string::npos;
}

std::string numberText(const Json& value) {
  if (value.is_number_unsigned()) return std::to_string(value.get<std::uint64_t>());
  if (value.is_number()) return std::to_string(value.get<std::int64_t>());
  return heldText(value);
}

std::string heldText(const Json& value) { return {value.get_binary().begin(), value.get_binary().end()}; }

std::optional<std::int64_t> toInt64(const Json& value) {
  if (!value.is_number_integer()) return std::nullopt;
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max()) {
    return std::nullopt;
  }
  return value.get<std::int64_t>();
}

std::optional<std::uint64_t> toUint64(const Json& value) {
  if (!value.is_number_integer()) return std::nullopt;
  if (!value.is_number_unsigned() && value.get<std::int64_t>() < 0) return std::nullopt;
  return value.get<std::uint64_t>();
}

const Json* findMember(const Json& object, std::string_view name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

std::string textOrEmpty(const Json& object, std::string_view name) {
  const Json* member = findMember(object, name);
  return member && member->is_string() ? member->get<std::string>() : std::string();
}

}  // namespace peaqos
