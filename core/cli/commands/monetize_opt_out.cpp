// peaqos monetize opt-out
// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/machine_text.hpp"
#include "cli/monetize_text.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {kMachineArgument};
constexpr Option kOptions[] = {kRetriesOption, kRetryDelayOption, kDryRunOption, kYesOption, kChangeJsonOption};

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  co_await runMonetize(false, std::move(arguments), std::move(caller), output);
}

constexpr std::string_view kExamples[] = {
    "peaqos monetize opt-out 6797059852626571897596538631639987226658599017392690144141920250617808126524"};

}  // namespace

const Command kMonetizeOptOut = {
    .path = "monetize opt-out",
    .summary = "Let a machine take no part in monetisation any more",
    .details =
        "Signs a message, which costs nothing, with the key of the machine's owner or controller, and sends it to "
        "the MCR API. A choice that was made already is not signed again.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = monetizationSchema,
    .effect = Effect::Writes};

}  // namespace peaqos::cli
