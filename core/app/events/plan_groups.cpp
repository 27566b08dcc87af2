// What a sender of events would send, for plans.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "app/events/event_sender.hpp"
#include "app/events/event_target.hpp"

namespace peaqos::app {
namespace {

Json callOf(const EventLine& line) {
  const auto event = peaq::readSubmitEvent(line.call);
  return {{"line", line.number},
          {"id", line.id.empty() ? Json(nullptr) : Json(line.id)},
          {"contract", "EventRegistry"},
          {"function", peaq::kSubmitEvent},
          {"arguments", event ? peaq::submitEventArguments(*event) : Json::array()}};
}

}  // namespace

PlannedTransaction EventSender::planned(const Group& group, const evm::Intent& intent,
                                        const evm::RehearsedTransaction& rehearsed, const Plan& plan,
                                        const peaq::Contracts& contracts) {
  PlannedTransaction out =
      plannedTransaction(intent, rehearsed, tools_.signer.address(), plan, contracts, tools_.summary.currency);
  if (settings_.precompile) {
    const std::string registry = evm::toChecksum(settings_.registry);
    out.arguments = Json::array({{"to", "each " + registry}, {"value", "each 0"}, {"gasLimit", "each 0"}});
  }
  for (const WaitingLine& each : group) {
    if (listedCalls_ >= kListedCalls) {
      ++out.callsLeftOut;
      continue;
    }
    ++listedCalls_;
    out.calls.push_back(callOf(each.line));
  }
  return out;
}

Task<void> EventSender::plan(Plan& plan, const peaq::Contracts& contracts) {
  std::vector<evm::Intent> intents;
  std::vector<Group> groups = takeGroups(intents);
  evm::Rehearsal rehearsal = co_await tools_.outbox.rehearse(intents, tools_.signer.address(), {}, planned_);
  planned_ = rehearsal.spent;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    auto& each = rehearsal.transactions[i];
    if (const auto* rehearsed = std::get_if<evm::RehearsedTransaction>(&each)) {
      plan.transactions.push_back(planned(groups[i], intents[i], *rehearsed, plan, contracts));
    } else if (const auto* reverted = std::get_if<evm::RevertError>(&each)) {
      co_await sortOut(std::move(groups[i]), eventMeaning(settings_.generation, reverted->revert), {}, std::nullopt);
    } else {
      const Error& error = std::get<Error>(each);
      if (groups[i].size() == 1 || (error.code != "FEE_ABOVE_CEILING" && error.code != "RPC_ERROR")) throw Error(error);
      shrink(groups[i].size() / 2);
      retry(std::move(groups[i]));
    }
  }
  waitAgain();
  if (tools_.summary.stopped) throw Error(*tools_.summary.stopped);
}

}  // namespace peaqos::app
