// SPDX-License-Identifier: Apache-2.0
#include "app/events/settle_events.hpp"

#include <chrono>
#include <utility>
#include <vector>

#include "app/events/event_target.hpp"
#include "app/events/submit_event.hpp"
#include "app/signing/session.hpp"
#include "peaq/preflight.hpp"

namespace peaqos::app {
namespace {

constexpr std::chrono::milliseconds kPatience{2000};  // for each row: this looks, it does not wait

Task<std::vector<ledger::Row>> openEvents(ledger::Ledger& ledger) {
  std::vector<ledger::Row> rows = (co_await ledger.view()).open;
  std::erase_if(rows, [](const ledger::Row& row) { return row.step != kSubmitEventStep; });
  co_return rows;
}

// "confirmed", "replaced", "failed" or "pending".
Task<std::string> stateOf(evm::Outbox& outbox, ledger::Row row) {
  Json facts = row.facts;
  std::string failure;
  try {
    const auto mined = co_await outbox.settle(std::move(row));
    if (!mined) co_return "replaced";
    co_await outbox.confirm(*mined, std::move(facts));
    co_return "confirmed";
  } catch (const evm::RevertError&) {
    failure = "failed";
  } catch (const Error& error) {
    if (error.code != "RECEIPT_PENDING" && error.code != "BROADCAST_UNKNOWN") throw;
    failure = "pending";
  }
  co_return failure;
}

}  // namespace

Task<Json> settleEvents(Caller caller) {
  const auto session = co_await Session::open(caller);
  ledger::Ledger ledger = session->ledger();
  Json settled = Json::array();
  std::vector<ledger::Row> open = co_await openEvents(ledger);
  if (open.empty()) co_return settled;

  evm::RpcClient rpc = session->rpc();
  const EventTarget target = co_await findEventTarget(*session, rpc, {});
  evm::Outbox outbox = session->outbox(rpc, ledger, kPatience, eventErrors(target.deployment.generation));
  const peaq::NamedContract registry[] = {target.named()};
  const auto replies = co_await rpc.read(peaq::preflightCalls(registry));
  const std::uint64_t chainId = peaq::checkPreflight(replies, registry, target.deployment);
  outbox.useChain(chainId);
  for (ledger::Row& row : open) {
    if (row.transaction->chainId != chainId) continue;  // of another network: nothing here can speak of it
    Json entry{{"machineId", row.facts.value("machine_id", Json())}, {"txHash", row.transaction->hash}};
    entry["state"] = co_await stateOf(outbox, std::move(row));
    settled.push_back(std::move(entry));
  }
  co_return settled;
}

}  // namespace peaqos::app
