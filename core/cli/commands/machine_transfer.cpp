// peaqos machine transfer
// SPDX-License-Identifier: Apache-2.0
#include "app/machine/identity.hpp"
#include "app/machine/wishes.hpp"
#include "app/machine/work.hpp"
#include "cli/machine_text.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {kMachineArgument, {"TO", "The new owner: 0x and 40 hexadecimal digits"}};
constexpr Option kOptions[] = {
    {.name = "data-hex", .placeholder = "HEX", .help = "Bytes for the contract at the new address, 0x and digits"},
    {.name = "unsafe",
     .type = ValueType::Flag,
     .help = "Do not ask a contract at the new address whether it takes machines"},
    kPlanOption,
    kUnsignedOption,
    kDryRunOption,
    kYesOption,
    kChangeJsonOption,
    kMaxFeeOption};

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  app::TransferWish wish{.machine = app::checkMachineId(arguments.positional(0), "MACHINE_ID"),
                         .to = app::checkAddress(arguments.positional(1), "TO"),
                         .unsafe = arguments.has("unsafe")};
  if (const auto data = arguments.find("data-hex")) wish.data = app::checkCredentialSubject(*data, "--data-hex");
  co_await runChange("machine transfer", app::wishTransferred(std::move(wish)), std::move(arguments), std::move(caller),
                     output);
}

constexpr std::string_view kExamples[] = {
    "peaqos machine transfer 6797059852626571897596538631639987226658599017392690144141920250617808126524 "
    "0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5"};

}  // namespace

const Command kMachineTransfer = {
    .path = "machine transfer",
    .summary = "Give a machine to another owner",
    .details =
        "The controller of its DID stays: it keeps its rights until the new owner sets another one. The plan is shown "
        "first and asked about. What the chain shows already is not sent again; a change that was broken off is "
        "brought to its end by the same command.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = changeOrFileSchema,
    .effect = Effect::Writes,
    .personal = true};

}  // namespace peaqos::cli
