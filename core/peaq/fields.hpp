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
  Object,  // an object, of `members` where there are any
  Array,   // a list, its items objects of `members` where there are any
  Amount,  // a number, or a text that holds one
  Any,
};

// What becomes of a member that is null or absent.
enum class Absence {
  Refused,      // the answer is bad
  ZeroForIt,    // 0 takes its place
  NullForIt,    // null takes its place
  NullAllowed,  // null is a value, but the member must be there
  EmptyForIt,   // an empty list or object takes its place
  LeftOut,      // the member is left out, and also when it has another type
};

struct Field;

// The members of an object.
class FieldTable {
 public:
  constexpr FieldTable() = default;
  template <typename Entry, std::size_t N>
  constexpr FieldTable(const Entry (&fields)[N]) : first_(fields), count_(N) {}  // NOLINT(google-explicit-constructor)

  constexpr const Field* begin() const { return first_; }
  constexpr const Field* end() const;
  constexpr bool empty() const { return count_ == 0; }

 private:
  const Field* first_ = nullptr;
  std::size_t count_ = 0;
};

struct Field {
  std::string_view name;
  FieldType type;
  Absence absence = Absence::Refused;
  std::int64_t least = 0;
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
  std::span<const std::string_view> words = {};
  FieldTable members = {};
  std::string_view wire = {};    // how the API spells it, where the rule below does not give that
  std::string_view orWire = {};  // its other spelling, for when the first is absent
};

constexpr const Field* FieldTable::end() const { return first_ + count_; }

// How an API spells the members whose table has no `wire`.
enum class Spelling { AsNamed, CamelCase };

// The answer with its known members in the table's order, then its unknown ones as they came (decision 17); in the
// objects and lists that have tables of their own, likewise. Throws Error (Network, "BAD_RESPONSE") that names the
// first member that does not fit, as the API spells it; `where` names the answer.
Json conform(const Json& answer, FieldTable fields, const std::string& where, Spelling spelling = Spelling::AsNamed);

// As above, for an entry of the answer's member `list`.
Json conformEntry(const Json& entry, FieldTable fields, const std::string& where, std::string_view list,
                  Spelling spelling = Spelling::AsNamed);

}  // namespace peaqos::peaq
