// SPDX-License-Identifier: Apache-2.0
#include "cli/schema.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "cli/command.hpp"

namespace peaqos::cli {
namespace {

using peaq::Absence;
using peaq::Field;
using peaq::FieldType;

constexpr std::string_view kWords[] = {"a", "b"};
constexpr Field kInner[] = {{.name = "x", .type = FieldType::Boolean}};
constexpr Field kFields[] = {
    {.name = "text", .type = FieldType::NonEmptyText},
    {.name = "count", .type = FieldType::Integer, .most = 9},
    {.name = "word", .type = FieldType::OneOf, .words = kWords},
    {.name = "maybe", .type = FieldType::Text, .absence = Absence::NullForIt},
    {.name = "extra", .type = FieldType::Number, .absence = Absence::LeftOut},
    {.name = "amount", .type = FieldType::Amount},
    {.name = "list", .type = FieldType::Array, .members = kInner},
    {.name = "any", .type = FieldType::Any, .absence = Absence::NullForIt},
};

TEST(Schema, SaysWhatATableSays) {
  const Json schema = objectSchema(kFields);
  const Json& of = schema["properties"];
  EXPECT_EQ(dumpJson(of["text"]), R"({"type":"string","minLength":1})");
  EXPECT_EQ(dumpJson(of["count"]), R"({"type":"integer","minimum":0,"maximum":9})");
  EXPECT_EQ(dumpJson(of["word"]), R"({"type":"string","enum":["a","b"]})");
  EXPECT_EQ(dumpJson(of["maybe"]), R"({"anyOf":[{"type":"string"},{"type":"null"}]})");
  EXPECT_EQ(dumpJson(of["amount"]), R"({"anyOf":[{"type":"number"},{"type":"string"}]})");
  EXPECT_EQ(dumpJson(of["list"]["items"]["required"]), R"(["x"])");
  EXPECT_EQ(dumpJson(of["any"]), "{}");
  EXPECT_EQ(dumpJson(schema["required"]), R"(["text","count","word","maybe","amount","list","any"])");
}

TEST(Schema, OfEveryCommandThatHasJson) {
  for (const Command* command : commands()) {
    const bool json =
        std::ranges::find(command->options, std::string_view("json"), &Option::name) != command->options.end();
    EXPECT_EQ(json, command->result != nullptr) << command->path;
    if (!json) continue;
    const Json whole = schema(command->path);
    EXPECT_EQ(whole["title"], "peaqos " + std::string(command->path) + " --json");
    EXPECT_TRUE(whole["definitions"]["error"]["properties"].contains("error"));
    EXPECT_EQ(whole["definitions"]["input"]["type"], "object");
  }
}

TEST(Schema, OfNothingElse) {
  for (const char* path : {"wallet", "man", "nope"}) EXPECT_THROW(schema(path), Error) << path;
}

}  // namespace
}  // namespace peaqos::cli
