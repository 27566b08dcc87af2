// SPDX-License-Identifier: Apache-2.0
#include "peaq/fields.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/error.hpp"
#include "base/object_builder.hpp"

namespace peaqos::peaq {
namespace {

bool isNumberText(const Json& value) {
  if (!value.is_string()) return false;
  const auto number = parseJson(value.get_ref<const std::string&>());
  return number && isNumber(*number);
}

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
    case FieldType::Amount: return say(isNumber(value) || isNumberText(value), "a number");
    case FieldType::Any: return {};
  }
  return "something else";
}

std::string camelCase(std::string_view name) {
  std::string out;
  bool capital = false;
  for (const char c : name) {
    if (c != '_') out += capital ? static_cast<char>(c - 'a' + 'A') : c;
    capital = c == '_';
  }
  return out;
}

class Conformer {
 public:
  Conformer(const std::string& where, Spelling spelling) : where_(where), spelling_(spelling) {}

  Json object(const Json& answer, FieldTable fields, const std::string& path) const {
    ObjectBuilder out;
    std::vector<std::string> known;
    for (const Field& field : fields) {
      const std::string first = spelt(field);
      const std::string second = field.orWire.empty() ? first : std::string(field.orWire);
      known.push_back(first);
      known.push_back(second);
      const Json* value = findMember(answer, first);
      if (!value) value = findMember(answer, second);
      if (auto fitting = member(value, field, path + first)) out.set(std::string(field.name), std::move(*fitting));
    }
    for (const auto& [name, value] : answer.items()) {
      if (std::ranges::find(known, name) == known.end()) out.set(name, value);
    }
    return out.take();
  }

 private:
  std::string spelt(const Field& field) const {
    if (!field.wire.empty()) return std::string(field.wire);
    return spelling_ == Spelling::CamelCase ? camelCase(field.name) : std::string(field.name);
  }

  // What becomes of a member; nothing when it is left out.
  std::optional<Json> member(const Json* value, const Field& field, const std::string& path) const {
    if (!value || (value->is_null() && field.absence != Absence::NullAllowed)) return absent(field, path);
    if (value->is_null()) return Json(nullptr);
    const std::string expected = mismatch(*value, field);
    if (!expected.empty() && field.absence == Absence::LeftOut) return std::nullopt;
    if (!expected.empty()) throw bad(path, expected);
    if (field.members.empty()) return *value;
    if (value->is_object()) return object(*value, field.members, path + ".");
    Json items = Json::array();
    for (const Json& item : *value) {
      if (!item.is_object()) throw bad(path, "a list of objects");
      items.push_back(object(item, field.members, path + "."));
    }
    return items;
  }

  std::optional<Json> absent(const Field& field, const std::string& path) const {
    switch (field.absence) {
      case Absence::ZeroForIt: return Json(0);
      case Absence::NullForIt: return Json(nullptr);
      case Absence::EmptyForIt: return field.type == FieldType::Array ? Json::array() : Json::object();
      case Absence::LeftOut: return std::nullopt;
      case Absence::Refused:
      case Absence::NullAllowed: break;
    }
    throw bad(path, "there");
  }

  Error bad(const std::string& path, const std::string& expected) const {
    return networkError("BAD_RESPONSE", where_ + " sent an answer whose '" + path + "' is not " + expected,
                        "Check that the URL points at a peaqOS API of this version");
  }

  const std::string& where_;
  Spelling spelling_;
};

}  // namespace

Json conform(const Json& answer, FieldTable fields, const std::string& where, Spelling spelling) {
  if (!answer.is_object()) {
    throw networkError("BAD_RESPONSE", where + " sent an answer that is not a JSON object",
                       "Check that the URL points at a peaqOS API of this version");
  }
  return Conformer(where, spelling).object(answer, fields, "");
}

Json conformEntry(const Json& entry, FieldTable fields, const std::string& where, std::string_view list,
                  Spelling spelling) {
  if (entry.is_object()) return conform(entry, fields, where, spelling);
  throw networkError("BAD_RESPONSE",
                     where + " sent an answer whose '" + std::string(list) + "' is not a list of objects",
                     "Check that the URL points at a peaqOS API of this version");
}

}  // namespace peaqos::peaq
