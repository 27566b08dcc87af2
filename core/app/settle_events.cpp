// SPDX-License-Identifier: Apache-2.0
#include "app/settle_events.hpp"

#include <utility>

#include "app/journal_lock.hpp"
#include "app/session.hpp"
#include "app/submit_event.hpp"
#include "evm/sender.hpp"
#include "peaq/preflight.hpp"
#include "peaq/reverts.hpp"

namespace peaqos::app {
namespace {

// The facts of an event, as submitEvent() journals them.
Json factsOf(const Json& row) {
  Json facts = Json::object();
  for (const char* name : {"machine_id", "event_type", "value", "currency", "timestamp", "data_hash", "tx_hash"}) {
    if (row.contains(name)) facts[name] = row[name];
  }
  return facts;
}

Task<std::vector<Json>> openEvents(evm::Journal& journal) {
  std::vector<Json> open = co_await journal.unresolved();
  std::erase_if(open, [](const Json& row) { return row["step"] != kSubmitEventStep; });
  co_return open;
}

}  // namespace

Task<Json> settleEvents(Caller caller) {
  const auto session = co_await Session::open(caller);
  evm::Journal journal(caller.host.files, caller.host.clock);
  Json settled = Json::array();
  if ((co_await openEvents(journal)).empty()) co_return settled;
  const JournalLock lock = co_await lockJournal(caller, session->configuration);
  std::vector<Json> open = co_await openEvents(journal);  // another run may have settled them meanwhile

  evm::RpcClient rpc = session->rpc();
  const auto network = session->configuration.network();
  const peaq::NamedContract registry[] = {{"EVENT_REGISTRY_ADDRESS", session->configuration.contracts().eventRegistry}};
  const auto replies = co_await rpc.read(peaq::preflightCalls(registry));
  evm::Sender sender(rpc, journal, caller.host.clock, caller.conversation,
                     {.chainId = peaq::checkPreflight(replies, registry, network),
                      .receiptTimeout = session->configuration.receiptTimeout(),
                      .errors = peaq::contractErrors(),
                      .currency = std::string(network.currency)});
  for (Json& row : open) {
    Json facts = factsOf(row);
    const auto receipt = co_await sender.settle(std::move(row));
    settled.push_back({{"machineId", facts.value("machine_id", Json())},
                       {"txHash", facts["tx_hash"]},
                       {"state", receipt ? "confirmed" : "replaced"}});
    if (receipt) co_await journal.append(kSubmitEventStep, "confirmed", std::move(facts));
  }
  co_return settled;
}

}  // namespace peaqos::app
