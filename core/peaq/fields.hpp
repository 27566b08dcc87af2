// What a JSON answer of an API must look like, as a table of its members.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "base/json.hpp"

namespace peaqos::peaq {

enum class FieldType {
  Text,          // a string
  NonEmptyText,  // a string with at least one character
  Integer,       // a JSON integer within [least, most]; 82.0 is none
  Number,        // an integer or a fraction, any sign
  Boolean,
  OneOf,   // one of `words`
  Object,  // any object
  Array,   // any array
};

// What becomes of a member that is null or absent.
enum class Absence {
  Refused,      // the answer is bad
  ZeroForIt,    // 0 takes its place
  NullForIt,    // null takes its place
  NullAllowed,  // null is a value, but the member must be there
  LeftOut,      // the member is left out, and also when it has another type
};

struct Field {
  std::string_view name;
  FieldType type;
  Absence absence = Absence::Refused;
  std::int64_t least = 0;
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
  std::span<const std::string_view> words = {};
};

// The answer with its known members in the table's order, then its unknown ones as they came (decision 17).
// Throws Error (Network, "BAD_RESPONSE") that names the first member that does not fit; `where` names the answer.
Json conform(const Json& answer, std::span<const Field> fields, const std::string& where);

// As above, for an entry of the answer's member `list`.
Json conformEntry(const Json& entry, std::span<const Field> fields, const std::string& where, std::string_view list);

}  // namespace peaqos::peaq
