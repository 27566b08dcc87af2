// peaqos machine approve
// SPDX-License-Identifier: Apache-2.0
#include "app/machine/wishes.hpp"
#include "app/machine/work.hpp"
#include "cli/machine_text.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {
    kMachineArgument, {"OPERATOR", "The account: 0x and 40 hexadecimal digits; the zero address for nobody"}};
constexpr Option kOptions[] = {kPlanOption, kUnsignedOption,   kDryRunOption,
                               kYesOption,  kChangeJsonOption, kMaxFeeOption};

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const evm::U256 machine = app::checkMachineId(arguments.positional(0), "MACHINE_ID");
  const evm::Address spender = app::checkAddress(arguments.positional(1), "OPERATOR");
  co_await runChange("machine approve", app::wishApproved(machine, spender), std::move(arguments), std::move(caller),
                     output);
}

constexpr std::string_view kExamples[] = {
    "peaqos machine approve 6797059852626571897596538631639987226658599017392690144141920250617808126524 "
    "0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5"};

}  // namespace

const Command kMachineApprove = {
    .path = "machine approve",
    .summary = "Let an account move a machine",
    .details =
        "The account may transfer this one machine; the zero address takes that back. Signed by the owner, or by who "
        "may move all machines of the owner. The plan is shown first and asked about. What the chain shows already is "
        "not sent again; a change that was broken off is brought to its end by the same command.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = changeOrFileSchema,
    .effect = Effect::Writes,
    .personal = true};

}  // namespace peaqos::cli
