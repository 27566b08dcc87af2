// peaqos monetize opt-in, peaqos monetize opt-out
// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/machine_text.hpp"
#include "cli/monetize_text.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {kMachineArgument};
constexpr Option kOptions[] = {kRetriesOption, kRetryDelayOption, kDryRunOption, kYesOption, kChangeJsonOption};
constexpr std::string_view kDetails =
    "Signs a message, which costs nothing, with the key of the machine's owner or controller, and sends it to the MCR "
    "API. A choice that was made already is not signed again.";

template <bool optIn>
Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  co_await runMonetize(optIn, std::move(arguments), std::move(caller), output);
}

constexpr std::string_view kOptInExamples[] = {
    "peaqos monetize opt-in 6797059852626571897596538631639987226658599017392690144141920250617808126524"};
constexpr std::string_view kOptOutExamples[] = {
    "peaqos monetize opt-out 6797059852626571897596538631639987226658599017392690144141920250617808126524"};

}  // namespace

const Command kMonetizeOptIn = {.path = "monetize opt-in",
                                .summary = "Let a machine take part in monetisation",
                                .details = kDetails,
                                .arguments = kArguments,
                                .options = kOptions,
                                .examples = kOptInExamples,
                                .run = run<true>,
                                .result = monetizationSchema,
                                .effect = Effect::Writes};

const Command kMonetizeOptOut = {.path = "monetize opt-out",
                                 .summary = "Let a machine take no part in monetisation any more",
                                 .details = kDetails,
                                 .arguments = kArguments,
                                 .options = kOptions,
                                 .examples = kOptOutExamples,
                                 .run = run<false>,
                                 .result = monetizationSchema,
                                 .effect = Effect::Writes};

}  // namespace peaqos::cli
