// peaqos watch orders
// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/mcr_text.hpp"
#include "cli/schema.hpp"
#include "cli/watch_view.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {{"MACHINE_ID", "The machine's ID in the Machine Market"}};
constexpr Option kOptions[] = {
    kCursorOption, kLinesOption, kOnceOption, kWebhookOption, kJsonLinesOption,
};

std::vector<std::string> row(const Json& line) {
  return {textOf(line, "time"),   textOf(line, "change"),    textOf(line, "order_id"),
          textOf(line, "status"), textOf(line, "skill_key"), textOf(line, "execution_mode")};
}

constexpr std::string_view kType[] = {"order"};

constexpr peaq::Field maybe(std::string_view name) {
  return {.name = name, .type = peaq::FieldType::Text, .absence = peaq::Absence::NullAllowed};
}
// Not known of an order that is gone.
constexpr peaq::Field beside(std::string_view name) {
  return {.name = name, .type = peaq::FieldType::Any, .absence = peaq::Absence::LeftOut};
}

Json schemaOfResult() {
  using peaq::FieldType;
  static constexpr peaq::Field kLine[] = {
      {.name = "id", .type = FieldType::NonEmptyText},
      {.name = "type", .type = FieldType::OneOf, .words = kType},
      {.name = "change", .type = FieldType::OneOf, .words = kChanges},
      {.name = "time", .type = FieldType::NonEmptyText},
      {.name = "order_id", .type = FieldType::NonEmptyText},
      maybe("status"),
      maybe("integration_status"),
      maybe("error_message"),
      beside("machine_id"),
      beside("service_id"),
      beside("skill_key"),
      beside("execution_mode"),
      beside("created_at"),
      beside("updated_at"),
      {.name = "before", .type = FieldType::Object, .absence = peaq::Absence::NullAllowed}};
  return objectSchema(kLine);
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  app::WatchOrdersRequest request{.machineId = arguments.positional(0), .options = watchOptions(arguments, caller)};
  WatchView view(arguments, caller.host.environment, output,
                 {{"Time", "Change", "ID", "Status", "Service", "Execution"}, row, "order_id"});
  const auto sink = [&view](const std::vector<Json>& lines) { view.show(lines); };
  co_await app::watchOrders(std::move(request), sink, std::move(caller));
}

constexpr std::string_view kExamples[] = {
    "peaqos watch orders mach_61f043950cf1",
    "peaqos watch orders mach_61f043950cf1 --json | jq -r 'select(.status == \"delivered\").order_id'"};

}  // namespace

const Command kWatchOrders = {
    .path = "watch orders",
    .summary = "Follow the orders of a machine in the Machine Market",
    .details =
        "Prints each order of the machine, then a line whenever one is new or its status differs. Needs "
        "PEAQOS_ORCHESTRATION_URL and PEAQOS_ORCH_API_KEY. Ctrl-C ends it.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Reads,
    .personal = true,
    .lines = true};

}  // namespace peaqos::cli
