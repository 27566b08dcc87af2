// peaqos watch machines
// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/mcr_text.hpp"
#include "cli/schema.hpp"
#include "cli/watch_view.hpp"
#include "peaq/did.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {{"DID", "The operator: did:peaq:0x and 40 hexadecimal digits"}};
constexpr Option kOptions[] = {
    kCursorOption, kLinesOption, kOnceOption, kWebhookOption, kJsonLinesOption,
};

std::vector<std::string> row(const Json& line) {
  const bool flagged = line.value("negative_flag", Json()) == true;
  return {textOf(line, "time"),        textOf(line, "change"),      peaq::shortDid(textOf(line, "did")),
          textOf(line, "machine_id"),  textOf(line, "mcr"),         textOf(line, "mcr_score"),
          textOf(line, "bond_status"), textOf(line, "event_count"), flagged ? "flagged" : std::string(kNothing)};
}

constexpr std::string_view kType[] = {"machine"};

Json schemaOfResult() {
  using peaq::Absence;
  using peaq::FieldType;
  static constexpr peaq::Field kLine[] = {
      {.name = "id", .type = FieldType::NonEmptyText},
      {.name = "type", .type = FieldType::OneOf, .words = kType},
      {.name = "change", .type = FieldType::OneOf, .words = kChanges},
      {.name = "time", .type = FieldType::NonEmptyText},
      {.name = "did", .type = FieldType::NonEmptyText},
      {.name = "machine_id", .type = FieldType::NonEmptyText},
      {.name = "mcr", .type = FieldType::NonEmptyText},
      {.name = "mcr_score", .type = FieldType::Integer},
      {.name = "negative_flag", .type = FieldType::Boolean},
      {.name = "bond_status", .type = FieldType::NonEmptyText, .absence = Absence::NullAllowed},
      {.name = "event_count", .type = FieldType::Integer, .absence = Absence::NullAllowed},
      {.name = "before", .type = FieldType::Object, .absence = Absence::NullAllowed}};
  return objectSchema(kLine);
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  app::WatchMachinesRequest request{.operatorDid = arguments.positional(0), .options = watchOptions(arguments, caller)};
  WatchView view(arguments, caller.host.environment, output,
                 {{"Time", "Change", "peaqID", "Machine ID", "Rating", "MCR", "Bond", "Events", "Flag"}, row, "did"});
  const auto sink = [&view](const std::vector<Json>& lines) { view.show(lines); };
  co_await app::watchMachines(std::move(request), sink, std::move(caller));
}

constexpr std::string_view kExamples[] = {
    "peaqos watch machines did:peaq:0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5",
    "peaqos watch machines did:peaq:0x9a5F... --cursor fleet.cursor --webhook https://ops.example/peaqos --json"};

}  // namespace

const Command kWatchMachines = {
    .path = "watch machines",
    .summary = "Follow the machines of an operator",
    .details =
        "Prints each machine that the MCR API lists, then a line whenever one is new or gone, or its rating, "
        "score, flag, bond or number of events differs. Needs neither a key nor a node. Ctrl-C ends it.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Reads,
    .personal = true,
    .lines = true};

}  // namespace peaqos::cli
