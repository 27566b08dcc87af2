// SPDX-License-Identifier: Apache-2.0
#include "cli/schema.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/operations.hpp"
#include "cli/plan_text.hpp"

namespace peaqos::cli {
namespace {

using peaq::Absence;
using peaq::Field;
using peaq::FieldType;

Json enumeration(const std::vector<std::string>& words) { return {{"type", "string"}, {"enum", words}}; }

Json integerSchema(const Field& field) {
  Json out = typed("integer");
  if (field.least != std::numeric_limits<std::int64_t>::min()) out["minimum"] = field.least;
  if (field.most != std::numeric_limits<std::int64_t>::max()) out["maximum"] = field.most;
  return out;
}

Json valueSchema(const Field& field) {
  switch (field.type) {
    case FieldType::Text: return typed("string");
    case FieldType::NonEmptyText: return {{"type", "string"}, {"minLength", 1}};
    case FieldType::Integer: return integerSchema(field);
    case FieldType::Number: return typed("number");
    case FieldType::Boolean: return typed("boolean");
    case FieldType::OneOf: return enumeration({field.words.begin(), field.words.end()});
    case FieldType::Object: return field.members.empty() ? typed("object") : objectSchema(field.members);
    case FieldType::Array:
      return listSchema(field.members.empty() ? Json(Json::object()) : objectSchema(field.members));
    case FieldType::Amount: return eitherSchema(typed("number"), typed("string"));
    case FieldType::Any: break;
  }
  return Json::object();
}

Json fieldSchema(const Field& field) {
  const bool nullable = field.absence == Absence::NullForIt || field.absence == Absence::NullAllowed;
  return nullable && field.type != FieldType::Any ? orNull(valueSchema(field)) : valueSchema(field);
}

}  // namespace

Json errorSchema() {
  const Json error = objectSchema({{"code", {{"type", "string"}, {"pattern", "^[A-Za-z0-9_]+$"}}},
                                   {"kind", enumeration({"input", "network", "configuration", "interrupted"})},
                                   {"message", typed("string")},
                                   {"hint", typed("string")},
                                   {"sent", enumeration({"nothing", "maybe", "yes"})},
                                   {"hashes", listSchema({{"type", "string"}, {"pattern", "^0x[0-9a-f]{64}$"}})},
                                   {"context", typed("object"), false}});
  return objectSchema({{"error", error}});
}

Json typed(const char* type) { return {{"type", type}}; }

Json objectSchema(const std::vector<Member>& members) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const Member& member : members) {
    properties[member.name] = member.schema;
    if (member.required) required.push_back(member.name);
  }
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
}

Json objectSchema(peaq::FieldTable members) {
  std::vector<Member> list;
  for (const Field& field : members) {
    list.push_back({std::string(field.name), fieldSchema(field), field.absence != Absence::LeftOut});
  }
  return objectSchema(list);
}

Json listSchema(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }

Json eitherSchema(Json one, Json other) { return {{"anyOf", Json::array({std::move(one), std::move(other)})}}; }

Json orNull(Json schema) { return eitherSchema(std::move(schema), typed("null")); }

Json schema(std::string_view path) {
  const auto found = std::ranges::find(commands(), path, &Command::path);
  if (path.empty()) return operations();
  if (found == commands().end()) {
    throw inputError("USAGE", "--json-schema takes a command, and '" + printable(path) + "' is a group of them",
                     "For example: peaqos --json-schema whoami");
  }
  if (!(*found)->result) {
    throw inputError("USAGE", "'" + printable(path) + "' has no --json",
                     "See 'peaqos " + std::string(path) + " --help'");
  }
  Json out = eitherSchema({{"$ref", "#/definitions/result"}}, {{"$ref", "#/definitions/error"}});
  Json definitions{{"result", (*found)->result()}, {"error", errorSchema()}, {"input", inputSchema(**found)}};
  if (std::ranges::find((*found)->options, kPlanOption.name, &Option::name) != (*found)->options.end()) {
    out["anyOf"].push_back({{"$ref", "#/definitions/plan"}});
    definitions["plan"] = planSchema();
  }
  return {{"$schema", "http://json-schema.org/draft-07/schema#"},
          {"title", "peaqos " + std::string(path) + " --json"},
          {"anyOf", std::move(out["anyOf"])},
          {"definitions", std::move(definitions)}};
}

}  // namespace peaqos::cli
