// SPDX-License-Identifier: Apache-2.0
#include "peaq/fields.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace peaqos::peaq {
namespace {

// What a field accepts, for messages; empty when the value fits.
std::string mismatch(const Json& value, const Field& field) {
  const auto say = [](bool fits, std::string expected) { return fits ? std::string() : std::move(expected); };
  switch (field.type) {
    case FieldType::Text: return say(value.is_string(), "a text");
    case FieldType::NonEmptyText:
      return say(value.is_string() && !value.get_ref<const std::string&>().empty(), "a text that is not empty");
    case FieldType::Integer: {
      // An integer of more than 64 bits fits where no upper bound is set: it keeps its digits.
      const bool huge = isInteger(value) && !toInt64(value) && numberText(value).front() != '-' &&
                        field.most == std::numeric_limits<std::int64_t>::max();
      const auto number = toInt64(value);
      std::string expected = "an integer of at least " + std::to_string(field.least);
      if (field.most != std::numeric_limits<std::int64_t>::max())
        expected += " and at most " + std::to_string(field.most);
      return say(huge || (number && *number >= field.least && *number <= field.most), std::move(expected));
    }
    case FieldType::Number: return say(isNumber(value), "a number");
    case FieldType::Boolean: return say(value.is_boolean(), "true or false");
    case FieldType::OneOf: {
      const bool known =
          value.is_string() && std::ranges::find(field.words, value.get_ref<const std::string&>()) != field.words.end();
      std::string expected = "one of";
      for (const std::string_view word : field.words) expected += " " + std::string(word);
      return say(known, std::move(expected));
    }
    case FieldType::Object: return say(value.is_object(), "an object");
    case FieldType::Array: return say(value.is_array(), "a list");
  }
  return "something else";
}

Error badMember(const std::string& where, std::string_view name, const std::string& expected) {
  return networkError("BAD_RESPONSE", where + " sent an answer whose '" + std::string(name) + "' is not " + expected,
                      "Check that the URL points at a peaqOS API of this version");
}

}  // namespace

Json conform(const Json& answer, std::span<const Field> fields, const std::string& where) {
  if (!answer.is_object()) {
    throw networkError("BAD_RESPONSE", where + " sent an answer that is not a JSON object",
                       "Check that the URL points at a peaqOS API of this version");
  }
  Json out = Json::object();
  for (const Field& field : fields) {
    const std::string name(field.name);
    const Json* value = findMember(answer, field.name);
    const bool missing = !value || (value->is_null() && field.absence != Absence::NullAllowed);
    if (missing) {
      if (field.absence == Absence::ZeroForIt) out[name] = 0;
      if (field.absence == Absence::NullForIt) out[name] = nullptr;
      if (field.absence == Absence::LeftOut || field.absence == Absence::ZeroForIt ||
          field.absence == Absence::NullForIt) {
        continue;
      }
      throw badMember(where, field.name, "there");
    }
    if (value->is_null()) {
      out[name] = nullptr;
      continue;
    }
    const std::string expected = mismatch(*value, field);
    if (!expected.empty() && field.absence == Absence::LeftOut) continue;
    if (!expected.empty()) throw badMember(where, field.name, expected);
    out[name] = *value;
  }
  for (const auto& [name, value] : answer.items()) {
    if (std::ranges::none_of(fields, [&](const Field& field) { return field.name == name; })) out[name] = value;
  }
  return out;
}

Json conformEntry(const Json& entry, std::span<const Field> fields, const std::string& where, std::string_view list) {
  if (!entry.is_object()) throw badMember(where, list, "a list of objects");
  return conform(entry, fields, where);
}

}  // namespace peaqos::peaq
