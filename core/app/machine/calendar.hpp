// When the subscriptions of machines run out, and what that costs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/caller.hpp"
#include "base/json.hpp"
#include "base/task.hpp"

namespace peaqos::app {

// Of these machines, or else of an operator's, as machineStatuses() chooses them; the first to run out first.
// {deployment_id, chain_id, grace_seconds, runoff_seconds, machines: [{machine_id, tier, subscription, period_end,
// bond_lost_from, over, days_left, bonded_amount}]}: numbers as texts, times Unix seconds. From period_end on a machine
// is in grace, from bond_lost_from on it loses its bond, and at `over` the rest of it. Machines without a subscription
// are left out.
Task<Json> machineCalendar(std::vector<std::string> machines, std::optional<std::string> operatorDid, Caller caller);

// The calendar as iCalendar (RFC 5545): an event of a day for each date to come, with an alarm 30 days before a period
// ends. `now`: Unix seconds.
std::string iCalendarOf(const Json& calendar, std::int64_t now);

}  // namespace peaqos::app
