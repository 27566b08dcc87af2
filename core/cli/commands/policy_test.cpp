// peaqos policy test
// SPDX-License-Identifier: Apache-2.0
#include "app/signing/policy.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/event_request.hpp"
#include "cli/parser.hpp"
#include "cli/schema.hpp"

namespace peaqos::cli {
namespace {

constexpr std::string_view kVerdicts[] = {"allowed", "refused", "person"};

constexpr Argument kArguments[] = {
    {.name = "COMMAND", .help = "The command line, without peaqos", .repeated = true, .verbatim = true}};

constexpr Option kOptions[] = {
    {.name = "json", .type = ValueType::Flag, .help = "Print the verdict as JSON; goes before COMMAND"},
};

Parsed parseInner(const Arguments& arguments) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < arguments.positionalCount(); ++i) words.push_back(arguments.positional(i));
  Parsed parsed = parse(words);
  if (parsed.command && !parsed.help && !parsed.schema && !parsed.global.has("version")) return parsed;
  throw inputError("USAGE", "'" + printable(join(words, " ")) + "' runs no command", "Give a whole command line");
}

Task<Json> judge(Parsed parsed, app::Caller caller) {
  const Arguments& words = parsed.arguments;
  if (const auto maxFee = words.find("max-fee")) caller.overrideMaxFee(*maxFee);
  if (parsed.command == &kQualifyEvent) {
    app::SubmitEventRequest request = co_await eventRequest(words, caller.host.files);
    co_return co_await app::testEventPolicy(std::move(request), std::move(caller));
  }
  if (parsed.command == &kActivate) {
    co_return co_await app::testActivationPolicy({.docUrl = words.get("doc-url"),
                                                  .dataApi = words.get("data-api"),
                                                  .visibility = words.find("visibility"),
                                                  .skipFunding = words.has("skip-funding"),
                                                  .machine = words.find("for")},
                                                 std::move(caller));
  }
  if (parsed.command == &kQualifyEvents) co_return co_await app::testEventsPolicy(std::move(caller));
  if (parsed.command == &kScaleOrder) {
    co_return co_await app::testOrderPolicy(words.get("machine-id"), std::move(caller));
  }
  const std::string file = textOrEmpty(co_await app::showPolicy(std::move(caller)), "file");
  co_return Json{{"file", file.empty() ? Json(nullptr) : Json(file)},
                 {"verdict", "allowed"},
                 {"transactions", Json::array()},
                 {"note", "peaqos " + std::string(parsed.command->path) + " signs no transaction"}};
}

std::string text(const Json& object, const char* name) { return printable(textOrEmpty(object, name)); }

std::string render(const Json& judged) {
  std::string out = judged["file"].is_null() ? "There is no policy: everything is allowed.\n" : "";
  for (const Json& transaction : judged["transactions"]) {
    const std::string verdict = text(transaction, "verdict");
    out += text(transaction, "step") + ": " + (verdict == "person" ? "a person would be asked" : verdict);
    if (!transaction["reason"].is_null()) out += ", " + text(transaction, "reason");
    out += "\n";
  }
  if (judged["transactions"].empty() && judged["note"].is_null()) out += "Nothing is left to be signed.\n";
  if (!judged["note"].is_null()) out += "Note: " + text(judged, "note") + "\n";
  return out;
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const Json judged = co_await judge(parseInner(arguments), std::move(caller));
  arguments.has("json") ? output.json(judged) : output.result(render(judged));
  for (const Json& transaction : judged["transactions"]) {
    if (transaction["verdict"] != "refused") continue;
    throw inputError("POLICY_REFUSED", textOrEmpty(transaction, "reason"), textOrEmpty(transaction, "hint"));
  }
}

constexpr peaq::Field kTransaction[] = {
    {.name = "step", .type = peaq::FieldType::NonEmptyText},
    {.name = "verdict", .type = peaq::FieldType::OneOf, .words = kVerdicts},
    {.name = "reason", .type = peaq::FieldType::Text, .absence = peaq::Absence::NullAllowed},
    {.name = "hint", .type = peaq::FieldType::Text, .absence = peaq::Absence::NullAllowed},
};

constexpr peaq::Field kResult[] = {
    {.name = "file", .type = peaq::FieldType::Text, .absence = peaq::Absence::NullAllowed},
    {.name = "verdict", .type = peaq::FieldType::OneOf, .words = kVerdicts},
    {.name = "transactions", .type = peaq::FieldType::Array, .members = kTransaction},
    {.name = "note", .type = peaq::FieldType::Text, .absence = peaq::Absence::NullAllowed},
};

Json schemaOfResult() { return objectSchema(kResult); }

constexpr std::string_view kExamples[] = {
    "peaqos policy test qualify event --machine-id 42 --type activity --value 1 --ts 1776945600",
    "peaqos policy test activate --doc-url https://example.com/docs --data-api https://example.com/events"};

}  // namespace

const Command kPolicyTest = {
    .path = "policy test",
    .summary = "Tell whether the policy would allow a command line",
    .details =
        "The command is prepared with reads alone and judged by the rules and by what is spent now: nothing is "
        "signed, sent or recorded. Exit code 1 when the policy would refuse it.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Reads};

}  // namespace peaqos::cli
