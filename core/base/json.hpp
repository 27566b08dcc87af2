// JSON text to values and back, with every digit of every number kept.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

// Made once, in json_library.cpp: else every file that touches a value compiles half of the library again.
extern template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace peaqos {

// Members keep the order in which they came.
using Json = nlohmann::ordered_json;

// Parses one JSON text; a byte order mark before it is passed over. Nothing when it is malformed, nested deeper than
// 200, or has anything behind it. Integers of 64 bits are numbers; any other number (a fraction, a larger integer) is
// kept as its own text in a binary node, since a double would change its digits: ask isNumber() and numberText(), not
// Json::is_number().
std::optional<Json> parseJson(std::string_view text);

// As parseJson(), but nothing also when an object has a member twice, or when the text begins with a byte order mark.
std::optional<Json> parseStrictJson(std::string_view text);

// Writes JSON as ASCII, other characters as \uXXXX; exact numbers as they were read. With `indent` spaces a level, or
// on one line without blanks when it is negative.
std::string dumpJson(const Json& value, int indent = -1);

// As dumpJson() with two spaces a level, but with characters outside ASCII written raw.
std::string dumpUtf8(const Json& value);

// As dumpJson() on one line, with the keys of every object in alphabetical order.
std::string dumpSorted(const Json& value);

// A number with exactly these digits, for values that do not fit 64 bits.
Json exactNumber(const std::string& digits);

// A JSON integer, however large; 82.0 is none (it was written as a fraction).
bool isInteger(const Json& value);

// An integer or a fraction.
bool isNumber(const Json& value);

// The digits of a number as they were written.
std::string numberText(const Json& value);

// The value of an integer that fits; nothing for every other value.
std::optional<std::int64_t> toInt64(const Json& value);
std::optional<std::uint64_t> toUint64(const Json& value);

// A member of an object, or null when it is absent or `object` is none. The result lives as long as `object`.
const Json* findMember(const Json& object, std::string_view name);

// A member of an object that is a text; empty for every other member, and where there is none.
std::string textOrEmpty(const Json& object, std::string_view name);

}  // namespace peaqos
