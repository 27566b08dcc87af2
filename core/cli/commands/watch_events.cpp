// peaqos watch events
// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/mcr_text.hpp"
#include "cli/numbers.hpp"
#include "cli/schema.hpp"
#include "cli/watch_view.hpp"

namespace peaqos::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "machine-id",
     .placeholder = "ID",
     .help = "Events of this machine; may be given several times",
     .fallback = "all machines",
     .repeated = true},
    {.name = "operator",
     .placeholder = "DID",
     .help = "Events of the machines that the MCR API lists for this operator"},
    kSinceOption,
    kCursorOption,
    kLinesOption,
    kOnceOption,
    kWebhookOption,
    kJsonLinesOption,
};

std::vector<std::string> row(const Json& line) {
  return {textOf(line, "block_time"), textOf(line, "block"), textOf(line, "machine_id"), textOf(line, "event_index"),
          textOf(line, "event_type"), textOf(line, "value"), textOf(line, "currency"),   textOf(line, "tx_hash")};
}

constexpr std::string_view kType[] = {"event"};

constexpr peaq::Field field(std::string_view name, peaq::FieldType type = peaq::FieldType::NonEmptyText,
                            peaq::Absence absence = peaq::Absence::Refused) {
  return {.name = name, .type = type, .absence = absence};
}

Json schemaOfResult() {
  using peaq::Absence;
  using peaq::FieldType;
  static constexpr peaq::Field kLine[] = {field("id"),
                                          {.name = "type", .type = FieldType::OneOf, .words = kType},
                                          field("block", FieldType::Integer),
                                          field("block_hash"),
                                          field("block_time"),
                                          field("tx_hash"),
                                          field("log_index", FieldType::Integer),
                                          field("machine_id"),
                                          field("event_index"),
                                          field("event_type"),
                                          field("value"),
                                          field("currency", FieldType::NonEmptyText, Absence::NullAllowed),
                                          field("timestamp", FieldType::Integer, Absence::NullAllowed),
                                          field("trust", FieldType::NonEmptyText, Absence::NullAllowed),
                                          field("data_hash", FieldType::NonEmptyText, Absence::NullAllowed)};
  return eitherSchema(objectSchema(kLine), objectSchema(retractionFields()));
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  app::WatchEventsRequest request{.machineIds = arguments.all("machine-id"),
                                  .operatorDid = arguments.find("operator"),
                                  .since = blockFrom(arguments, "since"),
                                  .options = watchOptions(arguments, caller)};
  WatchView view(arguments, caller.host.environment, output,
                 {{"Time", "Block", "Machine", "Event", "Type", "Value", "Currency", "Transaction"}, row, "id"});
  const auto sink = [&view](const std::vector<Json>& lines) { view.show(lines); };
  co_await app::watchEvents(std::move(request), sink, std::move(caller));
}

constexpr std::string_view kExamples[] = {
    "peaqos watch events --machine-id 42", "peaqos watch events --operator did:peaq:0x9a5F... --since 4200000 --json",
    "peaqos watch events --machine-id 42 --cursor events.cursor --once --json >> events.jsonl"};

}  // namespace

const Command kWatchEvents = {
    .path = "watch events",
    .summary = "Follow the events of machines on the chain",
    .details =
        "Reads the logs of the EventRegistry block by block, and prints a line for each event. When the chain "
        "drops a block, a line of the type 'retraction' names each line that holds no more. With --cursor a "
        "later run goes on without a gap; each line has an id, by which a repetition after a kill is known. "
        "Ctrl-C ends it.",
    .arguments = {},
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Reads,
    .personal = true,
    .lines = true};

}  // namespace peaqos::cli
