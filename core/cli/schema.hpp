// JSON Schema (draft-07) of what commands print with --json, made from the tables that the answers are checked against.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "peaq/fields.hpp"

namespace peaqos::cli {

struct Member {
  std::string name;
  Json schema;
  bool required = true;
};

// Of a value of one of JSON Schema's types, such as "string".
Json typed(const char* type);
Json objectSchema(const std::vector<Member>& members);
Json objectSchema(peaq::FieldTable members);
Json listSchema(Json items);
Json orNull(Json schema);
Json eitherSchema(Json one, Json other);
// Of what is printed for an Error: app::toJson() of it as {error}.
Json errorSchema();

// {anyOf: result or error} for the command of a path, with the schema of its input among the definitions; operations()
// for an empty path. Throws Error (Input) for a path that names no command, or one that has no --json.
Json schema(std::string_view path);

}  // namespace peaqos::cli
