// peaqos qualify event
// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/event_request.hpp"
#include "cli/layout.hpp"
#include "cli/offline_text.hpp"
#include "cli/plan_text.hpp"
#include "cli/schema.hpp"
#include "host/file_error.hpp"

namespace peaqos::cli {
namespace {

constexpr std::string_view kTypes[] = {"revenue", "activity"};
constexpr std::string_view kTrust[] = {"self", "onchain", "hardware"};
constexpr std::string_view kChains[] = {"same", "peaq", "base"};

constexpr Option kOptions[] = {
    {.name = "machine-id",
     .type = ValueType::Integer,
     .placeholder = "ID",
     .help = "The machine's ID, of either generation",
     .required = true},
    {.name = "type", .type = ValueType::Choice, .help = "What happened", .required = true, .choices = kTypes},
    {.name = "value",
     .type = ValueType::Integer,
     .placeholder = "N",
     .help = "Amount in the currency's minor unit: 123 is USD 1.23, or 123 yen",
     .required = true,
     .unit = "minor units of the currency"},
    {.name = "ts",
     .placeholder = "TIME",
     .help = "When: Unix seconds, or ISO 8601 with its zone; not later than the latest block",
     .required = true},
    {.name = "currency",
     .placeholder = "CODE",
     .help = "ISO 4217 code of a revenue event",
     .fallback = "USD for revenue"},
    {.name = "trust",
     .type = ValueType::Choice,
     .help = "How the event can be verified",
     .choices = kTrust,
     .fallback = "self"},
    {.name = "source-chain",
     .type = ValueType::Choice,
     .help = "Chain that the event comes from",
     .choices = kChains,
     .fallback = "same"},
    {.name = "source-tx", .placeholder = "HASH", .help = "Transaction behind the event; required with --trust onchain"},
    {.name = "raw-data",
     .type = ValueType::File,
     .placeholder = "PATH",
     .help = "File whose keccak-256 is stored as data hash",
     .use = FileUse::Read},
    {.name = "metadata",
     .type = ValueType::File,
     .placeholder = "PATH",
     .help = "File whose bytes are attached on chain",
     .use = FileUse::Read},
    kPlanOption,
    {.name = "json", .type = ValueType::Flag, .help = "Print the event and its transaction as JSON"},
    {.name = "idempotency-key",
     .placeholder = "KEY",
     .help =
         "Your own name for this event: with a key that was used before nothing is sent, and the earlier result shown"},
    kUnsignedOption,
    kMaxFeeOption,
};

constexpr std::size_t kLargestFile = 64U << 20;

Task<std::optional<Bytes>> readFile(const Arguments& arguments, std::string option, host::Files& files) {
  const auto path = arguments.find(option);
  if (!path) co_return std::nullopt;
  try {
    co_return co_await files.read(*path, kLargestFile);
  } catch (const host::FileError& failure) {
    throw host::fileError(ErrorKind::Input, "--" + option + " file", failure);
  }
}

std::string trustLabel(std::uint64_t code) {
  for (const peaq::Choice& level : peaq::trustLevels()) {
    if (level.code == code) return std::string(level.label);
  }
  return std::to_string(code);
}

std::string render(const app::SubmittedEvent& submitted, const std::string& type) {
  return "Event submitted.\n" + pairs({{"Machine ID", submitted.event.machineId.toDecimal()},
                                       {"Type", type},
                                       {"Value", submitted.event.value.toDecimal()},
                                       {"Trust", trustLabel(submitted.event.trust)},
                                       {"Tx", toHex0x(submitted.transaction)},
                                       {"Data Hash", toHex0x(submitted.event.dataHash)}},
                                      2);
}

constexpr peaq::Field kResult[] = {
    {.name = "machineId", .type = peaq::FieldType::Integer},
    {.name = "type", .type = peaq::FieldType::OneOf, .words = kTypes},
    {.name = "value", .type = peaq::FieldType::Integer},
    {.name = "trust", .type = peaq::FieldType::OneOf, .words = kTrust},
    {.name = "txHash", .type = peaq::FieldType::NonEmptyText},
    {.name = "dataHash", .type = peaq::FieldType::NonEmptyText},
};

// Ids and values of machines of generation 2 are texts.
Json schemaOfResult() {
  Json schema = objectSchema(kResult);
  for (const char* member : {"machineId", "value"}) {
    schema["properties"][member] = eitherSchema(schema["properties"][member], {{"type", "string"}});
  }
  return eitherSchema(schema, offlineSchema(false));
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  app::SubmitEventRequest request = co_await eventRequest(arguments, caller.host.files);
  if (auto file = unsignedFile(arguments)) {
    showUnsigned(co_await app::writeUnsignedEvent(std::move(request), std::move(*file), std::move(caller)), arguments,
                 output);
    co_return;
  }
  if (arguments.has("plan")) {
    showPlan(co_await app::planEvent(std::move(request), std::move(caller)), arguments, output);
    co_return;
  }
  const std::string type = request.type;
  const app::SubmittedEvent submitted = co_await app::submitEvent(std::move(request), std::move(caller));
  output.done("the event is submitted, transaction " + toHex0x(submitted.transaction));
  arguments.has("json") ? output.json(app::toJson(submitted)) : output.result(render(submitted, type));
}

constexpr std::string_view kExamples[] = {
    "peaqos qualify event --machine-id 42 --type revenue --value 123 --ts 2026-04-23T12:00:00Z --currency HKD",
    "peaqos qualify event --machine-id 42 --type activity --value 1 --ts 1776945600 --raw-data reading.json"};

}  // namespace

Task<app::SubmitEventRequest> eventRequest(Arguments arguments, host::Files& files) {
  auto rawData = co_await readFile(arguments, "raw-data", files);
  auto metadata = co_await readFile(arguments, "metadata", files);
  co_return app::SubmitEventRequest{.machineId = arguments.get("machine-id"),
                                    .type = arguments.get("type"),
                                    .value = arguments.get("value"),
                                    .ts = arguments.get("ts"),
                                    .currency = arguments.find("currency"),
                                    .trust = arguments.find("trust").value_or("self"),
                                    .sourceChain = arguments.find("source-chain").value_or("same"),
                                    .sourceTx = arguments.find("source-tx"),
                                    .rawData = std::move(rawData),
                                    .metadata = metadata.value_or(Bytes()),
                                    .idempotencyKey = arguments.find("idempotency-key")};
}

const Command kQualifyEvent = {
    .path = "qualify event",
    .summary = "Submit a revenue or activity event of a machine",
    .details = "The event is simulated first: what the contract would refuse is said before anything is sent.",
    .arguments = {},
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Writes};

}  // namespace peaqos::cli
