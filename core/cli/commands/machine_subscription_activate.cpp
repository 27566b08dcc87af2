// peaqos machine subscription activate
// SPDX-License-Identifier: Apache-2.0
#include "app/machine/subscription.hpp"
#include "cli/command.hpp"
#include "cli/machine_text.hpp"
#include "cli/subscription_text.hpp"
#include "peaq/v2/subscription.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {kMachineArgument};
constexpr Option kOptions[] = {
    {.name = "tier",
     .type = ValueType::Choice,
     .help = "How much is bonded",
     .required = true,
     .choices = peaq::v2::kTiers},
    kPaymentOption,
    kSlippageOption,
    kDryRunOption,
    {.name = "yes", .letter = 'y', .type = ValueType::Flag, .help = "Pay without asking"},
    kChangeJsonOption,
    kMaxFeeOption,
};

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  co_await runSubscription(false, std::move(arguments), std::move(caller), output);
}

constexpr std::string_view kExamples[] = {
    "peaqos machine subscription activate "
    "6797059852626571897596538631639987226658599017392690144141920250617808126524 --tier entry"};

}  // namespace

const Command kMachineSubscriptionActivate = {
    .path = "machine subscription activate",
    .summary = "Give a machine that has none its first subscription",
    .details =
        "For machines that were onboarded without a subscription. The bond is paid to the protocol and cannot be taken "
        "back; a voucher of the owner pays a part of it.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = subscriptionSchema,
    .effect = Effect::Pays};

}  // namespace peaqos::cli
