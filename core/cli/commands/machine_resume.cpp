// peaqos machine resume
// SPDX-License-Identifier: Apache-2.0
#include "app/machine/wishes.hpp"
#include "app/machine/work.hpp"
#include "cli/machine_text.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {kMachineArgument};
constexpr Option kOptions[] = {kPlanOption, kUnsignedOption,   kDryRunOption,
                               kYesOption,  kChangeJsonOption, kMaxFeeOption};

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const evm::U256 machine = app::checkMachineId(arguments.positional(0), "MACHINE_ID");
  co_await runChange("machine resume", app::wishPaused(machine, false), std::move(arguments), std::move(caller),
                     output);
}

constexpr std::string_view kExamples[] = {
    "peaqos machine resume 6797059852626571897596538631639987226658599017392690144141920250617808126524"};

}  // namespace

const Command kMachineResume = {
    .path = "machine resume",
    .summary = "Let a suspended machine go on",
    .details =
        "Signed by its owner or controller. The plan is shown first and asked about. What the chain shows already is "
        "not sent again; a change that was broken off is brought to its end by the same command.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = changeOrFileSchema,
    .effect = Effect::Writes};

}  // namespace peaqos::cli
