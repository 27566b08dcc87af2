// peaqos machine did set-controller
// SPDX-License-Identifier: Apache-2.0
#include "app/machine/wishes.hpp"
#include "app/machine/work.hpp"
#include "base/error.hpp"
#include "cli/machine_text.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {kMachineArgument, {"CONTROLLER", "The account: 0x and 40 hexadecimal digits"}};
constexpr Option kOptions[] = {kPlanOption, kUnsignedOption,   kDryRunOption,
                               kYesOption,  kChangeJsonOption, kMaxFeeOption};

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const evm::U256 machine = app::checkMachineId(arguments.positional(0), "MACHINE_ID");
  const evm::Address controller = app::checkAddress(arguments.positional(1), "CONTROLLER");
  if (controller == evm::Address{}) {
    throw inputError("BAD_FIELD", "CONTROLLER is the zero address",
                     "Use peaqos machine did clear-controller to take the controller away");
  }
  co_await runChange("machine did set-controller", app::wishController(machine, controller), std::move(arguments),
                     std::move(caller), output);
}

constexpr std::string_view kExamples[] = {
    "peaqos machine did set-controller 6797059852626571897596538631639987226658599017392690144141920250617808126524 "
    "0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5"};

}  // namespace

const Command kMachineDidSetController = {
    .path = "machine did set-controller",
    .summary = "Make an account the controller of a machine",
    .details =
        "The controller can change the DID, suspend the machine, renew it and submit its events; whoever was it before "
        "cannot any more. Signed by the owner. The plan is shown first and asked about. What the chain shows already "
        "is not sent again; a change that was broken off is brought to its end by the same command.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = changeOrFileSchema,
    .effect = Effect::Writes,
    .personal = true};

}  // namespace peaqos::cli
