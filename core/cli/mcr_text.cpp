// SPDX-License-Identifier: Apache-2.0
#include "cli/mcr_text.hpp"

#include "base/time.hpp"

namespace peaqos::cli {

std::string textOf(const Json& object, std::string_view member) {
  const Json* value = findMember(object, member);
  if (!value || value->is_null()) return std::string(kNothing);
  return value->is_string() ? value->get<std::string>() : dumpJson(*value);
}

std::string timeOf(const Json& object, std::string_view member) {
  constexpr std::int64_t kLastYear = 253'402'300'799;  // 9999-12-31T23:59:59Z: later ones are shown as numbers
  const Json* value = findMember(object, member);
  const auto seconds = value ? toInt64(*value) : std::nullopt;
  if (!seconds || *seconds < 0 || *seconds > kLastYear) return textOf(object, member);
  return formatTime(*seconds);
}

}  // namespace peaqos::cli
