// peaqos monetize status
// SPDX-License-Identifier: Apache-2.0
#include "app/monetize/monetize.hpp"
#include "cli/command.hpp"
#include "cli/machine_text.hpp"
#include "cli/monetize_text.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {kMachineArgument};
constexpr Option kOptions[] = {
    {.name = "json", .type = ValueType::Flag, .help = "Print the choice as JSON"},
};

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const Json status = co_await app::monetizationStatus(arguments.positional(0), std::move(caller));
  arguments.has("json") ? output.json(status) : output.result(monetizationText(status));
}

constexpr std::string_view kExamples[] = {
    "peaqos monetize status 6797059852626571897596538631639987226658599017392690144141920250617808126524"};

}  // namespace

const Command kMonetizeStatus = {.path = "monetize status",
                                 .summary = "Show whether a machine takes part in monetisation",
                                 .details = "Asks the MCR API; needs no key.",
                                 .arguments = kArguments,
                                 .options = kOptions,
                                 .examples = kExamples,
                                 .run = run,
                                 .result = monetizationSchema,
                                 .effect = Effect::Reads};

}  // namespace peaqos::cli
