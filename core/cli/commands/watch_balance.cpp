// peaqos watch balance
// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/mcr_text.hpp"
#include "cli/numbers.hpp"
#include "cli/schema.hpp"
#include "cli/watch_view.hpp"
#include "evm/units.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {{"ADDRESS", "The account: 0x and 40 hexadecimal digits, or its DID"}};
constexpr Option kOptions[] = {
    kSinceOption, kCursorOption, kLinesOption, kOnceOption, kWebhookOption, kJsonLinesOption,
};

// Wei, with a sign or without, in coins.
std::string coins(const Json& line, std::string_view member) {
  const std::string wei = textOrEmpty(line, member);
  const bool isNegative = wei.starts_with('-');
  const auto amount = evm::U256::fromDecimal(std::string_view(wei).substr(isNegative ? 1 : 0));
  if (!amount) return std::string(kNothing);
  return (isNegative ? "-" : "") + evm::formatUnits(*amount, 18, 6);
}

std::vector<std::string> row(const Json& line) {
  return {textOf(line, "block_time"), textOf(line, "block"), coins(line, "balance"), coins(line, "change"),
          textOf(line, "currency")};
}

constexpr std::string_view kType[] = {"balance"};

Json schemaOfResult() {
  using peaq::Absence;
  using peaq::FieldType;
  static constexpr peaq::Field kLine[] = {
      {.name = "id", .type = FieldType::NonEmptyText},
      {.name = "type", .type = FieldType::OneOf, .words = kType},
      {.name = "block", .type = FieldType::Integer},
      {.name = "block_hash", .type = FieldType::NonEmptyText},
      {.name = "block_time", .type = FieldType::NonEmptyText},
      {.name = "address", .type = FieldType::NonEmptyText},
      {.name = "balance", .type = FieldType::NonEmptyText},
      {.name = "before", .type = FieldType::NonEmptyText, .absence = Absence::NullAllowed},
      {.name = "change", .type = FieldType::NonEmptyText, .absence = Absence::NullAllowed},
      {.name = "since_block", .type = FieldType::Integer, .absence = Absence::NullAllowed},
      {.name = "currency", .type = FieldType::NonEmptyText}};
  return eitherSchema(objectSchema(kLine), objectSchema(retractionFields()));
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  app::WatchBalanceRequest request{.address = arguments.positional(0),
                                   .since = blockFrom(arguments, "since"),
                                   .options = watchOptions(arguments, caller)};
  WatchView view(arguments, caller.host.environment, output,
                 {{"Time", "Block", "Balance", "Change", "Currency"}, row, "id"});
  const auto sink = [&view](const std::vector<Json>& lines) { view.show(lines); };
  co_await app::watchBalance(std::move(request), sink, std::move(caller));
}

constexpr std::string_view kExamples[] = {"peaqos watch balance 0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5",
                                          "peaqos watch balance did:peaq:0x9a5F... --json | jq -r .balance"};

}  // namespace

const Command kWatchBalance = {
    .path = "watch balance",
    .summary = "Follow the balance of an account",
    .details =
        "Prints the balance in the chain's coin, then a line whenever it differs in a block that is looked at: "
        "about every block, so that what comes and goes within a few seconds may be one change or none. "
        "--json has wei. Ctrl-C ends it.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Reads,
    .personal = true,
    .lines = true};

}  // namespace peaqos::cli
