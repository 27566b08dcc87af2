// peaqos policy show
// SPDX-License-Identifier: Apache-2.0
#include "app/signing/policy.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/layout.hpp"
#include "cli/schema.hpp"

namespace peaqos::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "json", .type = ValueType::Flag, .help = "Print the rules and what is spent as JSON"},
};

std::string text(const Json& object, const char* name) { return printable(textOrEmpty(object, name)); }

std::string render(const Json& shown) {
  if (shown["file"].is_null()) return "There is no policy: everything is allowed.\n";
  std::string out = "Policy '" + text(shown, "file") + "'\n\n" + dumpUtf8(shown["rules"]) + "\n";
  std::vector<std::vector<std::string>> rows;
  for (const Json& limit : shown["limits"]) {
    rows.push_back({text(limit, "rule"), text(limit, "limit"), text(limit, "spent"), text(limit, "left")});
  }
  if (rows.empty()) return out;
  return out + "\n" + table({"Rule", "Limit", "Spent or under way", "Left"}, rows);
}

constexpr peaq::Field kLimit[] = {
    {.name = "rule", .type = peaq::FieldType::NonEmptyText},
    {.name = "currency", .type = peaq::FieldType::NonEmptyText},
    {.name = "limit", .type = peaq::FieldType::NonEmptyText},
    {.name = "spent", .type = peaq::FieldType::NonEmptyText},
    {.name = "left", .type = peaq::FieldType::NonEmptyText},
};

constexpr peaq::Field kResult[] = {
    {.name = "file", .type = peaq::FieldType::Text, .absence = peaq::Absence::NullAllowed},
    {.name = "rules", .type = peaq::FieldType::Object, .absence = peaq::Absence::NullAllowed},
    {.name = "limits", .type = peaq::FieldType::Array, .members = kLimit},
};

Json schemaOfResult() { return objectSchema(kResult); }

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const Json shown = co_await app::showPolicy(std::move(caller));
  arguments.has("json") ? output.json(shown) : output.result(render(shown));
}

constexpr std::string_view kExamples[] = {"peaqos policy show", "peaqos policy show --json | jq '.limits'"};

}  // namespace

const Command kPolicyShow = {
    .path = "policy show",
    .summary = "Show the policy, and what is spent of its limits",
    .details =
        "What is spent within an hour or a day is counted from peaqos.log of the current directory; a transaction "
        "counts from its signature on, with its highest fee until its real one is known.",
    .arguments = {},
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Reads};

}  // namespace peaqos::cli
