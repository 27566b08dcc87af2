// peaqos machine subscription activate, peaqos machine subscription renew
// SPDX-License-Identifier: Apache-2.0
#include "app/machine/subscription.hpp"
#include "cli/command.hpp"
#include "cli/machine_text.hpp"
#include "cli/subscription_text.hpp"
#include "peaq/v2/subscription.hpp"

namespace peaqos::cli {
namespace {

constexpr Option kPayYesOption = {.name = "yes", .letter = 'y', .type = ValueType::Flag, .help = "Pay without asking"};

constexpr Argument kArguments[] = {kMachineArgument};
constexpr Option kActivateOptions[] = {
    {.name = "tier",
     .type = ValueType::Choice,
     .help = "How much is bonded",
     .required = true,
     .choices = peaq::v2::kTiers},
    kPaymentOption,
    kSlippageOption,
    kPlanOption,
    kDryRunOption,
    kPayYesOption,
    kChangeJsonOption,
    kMaxFeeOption,
};
constexpr Option kRenewOptions[] = {
    {.name = "tier",
     .type = ValueType::Choice,
     .help = "Another tier than the machine's, where the deployment allows that",
     .choices = peaq::v2::kTiers},
    kPaymentOption,
    kSlippageOption,
    kPlanOption,
    kDryRunOption,
    kPayYesOption,
    kChangeJsonOption,
    kMaxFeeOption,
};

template <bool renewal>
Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  co_await runSubscription(renewal, std::move(arguments), std::move(caller), output);
}

constexpr std::string_view kActivateExamples[] = {
    "peaqos machine subscription activate "
    "6797059852626571897596538631639987226658599017392690144141920250617808126524 --tier entry"};
constexpr std::string_view kRenewExamples[] = {
    "peaqos machine subscription renew "
    "6797059852626571897596538631639987226658599017392690144141920250617808126524"};

}  // namespace

const Command kMachineSubscriptionActivate = {
    .path = "machine subscription activate",
    .summary = "Give a machine that has none its first subscription",
    .details =
        "For machines that were onboarded without a subscription. The bond is paid to the protocol and cannot be taken "
        "back; a voucher of the owner pays a part of it.",
    .arguments = kArguments,
    .options = kActivateOptions,
    .examples = kActivateExamples,
    .run = run<false>,
    .result = subscriptionSchema,
    .effect = Effect::Pays};

const Command kMachineSubscriptionRenew = {
    .path = "machine subscription renew",
    .summary = "Prolong the subscription of a machine by one period",
    .details =
        "The bond of another period is paid to the protocol and cannot be taken back; a bonding reward of the owner "
        "pays a part of it. The new period begins where the last one ends. Each run is a renewal of its own: only one "
        "that was broken off is brought to its end instead. To renew what is due and nothing else, use machine renew.",
    .arguments = kArguments,
    .options = kRenewOptions,
    .examples = kRenewExamples,
    .run = run<true>,
    .result = subscriptionSchema,
    .effect = Effect::Pays};

}  // namespace peaqos::cli
