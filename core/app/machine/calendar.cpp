// SPDX-License-Identifier: Apache-2.0
#include "app/machine/calendar.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <utility>

#include "app/machine/fleet_ids.hpp"
#include "app/machine/work.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "peaq/contracts.hpp"
#include "peaq/preflight.hpp"
#include "peaq/v2/calls.hpp"

namespace peaqos::app {
namespace {

constexpr std::uint64_t kDay = 86'400;

struct Entry {
  evm::U256 id;
  peaq::v2::Subscription subscription;
  peaq::v2::SubscriptionStatus status;
};

std::uint64_t secondsFrom(const evm::RpcReply& reply, const std::string& what) {
  constexpr std::uint64_t kAges = 1'000ULL * 366 * kDay;
  const auto number = peaq::numberFrom(reply, what).toUint64();
  if (number && *number <= kAges) return *number;
  throw networkError("BAD_RPC_ANSWER", what + " is beyond all reason", "Check PEAQOS_RPC_URL");
}

std::int64_t daysUntil(std::uint64_t end, std::int64_t now) {
  const std::int64_t left = static_cast<std::int64_t>(end) - now;
  const auto day = static_cast<std::int64_t>(kDay);
  return left >= 0 ? left / day : -((-left + day - 1) / day);
}

Json entryJson(const Entry& entry, std::uint64_t grace, std::uint64_t runoff, std::int64_t now) {
  const std::uint64_t end = entry.subscription.periodEnd;
  return {{"machine_id", entry.id.toDecimal()},
          {"tier", peaq::v2::tierWord(entry.subscription.tier)},
          {"subscription", name(entry.status)},
          {"period_end", std::to_string(end)},
          {"bond_lost_from", std::to_string(end + grace)},
          {"over", std::to_string(end + grace + runoff)},
          {"days_left", std::to_string(daysUntil(end, now))},
          {"bonded_amount", entry.subscription.bondedAmount.toDecimal()}};
}

}  // namespace

Task<Json> machineCalendar(std::vector<std::string> machines, std::optional<std::string> operatorDid, Caller caller) {
  std::vector<evm::U256> ids;
  for (const std::string& machine : machines) ids.push_back(checkMachineId(machine, caller.argumentName("machine-id")));
  const auto work = co_await MachineWork::open(std::move(caller));
  if (ids.empty()) ids = co_await fleetIds(*work, std::move(operatorDid));
  const peaq::NamedContract contracts[] = {{"InfoDesk", work->roles.infoDesk},
                                           {"MachineSubscription", work->roles.machineSubscription}};
  std::vector<evm::RpcCall> calls = peaq::preflightCalls(contracts);
  const std::size_t own = calls.size();
  calls.push_back(peaq::v2::readCall(work->roles.infoDesk, peaq::v2::info_desk::kGraceDuration));
  calls.push_back(peaq::v2::readCall(work->roles.infoDesk, peaq::v2::info_desk::kRunoffDuration));
  for (const evm::U256& id : ids) {
    const evm::Address& contract = work->roles.machineSubscription;
    calls.push_back(peaq::v2::readCall(contract, peaq::v2::subscription::kSubscriptions, {id}));
    calls.push_back(peaq::v2::readCall(contract, peaq::v2::subscription::kSubscriptionStatus, {id}));
  }
  const auto replies = co_await work->read(std::move(calls));
  const std::uint64_t chainId = peaq::checkPreflight(std::span(replies).first(own), contracts, work->record);
  const std::uint64_t grace = secondsFrom(replies[own], "the length of the grace period");
  const std::uint64_t runoff = secondsFrom(replies[own + 1], "the length of the runoff");
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::string what = "the subscription of machine " + ids[i].toDecimal();
    const auto read = peaq::v2::subscriptionFrom(evm::dataOf(replies[own + 2 + 2 * i], what));
    const auto status = peaq::v2::subscriptionStatusFrom(peaq::numberFrom(replies[own + 3 + 2 * i], what));
    if (!read || !status)
      throw networkError("BAD_RPC_ANSWER", what + " came in an unexpected form", "Check PEAQOS_RPC_URL");
    if (read->periodStart != 0) entries.push_back({.id = ids[i], .subscription = *read, .status = *status});
  }
  std::ranges::sort(entries, {}, [](const Entry& entry) { return std::pair(entry.subscription.periodEnd, entry.id); });
  const std::int64_t now = work->caller.host.clock.now() / 1'000'000;
  Json list = Json::array();
  for (const Entry& entry : entries) list.push_back(entryJson(entry, grace, runoff, now));
  co_return Json{{"deployment_id", work->record.id},
                 {"chain_id", std::to_string(chainId)},
                 {"grace_seconds", std::to_string(grace)},
                 {"runoff_seconds", std::to_string(runoff)},
                 {"machines", std::move(list)}};
}

}  // namespace peaqos::app
