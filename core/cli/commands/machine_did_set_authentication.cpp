// peaqos machine did set-authentication
// SPDX-License-Identifier: Apache-2.0
#include "app/machine/wishes.hpp"
#include "app/machine/work.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/machine_text.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {kMachineArgument};
constexpr Option kOptions[] = {{.name = "index",
                                .type = ValueType::Integer,
                                .placeholder = "N",
                                .help = "A verification method; may be given several times",
                                .repeated = true},
                               {.name = "clear", .type = ValueType::Flag, .help = "None of them"},
                               kPlanOption,
                               kUnsignedOption,
                               kDryRunOption,
                               kYesOption,
                               kChangeJsonOption,
                               kMaxFeeOption};

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const evm::U256 machine = app::checkMachineId(arguments.positional(0), "MACHINE_ID");
  const std::vector<std::string> given = arguments.all("index");
  if (given.empty() != arguments.has("clear")) {
    throw inputError("USAGE", "either --index or --clear is needed",
                     "Give --index for each method, or --clear for none");
  }
  std::vector<evm::U256> indices;
  for (const std::string& text : given) {
    const auto index = evm::U256::fromDecimal(text);
    if (!index) throw inputError("BAD_FIELD", "--index is no number: '" + printable(text) + "'", "Count from 0");
    indices.push_back(*index);
  }
  co_await runChange("machine did set-authentication", app::wishAuthentication(machine, std::move(indices)),
                     std::move(arguments), std::move(caller), output);
}

constexpr std::string_view kExamples[] = {
    "peaqos machine did set-authentication "
    "6797059852626571897596538631639987226658599017392690144141920250617808126524 --index 0 --index 2"};

}  // namespace

const Command kMachineDidSetAuthentication = {
    .path = "machine did set-authentication",
    .summary = "Choose which verification methods authenticate a machine",
    .details =
        "Indices count the verification methods from 0, as machine did show lists them; they replace those that are "
        "there. Signed by the owner or controller. The plan is shown first and asked about. What the chain shows "
        "already is not sent again; a change that was broken off is brought to its end by the same command.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = changeOrFileSchema,
    .effect = Effect::Writes};

}  // namespace peaqos::cli
