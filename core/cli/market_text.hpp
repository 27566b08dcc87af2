// The Machine Market's objects as text (docs/market.md#commands).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/json.hpp"
#include "cli/layout.hpp"

namespace peaqos::cli {

// "$1.50", "5.00 JPY", "5.00": two decimals of the amount as a binary double has it; "—" for null. Text that is no
// number is shown as it is.
std::string money(const Json& amount, const Json& currency);

// "0xf39F...2266" and "did:peaq:0x9a5...37C5"; "—" for null, other texts by their first and last four characters.
std::string shortIdentity(const Json& object, std::string_view member);

// The items of a list, joined with ", ".
std::string listOf(const Json& object, std::string_view member);

// "k=v, k=v".
std::string labelsOf(const Json& labels);

// What an order is for: its skill, or its service where it has none.
std::string serviceOf(const Json& order);

// "<label> → <url>" of a handoff that is not null.
void addHandoff(Pairs& rows, const Json& handoff);

// "  Confirm delivery: ..." and the like, with the blank line before; empty where nothing is to be done.
std::string receivedHint(const Json& order);

}  // namespace peaqos::cli
