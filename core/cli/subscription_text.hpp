// What the commands of machine subscription have in common.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.hpp"

namespace peaqos::cli {

inline constexpr std::string_view kRails[] = {"peaq", "usdt"};

inline constexpr Option kPaymentOption = {.name = "payment",
                                          .type = ValueType::Choice,
                                          .help = "What the bond is paid with",
                                          .choices = kRails,
                                          .fallback = "peaq"};
inline constexpr Option kSlippageOption = {
    .name = "slippage-bps",
    .type = ValueType::Integer,
    .placeholder = "N",
    .help = "How far above its quote a payment in USDT may go, in hundredths of a percent"};

Task<void> runSubscription(bool renewal, Arguments arguments, app::Caller caller, Output& output);

Json subscriptionSchema();

}  // namespace peaqos::cli
